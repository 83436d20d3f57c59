import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog, newId } from '@steward/core';
import { migrate, openDatabase, type Database } from '@steward/db';
import pg from 'pg';

import { eventMigrations } from '../src/index.ts';
import { unsentEvents } from '../src/relay/delivery-rows.ts';
import { emitVersion, scopeOf } from './rig.ts';
import { testServers } from './service-rig.ts';

// On a managed server the owner of a database is no superuser, and row-level security binds it as well.
describe('an owner without the rights of a superuser', () => {
  const service = `evt-owner-${newId().slice(-6)}`;
  const owner = service.replaceAll('-', '_');
  let admin: pg.Client;
  let database: Database;
  let url: string;

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: testServers().pg });
    await admin.connect();
    await admin.query(`create role ${owner} login createrole password 'owner'`);
    await admin.query(`create database ${owner} owner ${owner}`);
    const address = new URL(testServers().pg);
    Object.assign(address, { username: owner, password: 'owner', pathname: `/${owner}` });
    url = address.href;
    await migrate({ url, service, migrations: eventMigrations });
    database = await openDatabase({ url, service, entities: [], log: createLog({ name: 'test', level: 'silent' }) });
  });
  afterAll(async () => {
    await database.close();
    await admin.query(`drop database ${owner} with (force)`);
    await admin.query(`drop role steward_${owner}_service, steward_${owner}_system, ${owner}`);
    await admin.end();
  });

  test('migrates, records, and leads the relay to what is unsent', async () => {
    const ticket = newId();
    await database.write(scopeOf(newId()), async (tx) => emitVersion(tx, ticket, 1));
    expect(await unsentEvents(database.system, 10)).toMatchObject([{ aggregate_id: ticket, aggregate_version: 1 }]);
  });

  test('moves facts out of the default partition', async () => {
    const client = new pg.Client({ connectionString: testServers().pg.replace(/\/[^/]*$/, `/${owner}`) });
    await client.connect();
    await client.query(
      `insert into outbox (recorded_at, id, tenant_id, aggregate_type, aggregate_id, aggregate_version, type, occurred_at, data)
       values (date_trunc('month', now()) + interval '5 months', $1, $1, 'ticket', $1, 1, 't', now(), '{}')`,
      [newId()],
    );
    const inDefault = async (): Promise<number> =>
      (await client.query<{ found: number }>('select count(*)::int as found from outbox_default')).rows[0]?.found ?? -1;
    expect(await inDefault()).toBe(1);
    await database.system.query('select outbox_make_partitions(6)');
    expect(await inDefault()).toBe(0);
    await client.end();
  });
});
