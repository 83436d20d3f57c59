import { DomainError, isId } from '@steward/core';
import type { Tx } from '@steward/db';
import { paymentCleared } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { authorize, invocationOf, lockAggregates, saveAndTell } from '@steward/service-kit';

import { addEntry } from '../db/cash-queries.ts';
import { addClearing, clearingsOf, heldByProvider, lyingMoney, type Lying } from '../db/clearing-queries.ts';
import { paymentAggregate } from '../db/counter-aggregates.ts';
import { lockOpenCasesOf } from '../db/dunning-queries.ts';
import { balancesOf } from '../db/ledger-queries.ts';
import { managedBooks, todayIn } from '../db/reference-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { checkCleared, clearingAccounts, isOwedStill, type ClearingPlace } from '../domain/clearing-rules.ts';
import { clearingPostings } from '../domain/clearing-postings.ts';
import { requireTransition } from '../domain/counter-transition-rules.ts';
import type { AccountKey } from '../domain/ledger.ts';
import type { Payment } from '../domain/payment.ts';
import type { ClearedPaymentInput, ClearMeansInput } from '../graphql/generated.ts';
import { settleDunningIfPaid } from './dunning-debt.ts';
import { flushPostings, postTransactions } from './post-transactions.ts';
import { requireSession } from './take-money.ts';

/** So many payments at once. */
const mostPayments = 500;

const refuse = (reason: string, path: string, params = {}): never => {
  throw new DomainError('BAD_USER_INPUT', reason, { path, rule: 'B045', params });
};

/** The input as it counts: what is not said goes to the bank. */
type Asked = ClearMeansInput & { place: ClearingPlace };

/** One payment of those that are cleared together. */
type Clearing = { payment: Payment; withheld: number; lying: Lying };

/** The payments of the list, locked, each of which may be cleared as it is said. */
async function lockClearings(tx: Tx, input: Asked): Promise<Clearing[]> {
  const { communityId, payments, place, clearedOn } = input;
  const ids = payments.map(({ paymentId }) => paymentId);
  if (ids.length === 0 || ids.length > mostPayments || new Set(ids).size < ids.length)
    refuse('PAYMENTS_UNFIT', 'input.payments', { most: mostPayments });
  const locked = await lockAggregates(tx, paymentAggregate, ids.filter(isId));
  // Of two that clear what somebody has signed for, by hand or with other money, the second sees what the first did.
  await lockAccounts(
    tx,
    [...locked.values()].map(({ billingAccountId }) => billingAccountId),
  );
  const lying = await lyingMoney(tx, [...locked.keys()], clearingAccounts);
  const known = await clearingsOf(tx, [...locked.keys()]);
  const today = await todayIn(tx, communityId);
  const actor = invocationOf(tx).viewer.staffId ?? null;
  return payments.map(({ paymentId, withheldAmount }: ClearedPaymentInput, index) => {
    const withheld = withheldAmount ?? 0;
    const payment = locked.get(paymentId);
    if (payment?.communityId !== communityId) return refuse('PAYMENT_UNKNOWN', `input.payments.${index}.paymentId`);
    requireTransition('clearMeans', payment.status);
    const { number } = payment;
    if (known.has(paymentId))
      throw new DomainError('CONFLICT', 'CLEARED_ALREADY', { rule: 'B045', params: { number } });
    const found = lying.get(paymentId);
    const { takenOn = clearedOn, takenBy = null } = found ?? {};
    checkCleared({ payment, withheld, place, takenOn, clearedOn, takenBy }, { today, actor });
    if (found === undefined) throw new Error('money that is to be cleared lies somewhere');
    return { payment, withheld, lying: found };
  });
}

/** What the bank says must be what the payments make; of telephones no more is kept than the books know of. */
async function checkSums(tx: Tx, { communityId, amount }: ClearMeansInput, clearings: readonly Clearing[]) {
  const sum = clearings.reduce((total, { payment, withheld }) => total + payment.amount - withheld, 0);
  if (sum !== amount) refuse('CLEARED_AMOUNT_DIFFERS', 'input.amount', { expected: sum });
  const netted = clearings
    .filter(({ lying }) => lying.isByProvider)
    .reduce((total, { withheld }) => total + withheld, 0);
  if (netted === 0) return;
  const [balance = 0] = await balancesOf(tx, communityId, [{ type: 'PROVIDER' }]);
  const booked = (await heldByProvider(tx, communityId)) - balance;
  if (netted > booked) refuse('WITHHELD_NOT_BOOKED', 'input.payments', { booked });
}

