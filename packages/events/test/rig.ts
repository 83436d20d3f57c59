import { randomUUID } from 'node:crypto';

import { createLog, FakeClock, newId } from '@steward/core';
import { rows, type Scope, type Tx } from '@steward/db';

import {
  connectNats,
  createConsumer,
  createRelay,
  listParked,
  recordEvent,
  subscribe,
  type Consumer,
  type ConsumerOptions,
  type Handler,
  type NatsConnection,
  type ParkedEvent,
  type Relay,
  type RelayOptions,
  type StewardEvent,
} from '../src/index.ts';
import { openServiceRig, testServers, type ServiceRig } from './service-rig.ts';
import { testCatalog, ticketChanged, ticketOpened } from './ticket-events.ts';

export { eventually } from './eventually.ts';

export const publisher = 'evt-source';
export const subscriber = 'evt-sink';
export const epoch = new Date('2026-03-01T00:00:00Z');

export const scopeOf = (tenantId: string, now: Date = epoch): Scope => ({
  tenantId,
  now,
  actor: { kind: 'system', id: null, sub: 'test' },
});

type Effect = { event_id: string; aggregate_id: string; version: number; type: string; tenant_id: string; at: Date };

/** A publisher and a subscriber with a database each, and a broker prefix of their own. */
export type Rig = {
  prefix: string;
  tenant: string;
  source: ServiceRig;
  sink: ServiceRig;
  nats: NatsConnection;
  clock: FakeClock;
  relay(overrides?: Partial<RelayOptions>): Relay;
  consumer(handlers: readonly Handler[], overrides?: Partial<ConsumerOptions>): Consumer;
  /** Versions `from` to `to` of a ticket, one transaction each. */
  emit(ticket: string, from: number, to?: number): Promise<void>;
  /** What was applied, in its order. */
  effects(ticket?: string): Promise<Effect[]>;
  versions(ticket: string): Promise<number[]>;
  close(): Promise<void>;
};

export async function openRig(): Promise<Rig> {
  const log = createLog({ name: 'events-test', level: process.env['TEST_LOG'] ?? 'silent' });
  const [source, sink] = [await openServiceRig(publisher, log), await openServiceRig(subscriber, log)];
  const nats = await connectNats(testServers().nats, { name: 'events-test' });
  const [prefix, tenant, clock] = [`t${randomUUID().slice(0, 8)}`, newId(), new FakeClock(epoch)];
  const started: { stop(): Promise<void> }[] = [];
  const toStop = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  const wire = { nats, prefix, log };
  const reading = { ...wire, database: sink.database, service: subscriber, clock, catalog: testCatalog };
  const effects = (ticket?: string): Promise<Effect[]> =>
    sink.sql('select * from effect where $1::uuid is null or aggregate_id = $1 order by place', [ticket ?? null]);
  return {
    prefix,
    tenant,
    source,
    sink,
    nats,
    clock,
    effects,
    relay: (overrides = {}) =>
      toStop(createRelay({ ...wire, database: source.database, service: publisher, ...overrides })),
    consumer: (handlers, overrides = {}) => toStop(createConsumer({ ...reading, handlers, ...overrides })),
    emit: async (ticket, from, to = from) => {
      for (let version = from; version <= to; version += 1) {
        await source.database.write(scopeOf(tenant), async (tx) => emitVersion(tx, ticket, version));
      }
    },
    versions: async (ticket) => (await effects(ticket)).map(({ version }) => version),
    close: async () => {
      await Promise.all(started.map((each) => each.stop()));
      await nats.close();
      await source.close();
      await sink.close();
    },
  };
}

export function emitVersion(tx: Tx, ticket: string, version: number): void {
  const about = { aggregateId: ticket, aggregateVersion: version };
  if (version === 1) recordEvent(tx, { definition: ticketOpened, ...about, data: { ticketId: ticket } });
  else recordEvent(tx, { definition: ticketChanged, ...about, data: { ticketId: ticket, amount: version } });
}

export const upTo = (version: number): number[] => Array.from({ length: version }, (_, index) => index + 1);

export const recordEffect = async (tx: Tx, event: StewardEvent<unknown>): Promise<void> => {
  await rows(
    tx,
    `insert into effect (tenant_id, event_id, aggregate_id, version, type, at)
     select current_setting('app.tenant_id')::uuid, $1, $2, $3, $4, $5`,
    [event.id, event.subject, event.aggregateversion, event.type, event.time],
  );
};

/** Both kinds of facts of a ticket have their effect recorded. */
export const recording: readonly Handler[] = [
  subscribe(ticketOpened, 'record-opened', recordEffect),
  subscribe(ticketChanged, 'record-changed', recordEffect),
];

/** A relay and a consumer that run. */
export async function startBoth(rig: Rig, handlers: readonly Handler[]): Promise<Consumer> {
  await rig.relay().start();
  const consumer = rig.consumer(handlers);
  await consumer.start();
  return consumer;
}

export const parkedIn = (rig: Rig): Promise<ParkedEvent[]> => listParked(rig.sink.database.system);

/** Version, state and reason of each parked event. */
export const parkedShape = async (rig: Rig): Promise<[number | null, string, string][]> =>
  (await parkedIn(rig)).map(({ aggregateVersion, state, reason }) => [aggregateVersion, state, reason]);
