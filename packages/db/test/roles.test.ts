import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLog, newId } from '@steward/core';
import pg from 'pg';

import { migrate, openDatabase, roleNames, rows, tenantTableSql, type Migration } from '../src/index.ts';

const suffix = randomBytes(4).toString('hex');
const [service, other] = [`roles-test-${suffix}`, `roles-maker-${suffix}`];
const [name, login] = [`roles_${suffix}`, `login_${suffix}`];
const adminUrl = process.env['STEWARD_TEST_PG_URL'] as string;
const url = Object.assign(new URL(adminUrl), { pathname: `/${name}`, username: login, password: suffix }).href;
const migrations: Migration[] = [
  {
    name: '20261122-0001-note',
    up: `create table note (id uuid primary key, tenant_id uuid not null); ${tenantTableSql('note')}`,
    down: 'drop table note',
  },
];
let admin: pg.Client;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create role ${login} login nocreaterole nosuperuser password '${suffix}'`);
  await admin.query(`create database ${name} owner ${login}`);
});
afterAll(async () => {
  await admin.query(`drop database ${name} with (force)`);
  const made = [service, other].flatMap((each) => Object.values(roleNames(each)));
  for (const role of [...made, login]) await admin.query(`drop role if exists "${role}"`);
  await admin.end();
});

const start = (): Promise<string[]> => migrate({ url, service, migrations });

test('a login that may not make roles says in one sentence what an administrator has to run, and needs nothing more', async () => {
  const refused = (await start().catch((error: unknown) => error)) as Error;
  const [, sql = ''] = /^the login "login_\w+" of DATABASE_URL may not make the roles of \S+; .* run once: (.*)$/.exec(
    refused.message,
  ) as RegExpExecArray;
  expect(sql.split(';').filter((each) => each.includes('create role'))).toHaveLength(2);
  await admin.query(sql);
  expect(await start()).toHaveLength(1);
  expect(await start()).toEqual([]);
  const database = await openDatabase({ url, service, entities: [], log: createLog({ name, level: 'silent' }) });
  try {
    const scope = { tenantId: newId(), now: new Date(), actor: { kind: 'system', id: null, sub: 'test' } } as const;
    const acting = await database.read(scope, (tx) => rows<{ role: string }>(tx, 'select current_user as role'));
    expect(acting).toEqual([{ role: roleNames(service).service }]);
  } finally {
    await database.close();
  }
});

test('a login that may make roles makes them', async () => {
  await admin.query(`alter role ${login} createrole`);
  expect(await migrate({ url, service: other, migrations })).toEqual([]);
  const names = Object.values(roleNames(other));
  const { rows: found } = await admin.query('select rolname from pg_roles where rolname = any($1)', [names]);
  expect(found).toHaveLength(2);
});
