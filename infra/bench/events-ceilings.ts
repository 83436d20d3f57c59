import { randomUUID } from 'node:crypto';

import { jetstream } from '@nats-io/jetstream';
import { newId } from '@steward/core';
import { connectNats, ensureStream, subjectOf, toEnvelope } from '@steward/events';
import { headers } from '@nats-io/transport-node';
import pg from 'pg';

import {
  benchConsumer,
  benchPublisher,
  benchTenant,
  createMoves,
  parcelMoved,
  type ParcelMove,
} from './events-catalog.ts';
import { factsPerCommit } from './events-roles.ts';

/** What the broker is given at a time without waiting, as by the relay. */
const publishWindow = 500;
const parcels = 500;

async function connectAs(url: string, role: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options: `-c role=${role}` });
  await client.connect();
  return client;
}

const insertFacts = {
  name: 'insert-facts',
  text: `with logged as (
    insert into outbox (id, tenant_id, aggregate_type, aggregate_id, aggregate_version, type, occurred_at, data)
    select id, $1, 'parcel', aggregate_id, aggregate_version, $2, clock_timestamp(), data
    from unnest($3::uuid[], $4::uuid[], $5::int[], $6::jsonb[]) fact (id, aggregate_id, aggregate_version, data)
    returning seq, recorded_at
  ) insert into outbox_delivery (seq, recorded_at, tenant_id) select seq, recorded_at, $1 from logged`,
};

const movePositions = {
  name: 'move-positions',
  text: `insert into consumer_position (consumer, aggregate_id, tenant_id, version)
    select '${benchConsumer}', aggregate_id, $1, version from unnest($2::uuid[], $3::int[]) moved (aggregate_id, version)
    on conflict (aggregate_id, consumer) do update set version = excluded.version`,
};

const insertEffects = {
  name: 'insert-effects',
  text: `insert into effect (parcel_id, step, tenant_id, shelf_id, moved_at)
    select parcel_id, step, $1, shelf_id, moved_at
    from unnest($2::uuid[], $3::int[], $4::uuid[], $5::timestamptz[]) moved (parcel_id, step, shelf_id, moved_at)`,
};

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  await client.query(`select set_config('app.tenant_id', $1, true)`, [benchTenant]);
  await work();
  await client.query('commit');
}

const each = <T>(moves: readonly ParcelMove[], pick: (move: ParcelMove) => T): T[] => moves.map(pick);

async function logMoves(client: pg.Client, moves: readonly ParcelMove[]): Promise<void> {
  const ids = moves.map(() => newId());
  const facts = [each(moves, ({ parcelId }) => parcelId), each(moves, ({ step }) => step)];
  const data = each(moves, (move) => JSON.stringify(move));
  await inTransaction(client, async () => {
    await client.query({ ...insertFacts, values: [benchTenant, parcelMoved.type, ids, ...facts, data] });
  });
}

async function applyMoves(client: pg.Client, moves: readonly ParcelMove[]): Promise<void> {
  const facts = [each(moves, ({ parcelId }) => parcelId), each(moves, ({ step }) => step)];
  const details = [each(moves, ({ shelfId }) => shelfId), each(moves, ({ movedAt }) => movedAt)];
  await inTransaction(client, async () => {
    await client.query({ ...movePositions, values: [benchTenant, ...facts] });
    await client.query({ ...insertEffects, values: [benchTenant, ...facts, ...details] });
  });
}

/** A way of moving so many facts without the platform; answers facts per second. */
export type Ceiling = { perSecond(count: number): Promise<number>; close(): Promise<void> };

/**
 * The same rows in the same tables by set-wise SQL and nothing else: each transaction of the publisher's database is
 * followed by one of the consumer's, which meanwhile takes its next.
 */
export async function openSqlCeiling(urls: { source: string; sink: string }): Promise<Ceiling> {
  const source = await connectAs(urls.source, 'steward_bench_source_service');
  const sink = await connectAs(urls.sink, 'steward_bench_sink_service');
  const moves = createMoves(parcels);
  return {
    perSecond: async (count) => {
      const startedAt = performance.now();
      let applied = Promise.resolve();
      for (let done = 0; done < count; done += factsPerCommit) {
        const batch = Array.from({ length: factsPerCommit }, () => moves.next());
        await logMoves(source, batch);
        applied = applied.then(() => applyMoves(sink, batch));
      }
      await applied;
      return (count * 1000) / (performance.now() - startedAt);
    },
    close: async () => {
      await source.end();
      await sink.end();
    },
  };
}

/** The same messages given to the broker and nothing else: a stream made alike, without waiting within a window. */
export async function openBrokerCeiling(url: string): Promise<Ceiling> {
  const nats = await connectNats(url, { name: 'bench-ceiling' });
  const prefix = `c${randomUUID().slice(0, 8)}`;
  await ensureStream(nats, prefix, benchPublisher);
  const client = jetstream(nats);
  const moves = createMoves(parcels);
  const subject = subjectOf(prefix, parcelMoved.type);
  const publish = (seq: number): Promise<unknown> => {
    const { id, text } = messageOf(moves.next());
    const all = headers();
    all.set('Content-Type', 'application/cloudevents+json');
    all.set('Steward-Seq', String(seq));
    return client.publish(subject, text, { msgID: id, headers: all });
  };
  return {
    perSecond: async (count) => {
      const startedAt = performance.now();
      for (let done = 0; done < count; done += publishWindow) {
        await Promise.all(
          Array.from({ length: Math.min(publishWindow, count - done) }, (_, index) => publish(done + index)),
        );
      }
      return (count * 1000) / (performance.now() - startedAt);
    },
    close: () => nats.close(),
  };
}

function messageOf(move: ParcelMove): { id: string; text: string } {
  const envelope = toEnvelope(benchPublisher, {
    id: newId(),
    tenant_id: benchTenant,
    community_id: null,
    aggregate_type: parcelMoved.aggregate,
    aggregate_id: move.parcelId,
    aggregate_version: move.step,
    type: parcelMoved.type,
    occurred_at: new Date(),
    traceparent: null,
    data: move,
  });
  return { id: envelope.id, text: JSON.stringify(envelope) };
}
