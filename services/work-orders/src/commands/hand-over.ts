import { txScope, type Tx } from '@steward/db';
import { workOrderAssigned } from '@steward/events';
import {
  meetDeadlines,
  publish,
  resolvePolicy,
  saveAggregates,
  startDeadlines,
  type ChangeNote,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { openClocks } from '../db/clocks.ts';
import { tellAssignee, tellHousehold } from '../db/notices.ts';
import { zonesOf } from '../db/reference-queries.ts';
import { completionDueAt, takeoverOnSiteAt, workClocks } from '../domain/deadline-rules.ts';
import { assignedFact } from '../domain/work-order-facts.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';

type Handing = {
  action: string;
  manner: 'ASSIGNED' | 'DISPATCHED' | 'TAKEN' | 'TRANSFERRED';
  note?: Partial<ChangeNote>;
};

/** An order before and after it was given to somebody. */
export type Handed = { before: WorkOrder; given: WorkOrder };

/** Saves an order that was given to somebody, whichever way: its dispatch is done and its work is due from now on. */
export async function handOver(tx: Tx, before: WorkOrder, given: WorkOrder, handing: Handing): Promise<{ id: string }> {
  await handOverAll(tx, [{ before, given }], handing);
  return { id: before.id };
}

/** The same for several orders, in as many statements as for one. */
export async function handOverAll(tx: Tx, handed: readonly Handed[], handing: Handing): Promise<void> {
  if (handed.length === 0) return;
  const note = { action: handing.action, rule: 'A205', ...handing.note };
  const plans = await Promise.all(handed.map((one) => planned(tx, one)));
  const orders = await saveAggregates(tx, workOrderAggregate, plans, note);
  for (const [index, order] of orders.entries()) {
    const { before } = plans[index] as Plan;
    publish(tx, order, workOrderAssigned, assignedFact(before, order, handing.manner));
  }
  await meetDeadlines(tx, orders, 'DISPATCH');
  await startWork(
    tx,
    orders.map((order, index) => ({ ...(plans[index] as Plan), after: order })),
  );
  for (const order of orders) {
    const appointmentAt = order.appointmentAt?.toISOString() ?? null;
    await tellAssignee(tx, order, 'workOrderAssigned', { appointmentAt });
    await tellHousehold(tx, order, 'workOrderOnItsWay', { appointmentAt });
  }
}

type Plan = { before: WorkOrder; after: WorkOrder; onSiteAt: Date };

/** Work that is due already keeps its time, whoever does it. */
async function planned(tx: Tx, { before, given }: Handed): Promise<Plan> {
  const figures = await resolvePolicy(tx, workPolicy, given.communityId);
  const onSiteAt = takeoverOnSiteAt(given, txScope(tx).now, figures);
  return { before, after: { ...given, dueAt: before.dueAt ?? completionDueAt(onSiteAt, figures) }, onSiteAt };
}

/** A clock that runs goes on; one that was met by whoever had the order before starts for its successor. */
async function startWork(tx: Tx, plans: readonly Plan[]): Promise<void> {
  const orders = plans.map(({ after }) => after);
  const ids = orders.map(({ id }) => id);
  const open = await openClocks(tx, ids);
  const zones = await zonesOf(tx, orders);
  for (const { after: order, onSiteAt } of plans) {
    const figures = await resolvePolicy(tx, workPolicy, order.communityId);
    const clocks = workClocks(order, onSiteAt, figures).filter(({ kind }) => !open.get(order.id)?.has(kind));
    await startDeadlines(tx, workOrderAggregate, order, clocks, zones(order.communityId));
  }
}
