import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog, newId } from '@steward/core';
import { migrate, openDatabase, roleNames, rows, type Database, type Scope } from '@steward/db';
import { createTestDatabase, migrateDownAndUp, urlOfDatabase, type TestDatabase } from '@steward/test-kit';
import pg from 'pg';

import { migrationsOf, verifyRevealChains, type ChainFault } from '../src/index.ts';
import { sample } from './sample-service.ts';

let copy: TestDatabase;
let database: Database;
let owner: pg.Client;

beforeAll(async () => {
  copy = await createTestDatabase(sample);
  const log = createLog({ name: 'sample', level: 'silent' });
  database = await openDatabase({ url: copy.url, service: 'sample', entities: [], log });
  owner = new pg.Client({ connectionString: copy.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.close();
  await copy.drop();
});

const scopeOf = (tenantId: string): Scope => ({
  tenantId,
  now: new Date(),
  actor: { kind: 'staff', id: newId(), sub: 'clerk' },
});

const insertEntry = `insert into reveal_log (id, tenant_id, at, actor_kind, actor_id, actor_sub, aggregate_type,
  aggregate_id, fields, reason) values ($1, $2, now(), 'staff', $1, 'clerk', 'lamp', $1, '{name}', 'sealed')`;

const log = (tenantId: string): Promise<unknown> =>
  database.write(scopeOf(tenantId), (tx) => rows(tx, insertEntry, [newId(), tenantId]));

/** A tenant with five logged readings, three of them at once. */
async function aLog(): Promise<string> {
  const tenantId = newId();
  await Promise.all([1, 2, 3].map(() => log(tenantId)));
  await log(tenantId);
  await log(tenantId);
  return tenantId;
}

/** What somebody with the owner's rights could do, whom no trigger stops. */
async function tamper(sql: string, tenantId: string): Promise<void> {
  await owner.query('begin');
  await owner.query('set local session_replication_role = replica');
  const { rowCount } = await owner.query(sql, [tenantId]);
  expect(rowCount).toBeGreaterThan(0);
  await owner.query('commit');
}

async function faultsOf(tenantId: string): Promise<ChainFault[]> {
  const reports = await verifyRevealChains(database);
  return reports.find((report) => report.tenantId === tenantId)?.faults ?? [{ seq: -1, fault: 'MISSING' }];
}

describe('the log of revealed values', () => {
  test('is a chain per tenant, also of readings at once', async () => {
    const [mine, theirs] = [await aLog(), await aLog()];
    const reports = await verifyRevealChains(database);
    for (const tenantId of [mine, theirs]) {
      const report = reports.find((each) => each.tenantId === tenantId);
      expect(report).toEqual({ tenantId, seq: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/), faults: [] });
    }
  });

  test.each([
    ['an altered entry', `update reveal_log set actor_sub = 'another' where tenant_id = $1 and seq = 3`, 'ALTERED', 3],
    [
      'a moved instant',
      `update reveal_log set at = at + interval '1 us' where tenant_id = $1 and seq = 1`,
      'ALTERED',
      1,
    ],
    ['a removed entry', `delete from reveal_log where tenant_id = $1 and seq = 2`, 'MISSING', 3],
    ['a removed first entry', `delete from reveal_log where tenant_id = $1 and seq = 1`, 'MISSING', 2],
    ['a removed last entry', `delete from reveal_log where tenant_id = $1 and seq = 5`, 'CUT', 4],
    ['a removed log', `delete from reveal_log where tenant_id = $1`, 'CUT', 0],
    ['a removed head', `delete from reveal_chain where tenant_id = $1`, 'CUT', 5],
  ])('shows %s', async (_what, sql, fault, seq) => {
    const tenantId = await aLog();
    await tamper(sql, tenantId);
    expect((await faultsOf(tenantId))[0]).toEqual({ fault, seq });
  });

  test('shows a chain that was written anew by a head kept elsewhere', async () => {
    const tenantId = await aLog();
    const [before] = (await verifyRevealChains(database)).filter((each) => each.tenantId === tenantId);
    await tamper('delete from reveal_log where tenant_id = $1', tenantId);
    await tamper('delete from reveal_chain where tenant_id = $1', tenantId);
    const witnesses = before === undefined ? [] : [before];
    const forgotten = (await verifyRevealChains(database, witnesses)).find((each) => each.tenantId === tenantId);
    expect(forgotten?.faults).toEqual([{ seq: 5, fault: 'UNWITNESSED' }]);
    for (let entry = 0; entry < 5; entry += 1) await log(tenantId);
    expect(await faultsOf(tenantId)).toEqual([]);
    const anew = (await verifyRevealChains(database, witnesses)).find((each) => each.tenantId === tenantId);
    expect(anew?.faults).toEqual([{ seq: 5, fault: 'UNWITNESSED' }]);
  });

  test.each([
    ['change an entry', `update reveal_log set actor_sub = 'x'`],
    ['remove an entry', 'delete from reveal_log'],
    ['empty the log', 'truncate reveal_log'],
    ['move a head', 'update reveal_chain set seq = 0'],
    ['remove a head', 'delete from reveal_chain'],
  ])('does not let the service %s', async (_what, sql) => {
    const tenantId = await aLog();
    await expect(database.write(scopeOf(tenantId), (tx) => rows(tx, sql))).rejects.toThrow(/permission denied/);
  });

  test('does not let the owner change, remove or empty it by mistake', async () => {
    await aLog();
    for (const sql of [`update reveal_log set actor_sub = 'x'`, 'delete from reveal_log', 'truncate reveal_log'])
      await expect(owner.query(sql)).rejects.toThrow(/only added to/);
  });

  test('gives an entry its place itself, and none in the chain of another tenant', async () => {
    const [mine, theirs] = [await aLog(), await aLog()];
    const placed = insertEntry.replace('reason)', 'reason, seq, hash)').replace(`'sealed')`, `'sealed', 99, 'x')`);
    await database.write(scopeOf(mine), (tx) => rows(tx, placed, [newId(), mine]));
    await expect(database.write(scopeOf(mine), (tx) => rows(tx, insertEntry, [newId(), theirs]))).rejects.toThrow(
      /row-level security/,
    );
    const reports = await verifyRevealChains(database);
    expect([mine, theirs].map((id) => reports.find(({ tenantId }) => tenantId === id)?.seq)).toEqual([6, 5]);
    expect([await faultsOf(mine), await faultsOf(theirs)]).toEqual([[], []]);
  });
});

describe('the migration', () => {
  const role = `plain_${newId().replaceAll('-', '')}`;
  let url: string;

  // The usual owner of a hosted database is no superuser: row-level security binds it as well.
  beforeAll(async () => {
    const { service, system } = roleNames('sample');
    await owner.query(`create role ${role} login createrole password '${role}'`);
    await owner.query(`grant ${service}, ${system} to ${role} with admin option`);
    await owner.query(`create database ${role} owner ${role}`);
    url = Object.assign(new URL(urlOfDatabase(role)), { username: role, password: role }).href;
  });
  afterAll(async () => {
    await owner.query(`drop database ${role} with (force)`);
    await owner.query(`drop owned by ${role}`);
    await owner.query(`drop role ${role}`);
  });

  test('chains what was logged before, under an owner without privileges', async () => {
    const all = migrationsOf(sample);
    const before = all.filter(({ name }) => !name.endsWith('kit-reveal-chain'));
    expect(before).toHaveLength(all.length - 1);
    await migrate({ url, service: 'sample', migrations: before });
    const plain = await openDatabase({
      url,
      service: 'sample',
      entities: [],
      log: createLog({ name: 'sample', level: 'silent' }),
    });
    const tenants = [newId(), newId()];
    const write = (tenantId: string): Promise<unknown> =>
      plain.write(scopeOf(tenantId), (tx) => rows(tx, insertEntry, [newId(), tenantId]));
    for (const tenantId of [...tenants, ...tenants]) await write(tenantId);
    await migrate({ url, service: 'sample', migrations: all });
    for (const tenantId of tenants) await write(tenantId);
    const reports = await verifyRevealChains(plain);
    expect(reports.map(({ tenantId, seq, faults }) => [tenantId, seq, faults])).toEqual(
      tenants.toSorted().map((tenantId) => [tenantId, 3, []]),
    );
    await plain.close();
  });

  test('goes down and up', () => expect(migrateDownAndUp(sample)).resolves.toBeUndefined());
});
