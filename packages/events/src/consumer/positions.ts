import { rows, type Tx } from '@steward/db';
import type { Pool } from 'pg';

import type { Standing } from './decide.ts';

/** Another instance has moved the position: what this one knows is old. */
export class PositionMovedError extends Error {
  override readonly name = 'PositionMovedError';
}

/** How far the consumer is with each of these aggregates, as any tenant. */
export async function loadStandings(
  pool: Pool,
  consumer: string,
  aggregateIds: readonly string[],
): Promise<Map<string, Standing>> {
  const { rows: found } = await pool.query<{ id: string } & Standing>(
    `select asked.id, position.tenant_id as "tenantId", coalesce(position.version, 0) as version,
            (select min(parked.aggregate_version) from parked_event parked
             where parked.aggregate_id = asked.id and parked.consumer = $1
               and (parked.state <> 'DROPPED' or parked.aggregate_version > coalesce(position.version, 0))
            ) as "parkedFrom"
     from unnest($2::uuid[]) asked (id)
     left join lateral (
       select tenant_id, version from consumer_position
       where aggregate_id = asked.id and consumer = $1 offset 0
     ) position on true`,
    [consumer, [...new Set(aggregateIds)]],
  );
  return new Map(found.map(({ id, ...standing }) => [id, standing]));
}

/**
 * Moves positions within the transaction of the effects: each from right before its first fact to its last. The rows
 * stay locked to the end, so of two instances that both believe to lead, one applies a fact and the other gets
 * `PositionMovedError`. (An upsert finds its rows by the key whatever the planner believes; an update with a join
 * does not.)
 */
export async function moveInTransaction(
  tx: Tx,
  { consumer, publisher }: { consumer: string; publisher: string },
  tenantId: string,
  facts: readonly { aggregateId: string; version: number; eventId: string | null }[],
): Promise<void> {
  const versions = Map.groupBy(facts, ({ aggregateId }) => aggregateId);
  const moves = [...versions].map(([id, each]) => ({
    id,
    before: Math.min(...each.map(({ version }) => version)) - 1,
    after: Math.max(...each.map(({ version }) => version)),
    eventId: each.at(-1)?.eventId ?? null,
  }));
  const [result] = await rows<{ moved: number }>(
    tx,
    `with move as (
       select * from unnest($3::uuid[], $4::int[], $5::int[], $6::uuid[]) move (id, before, after, event_id)
     ), moved as (
       insert into consumer_position as position (consumer, aggregate_id, tenant_id, version, event_id, publisher)
       select $1, id, $2, after, event_id, $7 from move
       on conflict (aggregate_id, consumer) do update
       set version = excluded.version, event_id = excluded.event_id, publisher = excluded.publisher
       where position.version = (select before from move where id = position.aggregate_id)
       returning 1
     )
     select count(*) as moved from moved`,
    [
      consumer,
      tenantId,
      moves.map(({ id }) => id),
      moves.map(({ before }) => before),
      moves.map(({ after }) => after),
      moves.map(({ eventId }) => eventId),
      publisher,
    ],
  );
  if (result?.moved !== moves.length) throw new PositionMovedError('another instance has moved a position');
}

/** Begins an aggregate whose first facts do not exist anywhere. */
export async function beginAt(
  pool: Pool,
  consumer: string,
  position: { aggregateId: string; tenantId: string; version: number },
): Promise<void> {
  await pool.query(
    `insert into consumer_position (consumer, aggregate_id, tenant_id, version) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [consumer, position.aggregateId, position.tenantId, position.version],
  );
}
