import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog } from '@steward/core';
import pg from 'pg';

import {
  afterCommit,
  attemptPart,
  beforeCommit,
  migrate,
  migrateDown,
  openDatabase,
  rows,
  tenantTableSql,
  txScope,
  type Database,
  type Migration,
  type Scope,
  type Tx,
} from '../src/index.ts';

const service = 'db-test';
const log = createLog({ name: service, level: 'silent' });
const migrations: Migration[] = [
  {
    name: '20261122-0001-note',
    up: `create table note (id uuid primary key, tenant_id uuid not null, text text not null); ${tenantTableSql('note')}
         create table beacon (id int primary key, tenant_id uuid not null); ${tenantTableSql('beacon', { system: true, appendOnly: true })}`,
    down: 'drop table beacon, note',
  },
];

const name = `test_${randomUUID().replaceAll('-', '')}`;
const adminUrl = process.env['STEWARD_TEST_PG_URL'] as string;
const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
let admin: pg.Client;
let database: Database;

const scopeOf = (tenantId: string): Scope => ({
  tenantId,
  now: new Date(),
  actor: { kind: 'system', id: null, sub: 'test' },
});

beforeAll(async () => {
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  // Four instances of a service start at once.
  await Promise.all([1, 2, 3, 4].map(() => migrate({ url, service, migrations })));
  database = await openDatabase({ url, service, entities: [], log });
});

afterAll(async () => {
  await database.close();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

const insert = (tenantId: string, rowTenant = tenantId): Promise<string> => {
  const id = randomUUID();
  return database.write(scopeOf(tenantId), async (tx) => {
    await rows(tx, 'insert into note values ($1, $2, $3)', [id, rowTenant, 'x']);
    return id;
  });
};

describe('a tenant sees its own rows', () => {
  test("and no other tenant's", async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    const id = await insert(mine);
    const seen = (tenant: string) =>
      database.read(scopeOf(tenant), (tx) => rows(tx, 'select id from note where id = $1', [id]));
    expect([await seen(mine), await seen(theirs)]).toEqual([[{ id }], []]);
  });
  test('a row for another tenant cannot be written', async () => {
    await expect(insert(randomUUID(), randomUUID())).rejects.toThrow(/row-level security/);
  });
  test('without a tenant nothing runs, not even on a connection that had one', async () => {
    await insert(randomUUID());
    const runner = database.dataSource.createQueryRunner();
    await expect(runner.query('select * from note')).rejects.toThrow(/app\.tenant_id|uuid/);
    await runner.release();
  });
});

describe('roles', () => {
  test('a read-only transaction refuses to write', async () => {
    const tenant = randomUUID();
    await expect(database.read(scopeOf(tenant), (tx) => rows(tx, `delete from note`))).rejects.toThrow(/read-only/);
  });
  test('the system role sees its tables over all tenants and nothing else', async () => {
    for (const [id, tenant] of [
      [1, randomUUID()],
      [2, randomUUID()],
    ] as const) {
      await database.write(scopeOf(tenant), (tx) => rows(tx, 'insert into beacon values ($1, $2)', [id, tenant]));
    }
    const { rowCount } = await database.system.query('select * from beacon');
    expect(rowCount).toBe(2);
    await expect(database.system.query('select * from note')).rejects.toThrow(/permission denied/);
  });
  test('what is append-only cannot be changed or removed', async () => {
    const tenant = randomUUID();
    await expect(database.write(scopeOf(tenant), (tx) => rows(tx, 'delete from beacon'))).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('hooks', () => {
  test('run before and after the commit, and not when it fails', async () => {
    const told: string[] = [];
    const work = (fail: boolean) =>
      database.write(scopeOf(randomUUID()), async (tx) => {
        beforeCommit(tx, async () => void told.push('before'));
        afterCommit(tx, () => void told.push('after'));
        if (fail) throw new Error('refused');
        return txScope(tx).tenantId;
      });
    await work(false);
    await expect(work(true)).rejects.toThrow('refused');
    expect(told).toEqual(['before', 'after']);
  });
  test('a part that fails is undone with its hooks, and the transaction goes on', async () => {
    const tenant = randomUUID();
    const told: string[] = [];
    const note = (tx: Tx, text: string): Promise<unknown> =>
      rows(tx, 'insert into note (id, tenant_id, text) values ($1, $2, $3)', [randomUUID(), tenant, text]);
    await database.write(scopeOf(tenant), async (tx) => {
      beforeCommit(tx, async () => void told.push('before the whole'));
      for (const part of ['one', 'two', 'three']) {
        const attempt = attemptPart(tx, async () => {
          await note(tx, part);
          beforeCommit(tx, async () => void told.push(`before ${part}`));
          afterCommit(tx, () => void told.push(`after ${part}`));
          expect(txScope(tx).tenantId).toBe(tenant);
          if (part === 'two') throw new Error('refused');
        });
        if (part === 'two') await expect(attempt).rejects.toThrow('refused');
        else await attempt;
      }
    });
    const kept = await database.read(scopeOf(tenant), (tx) => rows<{ text: string }>(tx, 'select text from note'));
    expect(kept.map(({ text }) => text).toSorted()).toEqual(['one', 'three']);
    expect(told).toEqual(['before one', 'before three', 'before the whole', 'after one', 'after three']);
  });
  test('a scope outside a transaction is an error', () => {
    expect(() => txScope(database.dataSource.manager)).toThrow(/transaction/);
  });
});

test('a closed connection costs one call, not the pool', async () => {
  const tenant = randomUUID();
  await database.read(scopeOf(tenant), (tx) => rows(tx, 'select 1'));
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name]);
  const outcomes = [];
  for (let call = 0; call < 12; call += 1) {
    outcomes.push(await database.read(scopeOf(tenant), (tx) => rows(tx, 'select 1 as one')).catch(() => null));
  }
  expect(outcomes.at(-1)).toEqual([{ one: 1 }]);
});

test('migrations go up, down and up', async () => {
  await migrateDown({ url, service, migrations });
  await expect(database.read(scopeOf(randomUUID()), (tx) => rows(tx, 'select * from note'))).rejects.toThrow(
    /does not exist/,
  );
  expect(await migrate({ url, service, migrations })).toHaveLength(1);
});
