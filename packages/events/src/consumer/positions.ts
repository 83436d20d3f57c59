import { dispatch, prepared, type Tx } from '@steward/db';
import type { Pool } from 'pg';

import { positionMoved } from './consumer-functions.ts';
import type { Standing } from './decide.ts';

/** Another instance has moved the position: what this one knows is old. */
export class PositionMovedError extends Error {
  override readonly name = 'PositionMovedError';
}

const readStandings = {
  name: 'consumer-standings',
  text: 'select id, tenant_id as "tenantId", version, parked_from as "parkedFrom" from consumer_standings($1, $2)',
};

/** How far the consumer is with each of these aggregates, as any tenant. */
export async function loadStandings(
  pool: Pool,
  consumer: string,
  aggregateIds: readonly string[],
): Promise<Map<string, Standing>> {
  const values = [consumer, [...new Set(aggregateIds)]];
  const { rows: found } = await pool.query<{ id: string } & Standing>({ ...readStandings, values });
  return new Map(found.map(({ id, ...standing }) => [id, standing]));
}

/**
 * Moves positions within the transaction of the effects, which go on without waiting for it: each from right before its
 * first fact to its last. The rows stay locked to the end, so of two instances that both believe to lead, one applies a
 * fact and the transaction of the other fails with `PositionMovedError`. (An upsert finds its rows by the key whatever
 * the planner believes; an update with a join does not.)
 */
export function moveInTransaction(
  tx: Tx,
  { consumer, publisher }: { consumer: string; publisher: string },
  tenantId: string,
  facts: readonly { aggregateId: string; version: number; eventId: string | null }[],
): void {
  const moves = new Map<string, { before: number; after: number; eventId: string | null }>();
  for (const { aggregateId, version, eventId } of facts) {
    const { before, after } = moves.get(aggregateId) ?? { before: version - 1, after: version };
    moves.set(aggregateId, { before: Math.min(before, version - 1), after: Math.max(after, version), eventId });
  }
  const each = [...moves.values()];
  const values = [
    consumer,
    tenantId,
    publisher,
    [...moves.keys()],
    JSON.stringify(Object.fromEntries([...moves].map(([id, { before }]) => [id, before]))),
    each.map(({ after }) => after),
    each.map(({ eventId }) => eventId),
  ];
  dispatch(tx, move, values, (error) => (isMoved(error) ? new PositionMovedError('a position has moved') : error));
}

const move = prepared('select consumer_move($1, $2, $3, $4, $5, $6, $7)');

const isMoved = (error: unknown): boolean =>
  (error as { driverError?: { code?: string } }).driverError?.code === positionMoved;

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
