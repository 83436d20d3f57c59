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

/** A parked event of an aggregate, with the consumer's position. */
export type ParkedHead = {
  id: string;
  streamSeq: number;
  aggregateId: string;
  version: number;
  envelope: string;
  state: ParkedState;
  reason: string;
  attempts: number;
  /** Milliseconds until it is due; negative when overdue, null when it waits for something else. */
  dueIn: number | null;
  position: number;
  positionTenant: string | null;
};

const unknownTenant = '00000000-0000-0000-0000-000000000000';

/** An event to be kept aside; `tenantId` when it is another one than the event's own. */
export type Aside = { received: Received; blame: Blame; tenantId?: string; attempts?: Attempts | undefined };

const rowOf = ({ received, blame: { state, reason, detail }, tenantId, attempts }: Aside) => ({
  id: newId(),
  tenant_id: tenantId ?? received.fact?.tenantId ?? unknownTenant,
  stream_seq: received.streamSeq,
  event_id: received.fact?.eventId,
  type: received.fact?.type,
  aggregate_type: received.fact?.aggregateType,
  aggregate_id: received.fact?.aggregateId,
  aggregate_version: received.fact?.version,
  envelope: received.text.replaceAll('\0', ''),
  state,
  reason,
  detail: detail ?? {},
  attempts: attempts?.made ?? 0,
  next_in: attempts?.nextIn ?? 0,
});

/** Keeps events aside. What is parked already stays as it is: a redelivery adds nothing. */
export async function park({ database, consumer, publisher }: ConsumerContext, aside: readonly Aside[]): Promise<void> {
  if (aside.length === 0) return;
  await database.system.query(
    `insert into parked_event (id, tenant_id, consumer, publisher, stream_seq, event_id, type, aggregate_type,
                               aggregate_id, aggregate_version, envelope, state, reason, detail, attempts, due_at)
     select id, tenant_id, $1, $2, stream_seq, event_id, type, aggregate_type, aggregate_id, aggregate_version, envelope,
            state, reason, detail, attempts,
            case when state in ('GAP', 'RETRYING') then clock_timestamp() + make_interval(secs => next_in / 1000) end
     from jsonb_to_recordset($3::jsonb) as aside (
       id uuid, tenant_id uuid, stream_seq bigint, event_id uuid, type text, aggregate_type text, aggregate_id uuid,
       aggregate_version int, envelope text, state text, reason text, detail jsonb, attempts int, next_in float8)
     on conflict do nothing`,
    [consumer, publisher, JSON.stringify(aside.map(rowOf))],
  );
}

