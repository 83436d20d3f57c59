import { rows, type Tx } from '@steward/db';
import type { Pool } from 'pg';

import type { Standing } from './decide.ts';

export type Advance = { aggregateId: string; tenantId: string; version: number };

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
  const { rows: found } = await pool.query<{ id: string } & Standing>({
    name: 'events-standings',
    text: `select asked.id, position.tenant_id as "tenantId", coalesce(position.version, 0) as version,
                  (select min(parked.aggregate_version) from parked_event parked
                   where parked.consumer = $1 and parked.aggregate_id = asked.id
                     and (parked.state <> 'DROPPED' or parked.aggregate_version > coalesce(position.version, 0))
                  ) as "parkedFrom"
           from unnest($2::uuid[]) asked (id)
           left join consumer_position position on position.consumer = $1 and position.aggregate_id = asked.id`,
    values: [consumer, [...new Set(aggregateIds)]],
  });
  return new Map(found.map(({ id, ...standing }) => [id, standing]));
}

/**
 * Moves the position within the transaction of the effect. The row stays locked to its end, so of two instances
 * that both believe to lead, one applies a fact and the other gets `PositionMovedError`.
 */
export async function moveInTransaction(tx: Tx, consumer: string, from: number, to: Advance): Promise<void> {
  const moved = await rows(
    tx,
    from === 0
      ? `insert into consumer_position (consumer, aggregate_id, tenant_id, version) values ($1, $2, $3, $4)
         on conflict do nothing returning version`
      : `update consumer_position set version = $4
         where consumer = $1 and aggregate_id = $2 and tenant_id = $3 and version = $5 returning version`,
    from === 0
      ? [consumer, to.aggregateId, to.tenantId, to.version]
      : [consumer, to.aggregateId, to.tenantId, to.version, from],
  );
  if (moved.length === 0) throw new PositionMovedError(`the position of ${to.aggregateId} has moved`);
}

/** Moves positions that have no effect to go with, many at once; never backwards. */
export async function movePositions(pool: Pool, consumer: string, advances: readonly Advance[]): Promise<void> {
  if (advances.length === 0) return;
  await pool.query({
    name: 'events-move-positions',
    text: `insert into consumer_position as position (consumer, aggregate_id, tenant_id, version)
           select $1, * from unnest($2::uuid[], $3::uuid[], $4::int[])
           on conflict (consumer, aggregate_id) do update set version = excluded.version
           where position.version < excluded.version`,
    values: [
      consumer,
      advances.map((each) => each.aggregateId),
      advances.map((each) => each.tenantId),
      advances.map((each) => each.version),
    ],
  });
}
