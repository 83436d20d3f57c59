import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { Aggregate, AggregateRow } from './aggregate.ts';

/** One attempt to ask the household's opinion; append-only. */
export type ReturnVisitRow = {
  id: string;
  aggregateId: string;
  round: number;
  outcome: 'SATISFIED' | 'UNSATISFIED' | 'UNREACHABLE';
  means: string;
  visitedAt: Date;
  visitedBy: string | null;
  /** What the household said, sealed. */
  opinion: string | null;
};

export const returnVisitColumns = `id, aggregate_id as "aggregateId", round, outcome, means, visited_at as "visitedAt",
  visited_by as "visitedBy", opinion`;

/** Keeps a return visit of an aggregate; `round` counts how often the work was done again. */
export async function recordReturnVisit<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  visit: Omit<ReturnVisitRow, 'id' | 'aggregateId' | 'visitedBy'>,
): Promise<ReturnVisitRow> {
  const { tenantId, actor } = txScope(tx);
  const complete: ReturnVisitRow = { ...visit, id: newId(), aggregateId: row.id, visitedBy: actor.id };
  await rows(
    tx,
    `insert into return_visit (id, tenant_id, aggregate_type, aggregate_id, round, outcome, means, visited_at, visited_by, opinion)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      complete.id,
      tenantId,
      aggregate.type,
      row.id,
      visit.round,
      visit.outcome,
      visit.means,
      visit.visitedAt,
      complete.visitedBy,
      visit.opinion,
    ],
  );
  return complete;
}
