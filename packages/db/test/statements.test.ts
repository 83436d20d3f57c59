import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog } from '@steward/core';
import pg from 'pg';

import {
  addRows,
  attemptPart,
  column,
  defineEntity,
  dispatch,
  entityRows,
  migrate,
  openDatabase,
  prepared,
  rows,
  tenantTableSql,
  updateVersioned,
  type Database,
  type Migration,
  type Scope,
  type Tx,
} from '../src/index.ts';

const service = 'statements-test';
const migrations: Migration[] = [
  {
    name: '20261122-0001-leaf',
    up: `create table leaf (id uuid primary key, tenant_id uuid not null, version int not null, amount bigint,
           rate numeric, taken_on date, taken_at timestamptz, parts text[], facts jsonb, hash bytea check (length(hash) < 9));
         ${tenantTableSql('leaf')}`,
    down: 'drop table leaf',
  },
];

type Leaf = {
  id: string;
  tenantId: string;
  version: number;
  amount: number | null;
  rate: string | null;
  takenOn: string | null;
  takenAt: Date | null;
  parts: string[] | null;
  facts: object | null;
  hash: Buffer | null;
};

const leafEntity = defineEntity<Leaf>({
  name: 'Leaf',
  table: 'leaf',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    version: column.int(),
    amount: column.bigint({ nullable: true }),
    rate: column.decimal({ nullable: true }),
    takenOn: column.date({ nullable: true }),
    takenAt: column.instant({ nullable: true }),
    parts: column.texts({ nullable: true }),
    facts: column.json({ nullable: true }),
    hash: { type: 'bytea', nullable: true },
  },
});

const name = `test_${randomUUID().replaceAll('-', '')}`;
const adminUrl = process.env['STEWARD_TEST_PG_URL'] as string;
const tenantId = randomUUID();
const scope: Scope = { tenantId, now: new Date(), actor: { kind: 'system', id: null, sub: 'test' } };
let admin: pg.Client;
let database: Database;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  await migrate({ url, service, migrations });
  database = await openDatabase({ url, service, entities: [leafEntity], log: createLog({ name, level: 'silent' }) });
});

afterAll(async () => {
  await database.close();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

const insert = prepared('insert into leaf (id, tenant_id, version) values ($1, $2, $3)');
const kept = (id: string): Promise<unknown[]> =>
  database.read(scope, (tx) => rows(tx, 'select version from leaf where id = $1', [id]));

describe('a dispatched statement', () => {
  test('is carried out before what is sent after it, and is there after the commit', async () => {
    const id = randomUUID();
    const seen = await database.write(scope, async (tx) => {
      dispatch(tx, insert, [id, tenantId, 1]);
      const both = [1, 2].map((more) =>
        rows(tx, prepared('select version + $2 as v from leaf where id = $1'), [id, more]),
      );
      return Promise.all(both);
    });
    expect(seen).toEqual([[{ v: 2 }], [{ v: 3 }]]);
    expect(await kept(id)).toEqual([{ version: 1 }]);
  });
  test('that fails undoes the whole with the error that is made of it, whatever came after', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const twice = (after: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
      database.write(scope, async (tx) => {
        dispatch(tx, insert, [first, tenantId, 1]);
        dispatch(tx, insert, [first, tenantId, 2], () => new Error('taken'));
        await after(tx);
      });
    await expect(twice(async () => undefined)).rejects.toThrow('taken');
    await expect(twice((tx) => rows(tx, 'select 1'))).rejects.toThrow('taken');
    await expect(twice(async (tx) => dispatch(tx, insert, [second, tenantId, 1]))).rejects.toThrow('taken');
    expect([await kept(first), await kept(second)]).toEqual([[], []]);
  });
  test('that fails in a part fails that part alone', async () => {
    const [taken, other] = [randomUUID(), randomUUID()];
    await database.write(scope, async (tx) => {
      dispatch(tx, insert, [taken, tenantId, 1]);
      const part = attemptPart(tx, async () => dispatch(tx, insert, [taken, tenantId, 2], () => new Error('taken')));
      await expect(part).rejects.toThrow('taken');
      await attemptPart(tx, async () => dispatch(tx, insert, [other, tenantId, 3]));
    });
    expect([await kept(taken), await kept(other)]).toEqual([[{ version: 1 }], [{ version: 3 }]]);
  });
});

test('a commit that the database made an undoing of is an error', async () => {
  const id = randomUUID();
  const swallowed = database.write(scope, async (tx) => {
    await rows(tx, insert, [id, tenantId, 1]);
    await rows(tx, 'select 1 / 0').catch(() => undefined);
  });
  await expect(swallowed).rejects.toThrow('undid the transaction');
  expect(await kept(id)).toEqual([]);
});

test('nothing is sent behind the end of a transaction by work that nobody waited for', async () => {
  let late: Promise<unknown> = Promise.resolve();
  const failing = database.write(scope, async (tx) => {
    const goOn = async (): Promise<never> => {
      for (;;) await rows(tx, 'select 1');
    };
    late = goOn();
    late.catch(() => undefined);
    throw new Error('refused');
  });
  await expect(failing).rejects.toThrow('refused');
  await expect(late).rejects.toThrow(/released/i);
});

test('rows of an entity come back as they were added, and are written where the version fits', async () => {
  const leaf: Leaf = {
    id: randomUUID(),
    tenantId,
    version: 1,
    amount: 9_007_199_254_740_991,
    rate: '0.10',
    takenOn: '2026-02-28',
    takenAt: new Date('2026-02-28T16:00:00.123Z'),
    parts: ['a', '中"文'],
    facts: { deep: [1, null] },
    hash: Buffer.from([0, 92, 255]),
  };
  const bare = { id: randomUUID(), tenantId, version: 1, amount: null, rate: null, takenOn: null, takenAt: null };
  const empty: Leaf = { ...bare, parts: null, facts: null, hash: null };
  const find = (tx: Tx): Promise<Leaf[]> =>
    entityRows(tx, leafEntity, 'where e.id = any($1::uuid[]) order by e.amount', [[leaf.id, empty.id]]);
  await database.write(scope, async (tx) => {
    addRows(tx, leafEntity, [leaf, empty]);
    expect(await find(tx)).toEqual([leaf, empty]);
    const after = { ...leaf, version: 2, rate: null, hash: Buffer.from('new') };
    const changed = new Set(['version', 'rate', 'hash']);
    expect(await updateVersioned(tx, leafEntity, changed, [{ after, stored: 7 }])).toBe(0);
    expect(await updateVersioned(tx, leafEntity, changed, [{ after, stored: 1 }])).toBe(1);
    expect(await find(tx)).toEqual([after, empty]);
  });
});
