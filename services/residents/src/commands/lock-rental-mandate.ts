import { addDays, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { lockAuthorized, resolvePolicy } from '@steward/service-kit';

import type { Community } from '../domain/community.ts';
import { rentalMandateAggregate } from '../db/rental-mandate-entities.ts';
import { rentalMandatePolicy, type rentalMandateTransitions } from '../domain/rental-mandate-policy.ts';
import { commissionOf, rentalMandateRules } from '../domain/rental-mandate-rules.ts';
import type { RentalMandate, RentalMandateKind } from '../domain/rental-mandate.ts';

/** A mandate for an action that its state allows, to whoever may do it. */
export async function lockRentalMandate(
  tx: Tx,
  input: { id: string; expectedVersion?: number | null },
  action: keyof typeof rentalMandateTransitions,
): Promise<RentalMandate> {
  const mandate = await lockAuthorized(tx, rentalMandateAggregate, input);
  rentalMandateRules.requireAction(mandate, action);
  return mandate;
}

/** By what terms are judged today. */
export async function termLimits(tx: Tx, { id, timeZone }: Community, kind: RentalMandateKind) {
  const figures = await resolvePolicy(tx, rentalMandatePolicy, id);
  const today = localDate(txScope(tx).now, timeZone);
  return { today, longestTo: addDays(today, figures.longestDays), mostShare: commissionOf(kind, figures) };
}
