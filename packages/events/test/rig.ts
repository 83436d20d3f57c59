import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { createLog, FakeClock, newId, type Log } from '@steward/core';
import {
  migrate,
  openDatabase,
  rows,
  tenantTableSql,
  type Database,
  type Migration,
  type Scope,
  type Tx,
} from '@steward/db';
import pg from 'pg';

import {
  connectNats,
  createConsumer,
  createRelay,
  eventMigrations,
  recordEvent,
  type Consumer,
  type ConsumerOptions,
  type Handler,
  type NatsConnection,
  type Relay,
  type StewardEvent,
} from '../src/index.ts';
import { testCatalog, ticketChanged, ticketOpened } from './ticket-events.ts';

/** Polls until `probe` answers something truthy or stops throwing; the one way tests wait. */
export async function eventually<T>(
  probe: () => Promise<T> | T,
  { timeoutMs = 15_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== false && answer !== null && answer !== undefined) return answer;
      if (Date.now() > deadline) throw new Error(`not in time: ${probe.toString()}`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(10);
  }
}

/** What reactions of the tests write: one row per application of a fact, so a double shows. */
const effectTable: Migration = {
  name: '20261122-0900-test-effects',
  up: `create table effect (place bigint generated always as identity, tenant_id uuid not null, event_id uuid not null,
         aggregate_id uuid not null, version int not null, type text not null, at timestamptz not null);
       ${tenantTableSql('effect')}`,
  down: 'drop table effect',
};

export const publisher = 'evt-source';
export const subscriber = 'evt-sink';
export const epoch = new Date('2026-03-01T00:00:00Z');

export type Effect = {
  event_id: string;
  aggregate_id: string;
  version: number;
  type: string;
  tenant_id: string;
  at: Date;
};

export const recordEffect = async (tx: Tx, event: StewardEvent<unknown>): Promise<void> => {
  await rows(
    tx,
    `insert into effect (tenant_id, event_id, aggregate_id, version, type, at)
     select current_setting('app.tenant_id')::uuid, $1, $2, $3, $4, $5`,
    [event.id, event.subject, event.aggregateversion, event.type, event.time],
  );
};

export type ServiceRig = { name: string; url: string; database: Database };

export type Rig = {
  prefix: string;
  tenant: string;
  source: ServiceRig;
  sink: ServiceRig;
  nats: NatsConnection;
  log: Log;
  clock: FakeClock;
  relay(overrides?: Partial<Parameters<typeof createRelay>[0]>): Relay;
  consumer(handlers: readonly Handler[], overrides?: Partial<ConsumerOptions>): Consumer;
  /** Versions `from` to `to` of a ticket, one transaction each. */
  emit(ticket: string, from: number, to?: number, tenant?: string): Promise<void>;
  effects(ticket?: string): Promise<Effect[]>;
  versions(ticket: string): Promise<number[]>;
  /** As the administrator, past row-level security. */
  sql<T extends pg.QueryResultRow>(service: ServiceRig, text: string, values?: unknown[]): Promise<T[]>;
  killConnections(service: ServiceRig): Promise<void>;
  close(): Promise<void>;
};

export const scopeOf = (tenantId: string, now: Date = epoch): Scope => ({
  tenantId,
  now,
  actor: { kind: 'system', id: null, sub: 'test' },
});

const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is set by the global setup`);
  return value;
};

export const testServers = (): { pg: string; nats: string } => ({
  pg: required('STEWARD_TEST_PG_URL'),
  nats: required('STEWARD_TEST_NATS_URL'),
});

const templates = new Map<string, Promise<string>>();

const newName = (): string => `evt_${randomUUID().replaceAll('-', '')}`;

function urlOf(database: string): string {
  const url = new URL(testServers().pg);
  url.pathname = `/${database}`;
  return url.href;
}

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

async function openService(admin: pg.Client, name: string, log: Log): Promise<ServiceRig> {
  const database = newName();
  await admin.query(`create database ${database} template ${await templateOf(admin, name)}`);
  const url = urlOf(database);
  return { name, url, database: await openDatabase({ url, service: name, entities: [], log }) };
}

/** A publisher and a subscriber with a database each, and a broker prefix of their own. */
export async function openRig(): Promise<Rig> {
  const log = createLog({ name: 'events-test', level: process.env['TEST_LOG'] ?? 'silent' });
  const admin = new pg.Client({ connectionString: testServers().pg });
  await admin.connect();
  const source = await openService(admin, publisher, log);
  const sink = await openService(admin, subscriber, log);
  const nats = await connectNats(testServers().nats, { name: 'events-test' });
  const prefix = `t${randomUUID().slice(0, 8)}`;
  const tenant = newId();
  const clock = new FakeClock(epoch);
  const started: { stop(): Promise<void> }[] = [];
  const superusers = new Map<string, pg.Client>();
  const sql: Rig['sql'] = async (service, text, values = []) => {
    let client = superusers.get(service.url);
    if (client === undefined) {
      client = new pg.Client({ connectionString: service.url, application_name: 'events-test-admin' });
      await client.connect();
      superusers.set(service.url, client);
    }
    return (await client.query(text, values)).rows;
  };
  const common = { nats, prefix, log };
  return {
    prefix,
    tenant,
    source,
    sink,
    nats,
    log,
    clock,
    sql,
    relay: (overrides = {}) => {
      const relay = createRelay({ ...common, database: source.database, service: publisher, ...overrides });
      started.push(relay);
      return relay;
    },
    consumer: (handlers, overrides = {}) => {
      const consumer = createConsumer({
        ...common,
        database: sink.database,
        service: subscriber,
        clock,
        handlers,
        catalog: testCatalog,
        ...overrides,
      });
      started.push(consumer);
      return consumer;
    },
    emit: async (ticket, from, to = from, by = tenant) => {
      for (let version = from; version <= to; version += 1) {
        await source.database.write(scopeOf(by), async (tx) => emitVersion(tx, ticket, version));
      }
    },
    effects: async (ticket) =>
      sql<Effect>(sink, 'select * from effect where $1::uuid is null or aggregate_id = $1 order by place', [
        ticket ?? null,
      ]),
    versions: async (ticket) => {
      const found = await sql<Effect>(sink, 'select version from effect where aggregate_id = $1 order by place', [
        ticket,
      ]);
      return found.map(({ version }) => version);
    },
    killConnections: async ({ url }) => {
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = $1 and application_name like 'steward-%'`,
        [new URL(url).pathname.slice(1)],
      );
    },
    close: async () => {
      await Promise.all(started.map((each) => each.stop()));
      for (const client of superusers.values()) await client.end();
      await nats.close();
      for (const { database, url } of [source, sink]) {
        await database.close();
        await admin.query(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
      }
      await admin.end();
    },
  };
}

export function emitVersion(tx: Tx, ticket: string, version: number): void {
  const about = { aggregateId: ticket, aggregateVersion: version };
  if (version === 1) recordEvent(tx, { definition: ticketOpened, ...about, data: { ticketId: ticket } });
  else recordEvent(tx, { definition: ticketChanged, ...about, data: { ticketId: ticket, amount: version } });
}

export const upTo = (version: number): number[] => Array.from({ length: version }, (_, index) => index + 1);