/** What says that the money came: the bank's reference with a proof, or the till it was counted into. */
async function proofOf(tx: Tx, input: Asked): Promise<{ bankReference: string | null; proofFileIds: string[] }> {
  const proofFileIds = [...(input.proofFileIds ?? [])];
  await requireUploaded(tx, proofFileIds, 'document', 'input.proofFileIds');
  if (input.place === 'TILL') return { bankReference: null, proofFileIds };
  const bankReference = input.bankReference?.trim() ?? '';
  if (bankReference === '') refuse('REFERENCE_REQUIRED', 'input.bankReference');
  if (proofFileIds.length === 0) refuse('PROOF_REQUIRED', 'input.proofFileIds');
  return { bankReference, proofFileIds };
}

type Place = { place: ClearingPlace; account: AccountKey; sessionId: string | null; clearedOn: string };

async function placeOf(tx: Tx, { communityId, place, clearedOn }: Asked): Promise<Place> {
  if (place === 'BANK') return { place, account: { type: 'BANK' }, sessionId: null, clearedOn };
  const { id: sessionId } = await requireSession(tx, communityId);
  return { place, account: { type: 'CASH_IN_HAND', referenceId: sessionId }, sessionId, clearedOn };
}

/** The posting of one payment, its line in the journal of the till, and what is told of it. */
async function clear(tx: Tx, clearing: Clearing, to: Place, proof: Awaited<ReturnType<typeof proofOf>>): Promise<void> {
  const { payment, withheld, lying } = clearing;
  const { id, communityId, billingAccountId, amount, currency, means } = payment;
  const { place, sessionId, clearedOn: occurredOn } = to;
  const cause = { service: 'billing', aggregateType: paymentAggregate.type, id };
  const postings = clearingPostings(to.account, lying, { amount, withheld });
  const [transactionId = null] =
    postings.length === 0
      ? []
      : await postTransactions(tx, [{ communityId, kind: 'CLEARING', occurredOn, cause, postings }]);
  if (sessionId !== null) await addEntry(tx, { communityId, sessionId, kind: 'RECEIPT', amount, causeId: id });
  const what = { communityId, paymentId: id, outcome: 'CLEARED' as const, place, clearedOn: occurredOn };
  addClearing(tx, { ...what, ...proof, withheldAmount: withheld, transactionId });
  const fact = { paymentId: id, billingAccountId, means, paid: { amount, currency }, place, clearedOn: occurredOn };
  const withheldMoney = { amount: withheld, currency };
  const step = { before: payment, after: payment, note: { action: 'clearMeans', reasonCode: place, rule: 'B045' } };
  await saveAndTell(tx, paymentAggregate, step, [paymentCleared, () => ({ ...fact, withheld: withheldMoney })]);
}

/** Cheques, cards and telephones have reached the bank; what was signed for is collected, at the bank or at the till. */
export async function clearMeans(tx: Tx, input: ClearMeansInput): Promise<{ ids: string[] }> {
  const { communityId } = input;
  await authorize(tx, { communityId });
  await managedBooks(tx, communityId);
  const asked = { ...input, place: input.place ?? 'BANK' };
  const proof = await proofOf(tx, asked);
  const clearings = await lockClearings(tx, asked);
  await checkSums(tx, asked, clearings);
  const place = await placeOf(tx, asked);
  const collected = clearings.filter(({ payment }) => isOwedStill(payment.means));
  const debtors = new Set(collected.map(({ payment }) => payment.billingAccountId));
  if (debtors.size > 0) await lockOpenCasesOf(tx, [...debtors]);
  for (const clearing of clearings) await clear(tx, clearing, place, proof);
  // After what is locked: nobody waits for the chain while this waits for a case.
  if (debtors.size > 0) flushPostings(tx);
  for (const debtor of [...debtors].sort()) await settleDunningIfPaid(tx, communityId, debtor);
  return { ids: clearings.map(({ payment }) => payment.id) };
}

// Money comes once, however late the repetition.
clearMeans.repeats = 'forGood' as const;
