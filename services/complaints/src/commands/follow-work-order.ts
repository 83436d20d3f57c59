import { isId } from '@steward/core';
import type { Tx } from '@steward/db';
import { complaintRepairStateChanged, type StewardEvent, type workOrderRegistered } from '@steward/events';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { complaintAggregate } from '../db/aggregates.ts';
import { repairById, repairOfOrder, saveRepair } from '../db/complaint-queries.ts';
import { tellHandler, tellSupervisor } from '../db/notices.ts';
import type { ComplaintRepair, ComplaintRepairState } from '../domain/complaint.ts';
import { followRepair, openRepairsAfter } from '../domain/repair-rules.ts';

type RegisteredData = ReturnType<(typeof workOrderRegistered)['data']['parse']>;

/** The name under which work-orders keeps where a repair was asked for. */
const ourSystem = 'COMPLAINTS';

/** Reaction: a work order answers a repair that a complaint asked for. */
export async function linkWorkOrder(tx: Tx, event: StewardEvent<RegisteredData>): Promise<void> {
  const { workOrderId, source } = event.data;
  if (source?.system !== ourSystem || !isId(source.key)) return;
  const repair = await repairById(tx, source.key);
  if (repair === null || repair.workOrderId !== null) return;
  await follow(tx, { ...repair, workOrderId }, 'ORDERED', new Date(event.time));
}

const states: Record<string, ComplaintRepairState> = {
  completed: 'DONE',
  closed: 'DONE',
  reopened: 'ORDERED',
  cancelled: 'CANCELLED',
};

/** Reaction: the step that work-orders carries out is closed, or opened again, by its facts and never by a call. */
export async function followWorkOrder(tx: Tx, event: StewardEvent<{ workOrderId: string }>): Promise<void> {
  const repair = await repairOfOrder(tx, event.data.workOrderId);
  const state = states[event.type.split('.')[3] ?? ''];
  if (repair === null || state === undefined || repair.state === state) return;
  await follow(tx, repair, state, new Date(event.time));
}

async function follow(tx: Tx, repair: ComplaintRepair, state: ComplaintRepairState, at: Date): Promise<void> {
  const complaint = await lockAggregate(tx, complaintAggregate, repair.complaintId);
  const followed = followRepair(repair, state, at);
  const after = { ...complaint, openRepairCount: openRepairsAfter(complaint.openRepairCount, repair, followed) };
  const note = { action: 'followWorkOrder', reasonCode: state, rule: 'A036' };
  const saved = await saveAggregate(tx, complaintAggregate, complaint, after, note);
  await saveRepair(tx, followed);
  if (followed.workOrderId === null || followed.state === 'REQUESTED') throw new Error('an order answers the request');
  publish(tx, saved, complaintRepairStateChanged, {
    complaintId: saved.id,
    requestId: followed.id,
    workOrderId: followed.workOrderId,
    state: followed.state,
  });
  await tellSupervisor(tx, saved, 'complaintRepair');
  await tellHandler(tx, saved, 'complaintRepair');
}
