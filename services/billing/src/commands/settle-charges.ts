import { txScope, type Tx } from '@steward/db';
import { chargeReopened, chargeSettled } from '@steward/events';
import { publish, saveAggregates } from '@steward/service-kit';

import { lockCharges, openChargesOf } from '../db/charge-queries.ts';
import { finalSettlementsDone } from '../db/final-settlement-queries.ts';
import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { finalSettlementCode } from '../domain/charge-type-policy.ts';
import { settle } from '../domain/charge-rules.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { chargeFact } from './charge-facts.ts';

/** So much was paid on a charge; negative: given back, a payment is void. */
export type Settlement = { charge: OpenCharge; amount: number };

export const lockOpenCharges = (tx: Tx, ids: readonly string[]): Promise<OpenCharge[]> => lockCharges(tx, ids);

/** What a billing account owes, oldest due first, locked: read once to know the ids, then locked in their order. */
export async function lockOpenChargesOf(tx: Tx, billingAccountId: string): Promise<OpenCharge[]> {
  const open = await openChargesOf(tx, billingAccountId);
  const locked = new Map(
    (
      await lockCharges(
        tx,
        open.map(({ id }) => id),
      )
    ).map((charge) => [charge.id, charge]),
  );
  return open.map(({ id }) => locked.get(id) as OpenCharge).filter(({ status }) => status === 'OPEN');
}

/**
 * Marks what is paid in full, and opens again what is not any more. The postings are the caller's, in the same
 * transaction: they say how much; this only says how far the charge is, and tells it.
 */
export async function settleCharges(
  tx: Tx,
  settlements: readonly Settlement[],
  { receiptNumber }: { receiptNumber: string | null },
): Promise<void> {
  const { now } = txScope(tx);
  const pairs = settlements
    .map(({ charge, amount }) => {
      const { outstanding: _left, ...before } = charge;
      return { before, after: settle(charge, amount, receiptNumber, now) };
    })
    .filter(({ before, after }) => before.status !== after.status);
  const saved = await saveAggregates(tx, chargeAggregate, pairs, { action: 'settleCharge' });
  for (const charge of saved) {
    if (charge.status === 'SETTLED')
      publish(tx, charge, chargeSettled, { ...chargeFact(charge), settledAt: now.toISOString(), receiptNumber });
    else publish(tx, charge, chargeReopened, { ...chargeFact(charge), reopenedAt: now.toISOString() });
  }
  const done = await finalSettlementsDone(tx, saved, finalSettlementCode);
  if (done.length > 0)
    await settleCharges(
      tx,
      done.map((charge) => ({ charge, amount: 0 })),
      { receiptNumber: null },
    );
}