/** The lowest parked versions of each aggregate that still have to be passed, in their order. */
export async function nextParked(
  pool: Pool,
  consumer: string,
  aggregateIds: readonly string[],
  limit: number,
): Promise<Map<string, ParkedHead[]>> {
  const { rows: found } = await pool.query<ParkedHead>(
    `select parked.id, stream_seq as "streamSeq", asked.id as "aggregateId", aggregate_version as version, envelope,
            state, reason, attempts, (extract(epoch from due_at - clock_timestamp()) * 1000)::float8 as "dueIn",
            coalesce(position.version, 0) as position, position.tenant_id as "positionTenant"
     from unnest($2::uuid[]) asked (id)
     left join lateral (
       select tenant_id, version from consumer_position where aggregate_id = asked.id and consumer = $1 offset 0
     ) position on true
     cross join lateral (
       select * from parked_event
       where aggregate_id = asked.id and consumer = $1
         and (state <> 'DROPPED' or aggregate_version > coalesce(position.version, 0))
       order by aggregate_version limit $3
     ) parked
     order by aggregate_version`,
    [consumer, aggregateIds, limit],
  );
  return Map.groupBy(found, ({ aggregateId }) => aggregateId);
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

/** In how many milliseconds the next parked event is due; null when none will be. */
export async function nextDueIn(pool: Pool, consumer: string, publisher: string): Promise<number | null> {
  const { rows: found } = await pool.query<{ next: number | null }>(
    `select (extract(epoch from min(due_at) - clock_timestamp()) * 1000)::float8 as next from parked_event
     where consumer = $1 and publisher = $2 and due_at > clock_timestamp()`,
    [consumer, publisher],
  );
  return found[0]?.next ?? null;
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

/** Of an attempt that did not live to say what became of it, until it does. */
const interrupted = 'INTERRUPTED';

/** An attempt at an event that may take the process down as an earlier one seems to have done: it is made alone. */
export const isSuspect = ({ state, reason, attempts }: ParkedHead): boolean =>
  reason === 'HANDLER_CRASHED' || ((reason === interrupted || state === 'WAITING') && attempts > 1);

/** Facts of the last process that may have taken it down. */
export const suspected: Blame = { state: 'RETRYING', reason: interrupted };

/** Whether an attempt at something parked had begun when the last process ended. */
export async function hasInterrupted(pool: Pool, consumer: string): Promise<boolean> {
  const { rows: found } = await pool.query(
    `select 1 from parked_event where consumer = $1 and due_at is not null and state = 'RETRYING' and reason = $2 limit 1`,
    [consumer, interrupted],
  );
  return found.length > 0;
}

/** Counts attempts before they are made, so that one which takes the process down counts as well. */
export async function beginAttempts(pool: Pool, begun: readonly ({ id: string } & Attempts)[]): Promise<void> {
  if (begun.length === 0) return;
  await pool.query(
    `update parked_event parked set state = 'RETRYING', reason = '${interrupted}', attempts = begun.made,
            due_at = clock_timestamp() + make_interval(secs => begun.next_in / 1000)
     from unnest($1::uuid[], $2::int[], $3::float8[]) begun (id, made, next_in) where parked.id = begun.id`,
    [begun.map(({ id }) => id), begun.map(({ made }) => made), begun.map(({ nextIn }) => nextIn)],
  );
}

/** What became of events that are still parked; `attempts` when the one begun was not made. */
export type Verdict = { id: string; blame: Blame; attempts?: number };

/** What is behind one that failed for good and was tried with it waits again. */
export async function judge(pool: Pool, verdicts: readonly Verdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  await pool.query(
    `with verdict as (
       select * from jsonb_to_recordset($1::jsonb) as each (id uuid, state text, reason text, detail jsonb, attempts int)
     ), judged as (
       update parked_event parked
       set state = verdict.state, reason = verdict.reason, detail = verdict.detail,
           attempts = coalesce(verdict.attempts, parked.attempts),
           due_at = case when verdict.state = 'RETRYING' then due_at end
       from verdict where parked.id = verdict.id
       returning parked.consumer, parked.aggregate_id, parked.aggregate_version, parked.state
     )
     update parked_event behind set state = 'WAITING', reason = 'WAITING', due_at = null
     from judged
     where judged.state = 'FAILED' and behind.consumer = judged.consumer and behind.aggregate_id = judged.aggregate_id
       and behind.aggregate_version > judged.aggregate_version and behind.state = 'RETRYING'
       and behind.id not in (select id from verdict)`,
    [JSON.stringify(verdicts.map(({ blame, ...each }) => ({ ...each, ...blame, detail: blame.detail ?? {} })))],
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
       insert into consumer_position as position (consumer, aggregate_id, tenant_id, version, publisher, event_id)
       select $1, $2, $3, $4, publisher, event_id from parked_event where id = $5
       on conflict (aggregate_id, consumer) do update
       set version = excluded.version, publisher = excluded.publisher, event_id = excluded.event_id
       where position.version < excluded.version
     )
     update parked_event set due_at = null where id = $5`,
    [consumer, head.aggregateId, tenantId, head.version, head.id],
  );
}

export async function forgetParked(pool: Pool, id: string): Promise<void> {
  await pool.query('delete from parked_event where id = $1', [id]);
}

/** What was given up at or before the position needs no further look. */
export async function forgetDue(pool: Pool, consumer: string, aggregateIds: readonly string[]): Promise<void> {
  await pool.query(
    `update parked_event set due_at = null
     where consumer = $1 and aggregate_id = any($2) and state = 'DROPPED' and due_at is not null`,
    [consumer, aggregateIds],
  );
}

/** Together with the effect: they were parked until now and are applied from now on. */
export async function unpark(tx: Tx, ids: readonly string[]): Promise<void> {
  await rows(tx, 'delete from parked_event where id = any($1)', [ids]);
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
