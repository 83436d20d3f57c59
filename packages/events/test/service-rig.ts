import { randomUUID } from 'node:crypto';

import type { Log } from '@steward/core';
import { migrate, openDatabase, tenantTableSql, type Database, type Migration } from '@steward/db';
import pg from 'pg';

import { eventMigrations } from '../src/index.ts';

/** What reactions of the tests write: one row per application of a fact, so a double shows. */
const effectTable: Migration = {
  name: '20261122-0900-test-effects',
  up: `create table effect (place bigint generated always as identity, tenant_id uuid not null, event_id uuid not null,
         aggregate_id uuid not null, version int not null, type text not null, at timestamptz not null);
       ${tenantTableSql('effect')}`,
  down: 'drop table effect',
};

/** A service's database, as the service sees it and as the administrator does. */
export type ServiceRig = {
  name: string;
  url: string;
  database: Database;
  /** As the administrator, past row-level security. */
  sql<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  killConnections(): Promise<void>;
  close(): Promise<void>;
};

const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is set by the global setup`);
  return value;
};

export const testServers = (): { pg: string; nats: string } => ({
  pg: required('STEWARD_TEST_PG_URL'),
  nats: required('STEWARD_TEST_NATS_URL'),
});

function urlOf(database: string): string {
  const url = new URL(testServers().pg);
  url.pathname = `/${database}`;
  return url.href;
}

async function connectAdmin(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'events-test-admin' });
  await client.connect();
  return client;
}

const newName = (): string => `evt_${randomUUID().replaceAll('-', '')}`;
const templates = new Map<string, Promise<string>>();

/** Migrated once per test file, then copied. */
function templateOf(admin: pg.Client, service: string): Promise<string> {
  const known = templates.get(service);
  if (known !== undefined) return known;
  const made = (async () => {
    const name = newName();
    await admin.query(`create database ${name}`);
    await migrate({ url: urlOf(name), service, migrations: [...eventMigrations, effectTable] });
    return name;
  })();
  templates.set(service, made);
  return made;
}

export async function openServiceRig(service: string, log: Log): Promise<ServiceRig> {
  const server = await connectAdmin(testServers().pg);
  const name = newName();
  await server.query(`create database ${name} template ${await templateOf(server, service)}`);
  const url = urlOf(name);
  const admin = await connectAdmin(url);
  const database = await openDatabase({ url, service, entities: [], log });
  return {
    name: service,
    url,
    database,
    sql: async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await admin.query<T>(text, values)).rows,
    killConnections: async () => {
      await server.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name like 'steward-%'`,
        [name],
      );
    },
    close: async () => {
      await database.close();
      await admin.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
