import { txScope, type Tx } from '@steward/db';
import { workOrderAssigned } from '@steward/events';
import { meetDeadline, publish, resolvePolicy, saveAggregate, type ChangeNote } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { startClocks } from '../db/clocks.ts';
import { tellAssignee, tellHousehold } from '../db/notices.ts';
import { zoneOf } from '../db/reference-queries.ts';
import { completionDueAt, onSiteDueAt, workClocks } from '../domain/deadline-rules.ts';
import { assignedFact } from '../domain/work-order-facts.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';

type Handing = {
  action: string;
  manner: 'ASSIGNED' | 'DISPATCHED' | 'TAKEN' | 'TRANSFERRED';
  note?: Partial<ChangeNote>;
};

/** Saves an order that was given to somebody, whichever way: its dispatch is done and its work is due from now on. */
export async function handOver(tx: Tx, before: WorkOrder, given: WorkOrder, handing: Handing): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const figures = await resolvePolicy(tx, workPolicy, given.communityId);
  const onSiteAt = onSiteDueAt(given, now, figures);
  // Work that is due already keeps its time, whoever does it.
  const dueAt = before.dueAt ?? completionDueAt(onSiteAt, figures);
  const note = { action: handing.action, rule: 'A205', ...handing.note };
  const saved = await saveAggregate(tx, workOrderAggregate, before, { ...given, dueAt }, note);
  publish(tx, saved, workOrderAssigned, assignedFact(before, saved, handing.manner));
  await meetDeadline(tx, saved, 'DISPATCH');
  if (before.dueAt === null) {
    const zone = await zoneOf(tx, saved.communityId);
    await startClocks(tx, workOrderAggregate, saved, workClocks(saved, onSiteAt, figures), zone);
  }
  await tellAssignee(tx, saved, 'workOrderAssigned', { appointmentAt: saved.appointmentAt?.toISOString() ?? null });
  await tellHousehold(tx, saved, 'workOrderOnItsWay', { appointmentAt: saved.appointmentAt?.toISOString() ?? null });
  return { id: saved.id };
}
