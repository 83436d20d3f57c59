import { rows, type Tx } from '@steward/db';
import type { Pool } from 'pg';

import { allEvents } from './catalog/index.ts';
import type { ParkedState } from './consumer/parked-rows.ts';
import type { EventDefinition } from './define-event.ts';
import { envelopeSchema } from './envelope.ts';

export type { ParkedState } from './consumer/parked-rows.ts';

/** NOTIFY on it says that an operator has decided about a parked event. */
export const parkedChannel = 'steward_parked';

/** An event that was kept aside, without its content. */
export type ParkedEvent = {
  id: string;
  tenantId: string;
  consumer: string;
  publisher: string;
  eventId: string | null;
  type: string | null;
  aggregateType: string | null;
  aggregateId: string | null;
  aggregateVersion: number | null;
  state: ParkedState;
  reason: string;
  /** Codes and places in the code; never a message or a value. */
  detail: Record<string, unknown>;
  attempts: number;
  parkedAt: Date;
};

export type ParkedEventWithEnvelope = ParkedEvent & { envelope: string };

export type ParkedFilter = { consumer?: string; states?: readonly ParkedState[]; limit?: number };

const columns = `id, tenant_id as "tenantId", consumer, publisher, event_id as "eventId", type,
  aggregate_type as "aggregateType", aggregate_id as "aggregateId", aggregate_version as "aggregateVersion",
  state, reason, detail, attempts, parked_at as "parkedAt"`;

const waiting: readonly ParkedState[] = ['GAP', 'RETRYING', 'FAILED', 'WAITING'];

/** Parked events in the order in which their aggregates will take them; those given up only when asked for. */
export async function listParked(pool: Pool, filter: ParkedFilter = {}): Promise<ParkedEvent[]> {
  const found = await pool.query<ParkedEvent>(
    `select ${columns} from parked_event
     where ($1::text is null or consumer = $1) and state = any($2)
     order by consumer, publisher, aggregate_id, aggregate_version, parked_at limit $3`,
    [filter.consumer ?? null, filter.states ?? waiting, filter.limit ?? 1_000],
  );
  return found.rows;
}

export async function showParked(pool: Pool, id: string): Promise<ParkedEventWithEnvelope | null> {
  const found = await pool.query<ParkedEventWithEnvelope>(
    `select ${columns}, envelope from parked_event where id = $1`,
    [id],
  );
  return found.rows[0] ?? null;
}

const retrySql = `
  with retried as (
    update parked_event
    set state = case when state = 'GAP' then state else 'RETRYING' end, attempts = 0, due_at = clock_timestamp()
    where id = any($1::uuid[]) and state in ('GAP', 'RETRYING', 'FAILED') and aggregate_id is not null
    returning id
  )
  select id, pg_notify('${parkedChannel}', '') from retried`;

/**
 * Lets the consumer try again, with all its attempts, or ask again for what is missing; what waits behind follows by
 * itself. False when there is nothing to retry: already applied, given up, or not readable at all.
 */
export async function retryParked(pool: Pool, id: string): Promise<boolean> {
  return (await pool.query(retrySql, [[id]])).rows.length > 0;
}

const dropSql = `
  with dropped as (
    update parked_event
    set state = 'DROPPED',
        detail = detail || jsonb_strip_nulls(
          jsonb_build_object('dropped', $2::text, 'droppedBy', $3::text, 'droppedAt', clock_timestamp())),
        due_at = case when aggregate_id is not null then clock_timestamp() end
    where id = $1 and state <> 'DROPPED'
    returning id
  )
  select id, pg_notify('${parkedChannel}', '') from dropped`;

/**
 * Gives an event up: it will have no effect here, nor will what is missing before it. The row stays as the record,
 * with `why`. False when it is gone or was given up before.
 */
export async function dropParked(pool: Pool, id: string, why: string): Promise<boolean> {
  return (await pool.query(dropSql, [id, why, null])).rows.length > 0;
}

export type ParkedPage = {
  states?: readonly ParkedState[] | undefined;
  publisher?: string | undefined;
  reason?: string | undefined;
};

const onPage = `($1::text[] is null or state = any($1)) and ($2::text is null or publisher = $2)
  and ($3::text is null or reason = $3)`;
const pageValues = ({ states, publisher, reason }: ParkedPage): unknown[] => [
  states ?? null,
  publisher ?? null,
  reason ?? null,
];

/** A tenant's own parked events, newest first, those before `before`. */
export const pageOfParked = (
  tx: Tx,
  filter: ParkedPage,
  before: string | null,
  limit: number,
): Promise<ParkedEventWithEnvelope[]> =>
  rows(
    tx,
    `select ${columns}, envelope from parked_event
     where ${onPage} and ($4::uuid is null or id < $4) order by id desc limit $5`,
    [...pageValues(filter), before, limit],
  );

export async function countOfParked(tx: Tx, filter: ParkedPage): Promise<number> {
  const found = await rows<{ count: number }>(
    tx,
    `select count(*) from parked_event where ${onPage}`,
    pageValues(filter),
  );
  return found[0]?.count ?? 0;
}

/** Those of a tenant's own parked events that have these ids. */
export const parkedOf = (tx: Tx, ids: readonly string[]): Promise<ParkedEventWithEnvelope[]> =>
  rows(tx, `select ${columns}, envelope from parked_event where id = any($1::uuid[]) order by id`, [ids]);

/** Their ids, with the rows locked until the decision about them is committed. */
export async function lockParkedOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const sql = 'select id from parked_event where id = any($1::uuid[]) order by id for update';
  return (await rows<{ id: string }>(tx, sql, [ids])).map(({ id }) => id);
}

/** As `retryParked`, for a tenant's own events; answers the ids of those that are tried again. */
export async function retryParkedOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
  return (await rows<{ id: string }>(tx, retrySql, [ids])).map(({ id }) => id);
}

/** As `dropParked`, for a tenant's own event; `by` is the login of whoever decided. */
export async function dropParkedOf(tx: Tx, id: string, why: string, by: string): Promise<boolean> {
  return (await rows(tx, dropSql, [id, why, by])).length > 0;
}

/**
 * The data of a parked event as its definition knows them, null when they do not fit it or the event claims another
 * tenant: nobody has promised what such an event holds.
 */
export function promisedData(
  { envelope, tenantId }: Pick<ParkedEventWithEnvelope, 'envelope' | 'tenantId'>,
  catalog: readonly EventDefinition<unknown>[] = allEvents,
): unknown {
  const event = envelopeSchema.safeParse(parseJson(envelope));
  if (!event.success || event.data.tenantid !== tenantId) return null;
  const data = catalog.find(({ type }) => type === event.data.type)?.data.safeParse(event.data.data);
  return data?.success === true ? data.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
