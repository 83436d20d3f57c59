import { txScope, type Tx } from '@steward/db';
import { chargeReopened, chargeSettled } from '@steward/events';
import { publish, saveAggregates } from '@steward/service-kit';

import { lockCharges, lockChargesOwed } from '../db/charge-queries.ts';
import { finalSettlementsDone } from '../db/final-settlement-queries.ts';
import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { finalSettlementCode } from '../domain/charge-type-policy.ts';
import { settle } from '../domain/charge-rules.ts';
import type { Charge, OpenCharge } from '../domain/charge.ts';
import { chargeFact } from './charge-facts.ts';

/** So much was paid on a charge; negative: given back, a payment is void. */
export type Settlement = { charge: OpenCharge; amount: number };

export const lockOpenCharges = (tx: Tx, ids: readonly string[]): Promise<OpenCharge[]> => lockCharges(tx, ids);

const dueDay = ({ dueOn, occurredOn }: OpenCharge): string => dueOn ?? occurredOn;

/** What a billing account owes, oldest due first, locked in the order of the ids. */
export async function lockOpenChargesOf(tx: Tx, billingAccountId: string): Promise<OpenCharge[]> {
  const locked = await lockChargesOwed(tx, billingAccountId);
  return locked.sort((one, other) => dueDay(one).localeCompare(dueDay(other)) || one.id.localeCompare(other.id));
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
  const saving = saveAggregates(tx, chargeAggregate, pairs, { action: 'settleCharge' });
  // Sent behind the update without waiting for its answer, and carried out after it.
  const finals = finalSettlementsDone(
    tx,
    pairs.map(({ after }) => after),
    finalSettlementCode,
  );
  const [saved, done] = await Promise.all([saving, finals]);
  for (const charge of saved) {
    if (charge.status === 'SETTLED')
      publish(tx, charge, chargeSettled, { ...chargeFact(charge), settledAt: now.toISOString(), receiptNumber });
    else publish(tx, charge, chargeReopened, { ...chargeFact(charge), reopenedAt: now.toISOString() });
  }
  await settleDone(tx, done);
}

/** Settles the final settlements that waited for the last of these charges, which nobody pays. */
export async function settleFinals(tx: Tx, closed: readonly Charge[]): Promise<void> {
  await settleDone(tx, await finalSettlementsDone(tx, closed, finalSettlementCode));
}

async function settleDone(tx: Tx, done: readonly OpenCharge[]): Promise<void> {
  if (done.length === 0) return;
  await settleCharges(
    tx,
    done.map((charge) => ({ charge, amount: 0 })),
    { receiptNumber: null },
  );
}
