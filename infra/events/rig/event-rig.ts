import { randomUUID } from 'node:crypto';

import { createLog, newId, systemClock } from '@steward/core';
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
import {
  connectNats,
  createConsumer,
  createRelay,
  defineEvent,
  eventMigrations,
  recordEvent,
  subscribe,
  type Consumer,
  type NatsConnection,
  type Relay,
  type StewardEvent,
} from '@steward/events';
import pg from 'pg';
import { z } from 'zod';

export const source = 'fault-source';
export const sink = 'fault-sink';

export const parcelMoved = defineEvent({
  publisher: source,
  aggregate: 'parcel',
  fact: 'moved',
  version: 1,
  description: 'A parcel moved.',
  data: z.object({ step: z.int() }),
});

export type ParcelMoved = StewardEvent<{ step: number }>;

const effectTable: Migration = {
  name: '20261122-0900-fault-effects',
  up: `create table effect (place bigint generated always as identity, tenant_id uuid not null,
         aggregate_id uuid not null, version int not null);
       ${tenantTableSql('effect')}`,
  down: 'drop table effect',
};

/** The reaction of these tests: a row for each time a fact is applied, so that a double shows. */
export async function keepMove(tx: Tx, { subject, aggregateversion }: ParcelMoved): Promise<void> {
  await rows(
    tx,
    `insert into effect (tenant_id, aggregate_id, version) values (current_setting('app.tenant_id')::uuid, $1, $2)`,
    [subject, aggregateversion],
  );
}

type React = (tx: Tx, event: ParcelMoved) => Promise<void>;

export type EventRig = {
  prefix: string;
  nats: NatsConnection;
  relay: Relay;
  consumer: Consumer;
  urls: Record<typeof source | typeof sink, string>;
  source: Database;
  sink: Database;
  /** One more fact of the parcel; false when the database was not there to take it. */
  move(parcel: string, version: number): Promise<boolean>;
  /** Facts of many parcels, committed together. */
  moveAll(facts: readonly { parcel: string; version: number }[]): Promise<void>;
  /** Further instances, on connections of their own; they compete with the first ones. */
  anotherRelay(): Promise<Relay>;
  anotherConsumer(): Promise<Consumer>;
  effects(): Promise<{ aggregate_id: string; version: number }[]>;
  /** How many effects there are, and how many of them do not follow right on the one before of their parcel. */
  judge(): Promise<{ effects: number; misplaced: number }>;
  close(): Promise<void>;
};

const tenantId = newId();
const log = createLog({ name: 'events-test', level: process.env['TEST_LOG'] ?? 'silent' });

async function asAdmin<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function createService(admin: string, service: string): Promise<{ url: string; database: Database }> {
  const name = `evt_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(admin, `create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  await migrate({ url: url.href, service, migrations: [...eventMigrations, effectTable] });
  return { url: url.href, database: await openDatabase({ url: url.href, service, entities: [], log }) };
}

async function move(database: Database, parcel: string, version: number): Promise<boolean> {
  const fact = { aggregateId: parcel, aggregateVersion: version, data: { step: version } };
  try {
    await database.write(scope(), async (tx) => recordEvent(tx, { definition: parcelMoved, ...fact }));
    return true;
  } catch (error) {
    // The commit before a crash had succeeded though its answer was lost.
    return error instanceof Error && error.message.includes('duplicate key');
  }
}

const judgement = `
  select count(*)::int as effects, count(*) filter (where version <> before + 1)::int as misplaced
  from (select version, lag(version, 1, 0) over (partition by aggregate_id order by place) as before from effect) each`;

const scope = (): Scope => ({ tenantId, now: new Date(), actor: { kind: 'system', id: null, sub: 'test' } });

export type EventRigOptions = {
  postgres: string;
  nats: string;
  /** How the consumer reacts; `keepMove` unless told. */
  react?: React;
  /** Of the relays; their own default unless told. */
  lookEveryMilliseconds?: number | undefined;
};

/** Opens further instances on connections of their own, and closes them all. */
function competingOn(nats: string) {
  const closing: (() => Promise<void>)[] = [];
  return {
    another: async <T extends { stop(): Promise<void> }>(open: (on: NatsConnection) => T): Promise<T> => {
      const own = await connectNats(nats);
      const part = open(own);
      closing.push(async () => {
        await part.stop();
        await own.close();
      });
      return part;
    },
    close: async (): Promise<void> => {
      for (const close of closing) await close();
    },
  };
}

/** A publisher and a consumer on the given servers, not started. */
export async function openEventRig(servers: EventRigOptions): Promise<EventRig> {
  const publishing = await createService(servers.postgres, source);
  const consuming = await createService(servers.postgres, sink);
  const nats = await connectNats(servers.nats);
  const prefix = `t${randomUUID().slice(0, 8)}`;
  const handlers = [subscribe(parcelMoved, 'keep-move', servers.react ?? keepMove)];
  const { lookEveryMilliseconds } = servers;
  const look = lookEveryMilliseconds === undefined ? {} : { lookEveryMilliseconds };
  const relayOn = (on: NatsConnection): Relay =>
    createRelay({ nats: on, prefix, log, database: publishing.database, service: source, ...look });
  const consumerOn = (on: NatsConnection): Consumer =>
    createConsumer({
      nats: on,
      prefix,
      log,
      database: consuming.database,
      service: sink,
      handlers,
      clock: systemClock,
    });
  const { another, close } = competingOn(servers.nats);
  const [relay, consumer] = [relayOn(nats), consumerOn(nats)];
  return {
    prefix,
    nats,
    relay,
    consumer,
    urls: { [source]: publishing.url, [sink]: consuming.url },
    source: publishing.database,
    sink: consuming.database,
    move: (parcel, version) => move(publishing.database, parcel, version),
    moveAll: (facts) =>
      publishing.database.write(scope(), async (tx) => {
        for (const { parcel, version } of facts) {
          const about = { aggregateId: parcel, aggregateVersion: version };
          recordEvent(tx, { definition: parcelMoved, ...about, data: { step: version } });
        }
      }),
    anotherRelay: () => another(relayOn),
    anotherConsumer: () => another(consumerOn),
    effects: () => asAdmin(consuming.url, 'select aggregate_id, version from effect order by place'),
    judge: async () => {
      const [found] = await asAdmin<{ effects: number; misplaced: number }>(consuming.url, judgement);
      return found ?? { effects: 0, misplaced: 0 };
    },
    close: async () => {
      await close();
      await consumer.stop();
      await relay.stop();
      await nats.close();
      await publishing.database.close();
      await consuming.database.close();
    },
  };
}
