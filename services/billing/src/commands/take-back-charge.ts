import { txScope, type Tx } from '@steward/db';
import { chargeReversed } from '@steward/events';
import { publish, saveAggregate } from '@steward/service-kit';

import { lockCharges } from '../db/charge-queries.ts';
import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { raisingTransactionOf } from '../db/ledger-transaction-queries.ts';
import { lockAccountsOfCharges, paidOn } from '../db/refund-queries.ts';
import { reverse } from '../domain/charge-rules.ts';
import type { Charge, OpenCharge } from '../domain/charge.ts';
import { creditPostings } from '../domain/credit-postings.ts';
import type { TransactionDraft } from '../domain/ledger.ts';
import { chargeFact } from './charge-facts.ts';
import { settleDunningIfPaid } from './dunning-debt.ts';
import { postTransactions } from './post-transactions.ts';
import { settleFinals } from './settle-charges.ts';

const causeOf = ({ id }: Charge) => ({ service: 'billing', aggregateType: chargeAggregate.type, id });

/** What was paid on it is an advance of who paid, today: that day's books are open, and it was not there before. */
async function creditOf(tx: Tx, charge: Charge): Promise<TransactionDraft[]> {
  const { paid, given } = await paidOn(tx, charge.id);
  if (paid <= 0) return [];
  const { communityId } = charge;
  const postings = creditPostings(charge, paid, given);
  return [{ communityId, kind: 'ALLOCATION', cause: causeOf(charge), postings }];
}

/**
 * Takes back a charge by the exact opposite of its posting, and moves what was paid on it to the advance, where it can be
 * used or given back. The account of who owes it is locked before it.
 */
export async function takeBackCharge(
  tx: Tx,
  chargeId: string,
  { reasonCode, occurredOn }: { reasonCode: string; occurredOn?: string },
): Promise<Charge> {
  await lockAccountsOfCharges(tx, [chargeId]);
  const [locked] = await lockCharges(tx, [chargeId]);
  const { outstanding: _left, ...before } = locked as OpenCharge;
  const { now } = txScope(tx);
  const note = { action: 'reverseCharge', reasonCode };
  const credit = await creditOf(tx, before);
  const saved = await saveAggregate(tx, chargeAggregate, before, reverse(before, reasonCode, now), note);
  publish(tx, saved, chargeReversed, { ...chargeFact(saved), reversedAt: now.toISOString(), reasonCode });
  await settleFinals(tx, [saved]);
  await settleDunningIfPaid(tx, saved.communityId, saved.billingAccountId);
  const raised = await raisingTransactionOf(tx, chargeId);
  if (raised === null) return saved;
  const { id: reversesId, postings } = raised;
  const reversal: TransactionDraft = {
    communityId: saved.communityId,
    kind: 'REVERSAL',
    ...(occurredOn === undefined ? {} : { occurredOn }),
    cause: causeOf(saved),
    reversesId,
    postings: postings.map((posting) => ({ ...posting, amount: -posting.amount })),
  };
  await postTransactions(tx, [reversal, ...credit]);
  return saved;
}
