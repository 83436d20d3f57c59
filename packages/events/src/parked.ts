import type { Pool } from 'pg';

import type { ParkedState } from './consumer/parked-rows.ts';

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
  const { rows } = await pool.query<ParkedEvent>(
    `select ${columns} from parked_event
     where ($1::text is null or consumer = $1) and state = any($2)
     order by consumer, publisher, aggregate_id, aggregate_version, parked_at limit $3`,
    [filter.consumer ?? null, filter.states ?? waiting, filter.limit ?? 1_000],
  );
  return rows;
}

export async function showParked(pool: Pool, id: string): Promise<ParkedEventWithEnvelope | null> {
  const { rows } = await pool.query<ParkedEventWithEnvelope>(
    `select ${columns}, envelope from parked_event where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/**
 * Lets the consumer try again, with all its attempts, or ask again for what is missing; what waits behind follows by
 * itself. False when there is nothing to retry: already applied, given up, or not readable at all.
 */
export async function retryParked(pool: Pool, id: string): Promise<boolean> {
  const { rows } = await pool.query(
    `with retried as (
       update parked_event
       set state = case when state = 'GAP' then state else 'RETRYING' end, attempts = 0, due_at = clock_timestamp()
       where id = $1 and state in ('GAP', 'RETRYING', 'FAILED') and aggregate_id is not null
       returning id
     )
     select id, pg_notify('${parkedChannel}', '') from retried`,
    [id],
  );
  return rows.length > 0;
}

/**
 * Gives an event up: it will have no effect here, nor will what is missing before it. The row stays as the record,
 * with `why`. False when it is gone or was given up before.
 */
export async function dropParked(pool: Pool, id: string, why: string): Promise<boolean> {
  const { rows } = await pool.query(
    `with dropped as (
       update parked_event
       set state = 'DROPPED', detail = detail || jsonb_build_object('dropped', $2::text, 'droppedAt', clock_timestamp()),
           due_at = case when aggregate_id is not null then clock_timestamp() end
       where id = $1 and state <> 'DROPPED'
       returning id
     )
     select id, pg_notify('${parkedChannel}', '') from dropped`,
    [id, why],
  );
  return rows.length > 0;
}
