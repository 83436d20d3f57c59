import type { Tx } from '@steward/db';
import { moveOutChargeStateChanged, type chargeRaised, type StewardEvent } from '@steward/events';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { moveOutAggregate } from '../db/move-out-entities.ts';
import { chargeStateOf } from './follow-move-in-charge.ts';

type ChargeData = Pick<ReturnType<(typeof chargeRaised)['data']['parse']>, 'chargeId' | 'cause'>;

/** Reaction: keeps how far the final settlement has come. */
export async function followMoveOutCharge(tx: Tx, event: StewardEvent<ChargeData>): Promise<void> {
  const { chargeId, cause } = event.data;
  if (cause?.service !== 'residents' || cause.aggregateType !== moveOutAggregate.type) return;
  const moveOut = await lockAggregate(tx, moveOutAggregate, cause.aggregateId);
  const chargeState = chargeStateOf(event.type);
  const note = { action: 'followMoveOutCharge', reasonCode: chargeState, rule: 'B010' };
  const saved = await saveAggregate(tx, moveOutAggregate, moveOut, { ...moveOut, chargeId, chargeState }, note);
  publish(tx, saved, moveOutChargeStateChanged, { moveOutId: saved.id, chargeId, chargeState });
}
