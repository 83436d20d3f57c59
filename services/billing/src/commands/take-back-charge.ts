import { txScope, type Tx } from '@steward/db';
import { chargeReversed } from '@steward/events';
import { publish, saveAggregates } from '@steward/service-kit';

import { lockCharges } from '../db/charge-queries.ts';
import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { raisingTransactionsOf } from '../db/ledger-transaction-queries.ts';
import { lockAccountsOfCharges, paidOnEach, type PaidOnCharge } from '../db/refund-queries.ts';
import { reverse } from '../domain/charge-rules.ts';
import type { Charge } from '../domain/charge.ts';
import { creditPostings } from '../domain/credit-postings.ts';
import type { TransactionDraft } from '../domain/ledger.ts';
import { chargeFact } from './charge-facts.ts';
import { settleDunningOf } from './dunning-debt.ts';
import { postTransactions } from './post-transactions.ts';
import { reverseWaiversOf } from './reverse-waiver.ts';
import { settleFinals } from './settle-charges.ts';

const causeOf = ({ id }: Charge) => ({ service: 'billing', aggregateType: chargeAggregate.type, id });

type How = { reasonCode: string; occurredOn?: string };

/** What was paid on it is an advance of who paid it, today: that day's books are open, and it was not there before. */
function creditOf(charge: Charge, { paid, given }: PaidOnCharge): TransactionDraft[] {
  if (paid <= 0) return [];
  const { communityId } = charge;
  const postings = creditPostings(charge, paid, given);
  return [{ communityId, kind: 'ALLOCATION', cause: causeOf(charge), postings }];
}

/** The exact opposite of what raised each charge, and what was paid on it to the good of who paid. */
async function postBack(tx: Tx, charges: readonly Charge[], paid: Map<string, PaidOnCharge>, { occurredOn }: How) {
  const raised = await raisingTransactionsOf(
    tx,
    charges.map(({ id }) => id),
  );
  const drafts = charges.flatMap((charge): TransactionDraft[] => {
    const posted = raised.get(charge.id);
    if (posted === undefined) return [];
    const { communityId } = charge;
    const postings = posted.postings.map((posting) => ({ ...posting, amount: -posting.amount }));
    const day = occurredOn === undefined ? {} : { occurredOn };
    const opposite = { communityId, kind: 'REVERSAL', ...day, cause: causeOf(charge), reversesId: posted.id, postings };
    return [opposite, ...creditOf(charge, paid.get(charge.id) as PaidOnCharge)];
  });
  await postTransactions(tx, drafts);
}

/**
 * Takes back charges of a community by the exact opposite of their postings, and moves what was paid on them to the advance,
 * where it can be used or given back; in the same few statements however many they are. The accounts of who owes them are
 * locked before them.
 */
export async function takeBackCharges(tx: Tx, chargeIds: readonly string[], how: How): Promise<Charge[]> {
  const ids = [...new Set(chargeIds)];
  if (ids.length === 0) return [];
  const { reasonCode } = how;
  await lockAccountsOfCharges(tx, ids);
  const locked = await lockCharges(tx, ids);
  const { now } = txScope(tx);
  const pairs = locked.map(({ outstanding: _left, ...before }) => ({
    before,
    after: reverse(before, reasonCode, now),
  }));
  const paid = await paidOnEach(tx, ids);
  const saved = await saveAggregates(tx, chargeAggregate, pairs, { action: 'reverseCharge', reasonCode });
  for (const charge of saved)
    publish(tx, charge, chargeReversed, { ...chargeFact(charge), reversedAt: now.toISOString(), reasonCode });
  await settleFinals(tx, saved);
  for (const [communityId, own] of Map.groupBy(saved, (charge) => charge.communityId))
    await settleDunningOf(
      tx,
      communityId,
      own.map(({ billingAccountId }) => billingAccountId),
    );
  await reverseWaiversOf(tx, ids);
  await postBack(tx, saved, paid, how);
  return saved;
}

/** The same of one charge. */
export async function takeBackCharge(tx: Tx, chargeId: string, how: How): Promise<Charge> {
  const [saved] = await takeBackCharges(tx, [chargeId], how);
  if (saved === undefined) throw new Error('a charge that is taken back is there');
  return saved;
}
