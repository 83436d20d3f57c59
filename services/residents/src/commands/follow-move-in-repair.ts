import type { Tx } from '@steward/db';
import {
  moveInDefectFollowed,
  type StewardEvent,
  type workOrderAccepted,
  type workOrderRegistered,
} from '@steward/events';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';
import { findDefectOfOrder, findMoveInDefect, saveMoveInDefect } from '../db/move-in-queries.ts';
import { tell } from '../db/notices.ts';
import { moveInDefectStateFact } from '../domain/move-in-facts.ts';
import type { MoveInDefect, RepairState } from '../domain/move-in.ts';

/** The system that work orders name as the source of repairs found at move-in. */
export const moveInSource = 'MOVE_IN';

type Data<D extends { data: { parse(value: unknown): unknown } }> = ReturnType<D['data']['parse']>;

async function follow(
  tx: Tx,
  defect: MoveInDefect,
  change: Pick<MoveInDefect, 'state' | 'workOrderId'>,
): Promise<void> {
  const moveIn = await lockAggregate(tx, moveInAggregate, defect.moveInId);
  const note = { action: 'followMoveInRepair', reasonCode: change.state, rule: 'A058' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, moveIn, note);
  const after = { ...defect, ...change };
  await saveMoveInDefect(tx, after);
  publish(tx, saved, moveInDefectFollowed, moveInDefectStateFact(after));
  if (change.state !== 'DONE') return;
  const to = { role: 'supervisor', departmentCode: 'MAINTENANCE' } as const;
  await tell(tx, saved, to, 'moveInRecheckDue', { itemCode: defect.itemCode });
}

/** Reaction: the repair of a defect was ordered. */
export async function followMoveInOrder(tx: Tx, event: StewardEvent<Data<typeof workOrderRegistered>>): Promise<void> {
  const { workOrderId, source } = event.data;
  if (source?.system !== moveInSource) return;
  const defect = await findMoveInDefect(tx, source.key);
  if (defect === null || defect.state !== 'FOUND') return;
  await follow(tx, defect, { state: 'ORDERED', workOrderId });
}

/** The state that a fact of the order leaves the repair in. A cancelled order is over as well: the re-check decides. */
const after: Record<string, RepairState> = { accepted: 'DONE', closed: 'DONE', cancelled: 'DONE', reopened: 'ORDERED' };

export const repairStateAfter = (type: string): RepairState | undefined => after[type.split('.')[3] ?? ''];

/** Reaction: the repair was accepted, is over or has to be done again. What was re-checked stays as it was found. */
export async function followMoveInRepair(
  tx: Tx,
  event: StewardEvent<Pick<Data<typeof workOrderAccepted>, 'workOrderId'>>,
): Promise<void> {
  const { workOrderId } = event.data;
  const defect = await findDefectOfOrder(tx, workOrderId);
  const state = repairStateAfter(event.type);
  if (defect === null || state === undefined || defect.state === state) return;
  if (defect.state !== 'ORDERED' && defect.state !== 'DONE') return;
  await follow(tx, defect, { state, workOrderId });
}
