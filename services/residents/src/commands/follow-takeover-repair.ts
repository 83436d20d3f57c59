import type { Tx } from '@steward/db';
import {
  takeoverDefectFollowed,
  type StewardEvent,
  type workOrderAccepted,
  type workOrderRegistered,
} from '@steward/events';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { takeoverAggregate } from '../db/takeover-entities.ts';
import { findTakeoverDefect, saveTakeoverDefect } from '../db/takeover-queries.ts';
import { takeoverDefectStateFact } from '../domain/takeover-facts.ts';
import type { TakeoverDefect } from '../domain/takeover.ts';
import { repairStateAfter } from './follow-move-in-repair.ts';

type Data<D extends { data: { parse(value: unknown): unknown } }> = ReturnType<D['data']['parse']>;
type Change = Pick<TakeoverDefect, 'state' | 'workOrderId'>;

/** The system that work orders name as the source of repairs left over at a takeover. */
const takeoverSource = 'TAKEOVER';

async function follow(tx: Tx, defect: TakeoverDefect, change: Change): Promise<void> {
  const takeover = await lockAggregate(tx, takeoverAggregate, defect.takeoverId);
  const note = { action: 'followTakeoverRepair', reasonCode: change.state, rule: 'A215' };
  const saved = await saveAggregate(tx, takeoverAggregate, takeover, takeover, note);
  const after = { ...defect, ...change };
  await saveTakeoverDefect(tx, after);
  publish(tx, saved, takeoverDefectFollowed, takeoverDefectStateFact(after));
}

/** Reaction: the repair of what is left over was ordered. */
export async function followTakeoverOrder(
  tx: Tx,
  { data }: StewardEvent<Data<typeof workOrderRegistered>>,
): Promise<void> {
  if (data.source?.system !== takeoverSource) return;
  const defect = await findTakeoverDefect(tx, { id: data.source.key });
  if (defect?.state === 'FOUND') await follow(tx, defect, { state: 'ORDERED', workOrderId: data.workOrderId });
}

/** Reaction: the repair was accepted, is over or has to be done again. */
export async function followTakeoverRepair(
  tx: Tx,
  { type, data: { workOrderId } }: StewardEvent<Pick<Data<typeof workOrderAccepted>, 'workOrderId'>>,
): Promise<void> {
  const defect = await findTakeoverDefect(tx, { workOrderId });
  const state = repairStateAfter(type);
  if (defect === null || state === undefined || defect.state === state) return;
  if (defect.state === 'ORDERED' || defect.state === 'DONE') await follow(tx, defect, { state, workOrderId });
}
