import type { Tx } from '@steward/db';
import { rentalMandateChargeStateChanged, type chargeRaised, type StewardEvent } from '@steward/events';
import { lockAggregate, publish, saveAggregate } from '@steward/service-kit';

import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { chargeStateOf } from './follow-move-in-charge.ts';

type ChargeData = Pick<ReturnType<(typeof chargeRaised)['data']['parse']>, 'chargeId' | 'cause'>;

/** Reaction: how far the commission has come (A226). */
export async function followRentalMandateCharge(tx: Tx, event: StewardEvent<ChargeData>): Promise<void> {
  const { chargeId, cause } = event.data;
  if (cause?.service !== 'residents' || cause.aggregateType !== rentalMandateAggregate.type) return;
  const mandate = await lockAggregate(tx, rentalMandateAggregate, cause.aggregateId);
  const commissionState = chargeStateOf(event.type);
  const note = { action: 'followRentalMandateCharge', reasonCode: commissionState, rule: 'A226' };
  const followed = { ...mandate, chargeId, commissionState };
  const saved = await saveAggregate(tx, rentalMandateAggregate, mandate, followed, note);
  publish(tx, saved, rentalMandateChargeStateChanged, { mandateId: saved.id, chargeId, chargeState: commissionState });
}
