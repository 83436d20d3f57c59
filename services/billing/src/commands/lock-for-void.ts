import type { Tx } from '@steward/db';
import { lockAggregate } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { lockOpenCasesOf } from '../db/dunning-queries.ts';
import { paymentAllocationEntity } from '../db/payment-entities.ts';
import { appliedFromAdvance } from '../db/recall-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { billsPaidFromAdvance } from '../db/signed-bill-queries.ts';
import type { Payment } from '../domain/payment.ts';
import { lockOpenCharges } from './settle-charges.ts';

/**
 * Locks all that taking back a payment which never came touches, in the order of everybody: its meter, its account, charges,
 * the case. For a command that writes to the chain before: nobody waits for the chain while this waits for somebody.
 */
export async function lockForVoid(tx: Tx, { id: paymentId, billingAccountId, meterId }: Payment): Promise<void> {
  if (meterId !== null) await lockAggregate(tx, meterAggregate, meterId);
  await lockAccounts(tx, [billingAccountId]);
  const parts = await tx.findBy(paymentAllocationEntity, { paymentId });
  const applied = await appliedFromAdvance(tx, billingAccountId);
  const bills = await billsPaidFromAdvance(tx, billingAccountId);
  const signed = bills.flatMap(({ chargeIds }) => chargeIds);
  const ids = new Set([...parts, ...applied].map(({ chargeId }) => chargeId).concat(signed));
  await lockOpenCharges(tx, [...ids]);
  await lockOpenCasesOf(tx, [billingAccountId]);
}
