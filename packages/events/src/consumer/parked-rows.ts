import { newId } from '@steward/core';
import { rows, type Tx } from '@steward/db';
import type { Pool } from 'pg';

import type { ConsumerContext } from './consumer-context.ts';
import type { Received } from './fact.ts';

/**
 * GAP: a fact before it is missing and was asked for. RETRYING: the consumer tries it again by itself. FAILED: an
 * operator decides. WAITING: behind one of those. DROPPED: an operator gave it up; the row is the record of that.
 */
export type ParkedState = 'GAP' | 'RETRYING' | 'FAILED' | 'WAITING' | 'DROPPED';

export type Blame = { state: ParkedState; reason: string; detail?: Record<string, unknown> };

/** How often it was tried already, and in how many milliseconds it is tried again. */
export type Attempts = { made: number; nextIn: number };

/** The parked event of an aggregate that comes next, with the consumer's position. */
export type ParkedHead = {
  id: string;
  streamSeq: number;
  aggregateId: string;
  version: number;
  envelope: string;
  state: ParkedState;
  attempts: number;
  /** Milliseconds until it is due; negative when overdue, null when it waits for something else. */
  dueIn: number | null;
  position: number;
  positionTenant: string | null;
};

const unknownTenant = '00000000-0000-0000-0000-000000000000';

/** Keeps an event aside. What is parked already stays as it is: a redelivery adds nothing. */
export async function park(
  { database, consumer, publisher }: ConsumerContext,
  received: Received,
  { state, reason, detail }: Blame,
  options: { tenantId?: string; attempts?: Attempts | undefined } = {},
): Promise<void> {
  const { fact } = received;
  await database.system.query(
    `insert into parked_event (id, tenant_id, consumer, publisher, stream_seq, event_id, type, aggregate_type,
                               aggregate_id, aggregate_version, envelope, state, reason, detail, attempts, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
             case when $12 in ('GAP', 'RETRYING') then clock_timestamp() + make_interval(secs => $16::float8 / 1000) end)
     on conflict do nothing`,
    [
      newId(),
      options.tenantId ?? fact?.tenantId ?? unknownTenant,
      consumer,
      publisher,
      received.streamSeq,
      fact?.eventId,
      fact?.type,
      fact?.aggregateType,
      fact?.aggregateId,
      fact?.version,
      received.text.replaceAll('\0', ''),
      state,
      reason,
      detail ?? {},
      options.attempts?.made ?? 0,
      options.attempts?.nextIn ?? 0,
    ],
  );
}

/** The lowest parked version of an aggregate that still has to be passed. */
export async function firstParked(pool: Pool, consumer: string, aggregateId: string): Promise<ParkedHead | null> {
  const { rows: found } = await pool.query<ParkedHead>(
    `select parked.id, stream_seq as "streamSeq", parked.aggregate_id as "aggregateId",
                  aggregate_version as version, envelope, state, attempts,
                  (extract(epoch from due_at - clock_timestamp()) * 1000)::float8 as "dueIn",
                  coalesce(position.version, 0) as position, position.tenant_id as "positionTenant"
           from parked_event parked
           left join consumer_position position
             on position.consumer = parked.consumer and position.aggregate_id = parked.aggregate_id
           where parked.aggregate_id = $2 and parked.consumer = $1
             and (state <> 'DROPPED' or aggregate_version > coalesce(position.version, 0))
           order by aggregate_version limit 1`,
    [consumer, aggregateId],
  );
  return found[0] ?? null;
}

/** Aggregates whose parked events are due to be looked at. */
export async function dueAggregates(pool: Pool, consumer: string, publisher: string, limit: number): Promise<string[]> {
  const { rows: found } = await pool.query<{ id: string }>(
    `select aggregate_id as id from parked_event
     where consumer = $1 and publisher = $2 and due_at <= clock_timestamp() and aggregate_id is not null
     group by aggregate_id order by min(due_at) limit $3`,
    [consumer, publisher, limit],
  );
  return found.map(({ id }) => id);
}

/** Aggregates whose first parked event waits for nothing: the process ended while it was working them off. */
export async function abandonedAggregates(pool: Pool, consumer: string, publisher: string): Promise<string[]> {
  const { rows: found } = await pool.query<{ id: string }>(
    `select id from (
       select distinct on (aggregate_id) aggregate_id as id, state from parked_event
       where consumer = $1 and publisher = $2 and aggregate_id is not null and state <> 'DROPPED'
       order by aggregate_id, aggregate_version
     ) head where state = 'WAITING'`,
    [consumer, publisher],
  );
  return found.map(({ id }) => id);
}

/** Counts an attempt before it is made, so that one which takes the process down counts as well. */
export async function beginAttempt(pool: Pool, id: string, { made, nextIn }: Attempts): Promise<void> {
  await pool.query(
    `update parked_event set state = 'RETRYING', attempts = $2,
            due_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
     where id = $1`,
    [id, made, nextIn],
  );
}

export async function blame(pool: Pool, id: string, { state, reason, detail }: Blame): Promise<void> {
  await pool.query(
    `update parked_event set state = $2, reason = $3, detail = $4,
            due_at = case when $2 = 'RETRYING' then due_at end
     where id = $1`,
    [id, state, reason, detail ?? {}],
  );
}

/** The missing facts were asked for; when to ask again. */
export async function awaitMissing(pool: Pool, id: string, reason: string, milliseconds: number): Promise<void> {
  await pool.query(
    `update parked_event set state = 'GAP', reason = $2, attempts = attempts + 1,
            due_at = clock_timestamp() + make_interval(secs => $3::float8 / 1000)
     where id = $1`,
    [id, reason, milliseconds],
  );
}

/** An operator's decision takes effect: the position passes the event and whatever is missing before it. */
export async function passDropped(pool: Pool, consumer: string, head: ParkedHead, tenantId: string): Promise<void> {
  await pool.query(
    `with passed as (
       insert into consumer_position as position (consumer, aggregate_id, tenant_id, version) values ($1, $2, $3, $4)
       on conflict (aggregate_id, consumer) do update set version = excluded.version
       where position.version < excluded.version
     )
     update parked_event set due_at = null where id = $5`,
    [consumer, head.aggregateId, tenantId, head.version, head.id],
  );
}

export async function forgetParked(pool: Pool, id: string): Promise<void> {
  await pool.query('delete from parked_event where id = $1', [id]);
}

/** Together with the effect: it was parked until now and is applied from now on. */
export async function unpark(tx: Tx, id: string): Promise<void> {
  await rows(tx, 'delete from parked_event where id = $1', [id]);
}

/** Whether the consumer will go on by itself with something that is parked. */
export async function hasRetrying(pool: Pool, consumer: string): Promise<boolean> {
  const { rows: found } = await pool.query(
    `select 1 from parked_event where consumer = $1 and state = 'RETRYING' limit 1`,
    [consumer],
  );
  return found.length > 0;
}

export async function countParked(pool: Pool, consumer: string, publisher: string): Promise<Map<string, number>> {
  const { rows: found } = await pool.query<{ state: string; parked: number }>(
    `select state, count(*) as parked from parked_event where consumer = $1 and publisher = $2 group by state`,
    [consumer, publisher],
  );
  return new Map(found.map(({ state, parked }) => [state, parked]));
}
