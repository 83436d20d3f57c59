import type { Tx } from '@steward/db';
import { cancelDeadlines, startDeadline, type Aggregate, type AggregateRow } from '@steward/service-kit';

import type { Clock } from '../domain/deadline-rules.ts';
import { workOrderAggregate } from './aggregates.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** Starts clocks of an aggregate that this transaction has saved. */
export async function startClocks<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  clocks: readonly Clock[],
  zone: string,
): Promise<void> {
  for (const clock of clocks) {
    await startDeadline(
      tx,
      aggregate,
      row,
      clock,
      clock.startedAt === undefined ? { zone } : { zone, startedAt: clock.startedAt },
    );
  }
}

/** Starts clocks of an order in the place of those of the same kinds. */
export async function restartClocks(tx: Tx, order: WorkOrder, clocks: readonly Clock[], zone: string): Promise<void> {
  for (const { kind } of clocks) await cancelDeadlines(tx, order, kind);
  await startClocks(tx, workOrderAggregate, order, clocks, zone);
}
