import { types, type CustomTypesConfig, type Pool } from 'pg';

import type { LoggedEvent } from '../envelope.ts';
import { outboxChannel } from '../outbox/outbox-channel.ts';
import type { StreamState } from '../stream.ts';

// By name only calls of functions are prepared: their own plans are bound to the keys, while any other that is kept from
// when the tables were small would scan them for ever.

/** An event that the broker has not confirmed yet; its data are JSON as the database tells it. */
export type UnsentEvent = Omit<LoggedEvent, 'data'> & { seq: number; generation: number; data: string };

/** Where the broker has put an event. */
export type Placed = { seq: number; streamSeq: number };

const readUnsent = {
  name: 'outbox-unsent',
  text: `select seq, generation, id, tenant_id, community_id, aggregate_type, aggregate_id, aggregate_version, type,
                occurred_at, traceparent, actor_role, data
         from outbox_unsent($1)`,
};
const markAsSent = { name: 'outbox-mark-sent', text: 'select outbox_mark_sent($1, $2, $3)' };

const jsonb: number = types.builtins.JSONB;

/** To be sent on as it is, so nobody reads it here. */
const withJsonAsText: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === jsonb ? (text: string) => text : types.getTypeParser(oid, format),
};

/** In the order of `seq`, never from a high-water mark: a transaction may commit a lower `seq` later. */
export async function unsentEvents(pool: Pool, limit: number): Promise<UnsentEvent[]> {
  const { rows } = await pool.query<UnsentEvent>({ ...readUnsent, values: [limit], types: withJsonAsText });
  return rows;
}

export async function hasUnsent(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('select 1 from outbox_delivery where published_at is null limit 1');
  return rows.length > 0;
}

export async function countUnsent(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ unsent: number }>(
    'select count(*) as unsent from outbox_delivery where published_at is null',
  );
  return rows[0]?.unsent ?? 0;
}

export async function markSent(pool: Pool, streamIdentity: string, placed: readonly Placed[]): Promise<void> {
  if (placed.length === 0) return;
  const seqs = placed.map(({ seq }) => seq);
  const numbers = placed.map(({ streamSeq }) => streamSeq);
  await pool.query({ ...markAsSent, values: [streamIdentity, seqs, numbers] });
}

/** The last number of the stream that is marked, 0 when none is, and by which of the database's times that was so. */
export async function lastMarked(pool: Pool, streamIdentity: string): Promise<{ last: number; at: string }> {
  const { rows } = await pool.query<{ last: number | null; at: string }>(
    'select max(stream_seq) as last, now()::text as at from outbox_delivery where stream_id = $1',
    [streamIdentity],
  );
  return { last: rows[0]?.last ?? 0, at: rows[0]?.at ?? '-infinity' };
}

/**
 * Takes up to `limit` events back to unsent whose copy the stream cannot have any more: they went into another
 * stream of that name, before its first message or after its last. The next generation makes the broker take them
 * even inside the duplicate window. What was marked after `at` may be newer than what is known of the stream.
 */
export async function requeueLost(pool: Pool, stream: StreamState, at: string, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `update outbox_delivery set published_at = null, stream_id = null, stream_seq = null, generation = generation + 1
     where seq in (
       select seq from outbox_delivery
       where published_at < $5
         and (stream_id < $1 or stream_id > $1 or (stream_id = $1 and (stream_seq > $2 or stream_seq < $3)))
       limit $4)`,
    [stream.identity, stream.lastSeq, stream.firstSeq, limit, at],
  );
  return rowCount ?? 0;
}

/** What is marked at these numbers of the stream is not there: unsent again, as `requeueLost` does. */
export async function requeuePlaces(
  pool: Pool,
  streamIdentity: string,
  streamSeqs: readonly number[],
): Promise<number> {
  const { rowCount } = await pool.query(
    `update outbox_delivery set published_at = null, stream_id = null, stream_seq = null, generation = generation + 1
     where published_at is not null and stream_id = $1 and stream_seq = any($2::bigint[])`,
    [streamIdentity, streamSeqs],
  );
  return rowCount ?? 0;
}

/** An event and the number of the message that it is believed, or claims, to be. */
export type Place = Placed & { id: string };

const placeColumns = `delivery.seq, delivery.stream_seq as "streamSeq", logged.id`;
const itsFact = `select id from outbox where outbox.seq = delivery.seq and outbox.recorded_at = delivery.recorded_at offset 0`;

/** What is marked at each of these numbers of the stream, or else at the nearest number below it. */
export async function markedNear(pool: Pool, streamIdentity: string, streamSeqs: readonly number[]): Promise<Place[]> {
  const { rows } = await pool.query<Place>(
    `select distinct ${placeColumns}
     from unnest($2::bigint[]) near (number)
     cross join lateral (
       select * from outbox_delivery where stream_id = $1 and stream_seq <= near.number order by stream_seq desc limit 1
     ) delivery
     cross join lateral (${itsFact}) logged`,
    [streamIdentity, streamSeqs],
  );
  return rows;
}

/** What is marked at the numbers `from` to `to`. */
export async function markedBetween(pool: Pool, streamIdentity: string, from: number, to: number): Promise<Place[]> {
  const { rows } = await pool.query<Place>(
    `select ${placeColumns}
     from outbox_delivery delivery cross join lateral (${itsFact}) logged
     where stream_id = $1 and stream_seq between $2 and $3`,
    [streamIdentity, from, to],
  );
  return rows;
}

/**
 * Marks what the stream has and nobody marked. A message counts for the row it names only when it has the row's id:
 * a log that was put back to an older state gives its numbers to other facts.
 */
export async function markFound(pool: Pool, streamIdentity: string, found: readonly Place[]): Promise<void> {
  if (found.length === 0) return;
  await pool.query(
    `update outbox_delivery delivery
     set published_at = clock_timestamp(), stream_id = $1, stream_seq = found.stream_seq
     from unnest($2::bigint[], $3::bigint[], $4::uuid[]) found (seq, stream_seq, id)
     where delivery.seq = found.seq and found.id = (${itsFact})`,
    [streamIdentity, found.map((each) => each.seq), found.map((each) => each.streamSeq), found.map((each) => each.id)],
  );
}

export type RequeueRequest = { aggregateId: string; fromVersion: number; toVersion: number };

/** `earliest`: the first version the log has in the asked range; null when it has none. */
export type RequeueAnswer = { earliest: number | null; requeued: number };

/**
 * Sends facts of one aggregate again, from `fromVersion` and before `toVersion`. Those sent a moment ago are left
 * alone: another consumer has just asked for them.
 */
export async function requeueAggregate(pool: Pool, request: RequeueRequest): Promise<RequeueAnswer> {
  const { rows } = await pool.query<RequeueAnswer>(
    `with asked as (
       select seq, aggregate_version from outbox
       where aggregate_id = $1 and aggregate_version >= $2 and aggregate_version < $3
     ), requeued as (
       update outbox_delivery set published_at = null, generation = generation + 1
       where seq in (select seq from asked) and published_at < clock_timestamp() - interval '500 milliseconds'
       returning seq
     )
     select (select min(aggregate_version) from asked) as earliest,
            (select count(*) from requeued) as requeued,
            pg_notify('${outboxChannel}', '')`,
    [request.aggregateId, request.fromVersion, request.toVersion],
  );
  return { earliest: rows[0]?.earliest ?? null, requeued: rows[0]?.requeued ?? 0 };
}

export async function makePartitions(pool: Pool): Promise<void> {
  await pool.query('select outbox_make_partitions(3)');
}
