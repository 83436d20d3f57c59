import { rows, type Tx } from '@steward/db';
import { cancelDeadlines, startDeadlines } from '@steward/service-kit';

import type { Clock } from '../domain/deadline-rules.ts';
import { workOrderAggregate } from './aggregates.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** The kinds of each order's clocks that have not ended, missed ones included. */
export async function openClocks(tx: Tx, orderIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const open = await rows<{ orderId: string; kind: string }>(
    tx,
    'select aggregate_id as "orderId", kind from deadline where aggregate_id = any($1::uuid[]) and ended_at is null',
    [orderIds],
  );
  const byOrder = Map.groupBy(open, ({ orderId }) => orderId);
  return new Map(orderIds.map((id) => [id, new Set((byOrder.get(id) ?? []).map(({ kind }) => kind))]));
}

/** Starts clocks of an order in the place of those of the same kinds. */
export async function restartClocks(tx: Tx, order: WorkOrder, clocks: readonly Clock[], zone: string): Promise<void> {
  for (const { kind } of clocks) await cancelDeadlines(tx, order, kind);
  await startDeadlines(tx, workOrderAggregate, order, clocks, zone);
}
