import type { Tx } from '@steward/db';
import { moveInChargeStateChanged, type chargeRaised, type StewardEvent } from '@steward/events';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { moveInAggregate } from '../db/move-in-aggregates.ts';

type ChargeData = Pick<ReturnType<(typeof chargeRaised)['data']['parse']>, 'chargeId' | 'cause'>;

const states = { raised: 'RAISED', settled: 'SETTLED', reversed: 'REVERSED' } as const;

/** How far a charge has come, by the fact that tells of it. */
export const chargeStateOf = (type: string) => states[type.split('.')[3] as keyof typeof states];

/** Reaction: keeps how far the management fee has come; settled, it no longer stands in the way (A055). */
export async function followMoveInCharge(tx: Tx, event: StewardEvent<ChargeData>): Promise<void> {
  const { chargeId, cause } = event.data;
  if (cause?.service !== 'residents' || cause.aggregateType !== moveInAggregate.type) return;
  const moveIn = await lockAggregate(tx, moveInAggregate, cause.aggregateId);
  const chargeState = chargeStateOf(event.type);
  const note = { action: 'followMoveInCharge', reasonCode: chargeState, rule: 'A055' };
  const saved = await saveAggregate(tx, moveInAggregate, moveIn, { ...moveIn, chargeId, chargeState }, note);
  publish(tx, saved, moveInChargeStateChanged, { moveInId: saved.id, chargeId, chargeState });
}
