import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { addEntry } from '../db/cash-queries.ts';
import { meterAggregate } from '../db/charging-aggregates.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import { takePlace } from '../db/receipt-queries.ts';
import { isMinorUnits } from '../domain/exact.ts';
import { checkMoney } from '../domain/payment-rules.ts';
import type { TopUpMeterInput } from '../graphql/generated.ts';
import { creditPrepaid } from './credit-prepaid.ts';
import { accountIn } from './lock-counter.ts';
import { moneyAccount, openSessionOf } from './take-money.ts';
import { bookOf, writePayment } from './write-payment.ts';

const entryOf = ({ amount, means, tendered, reference }: TopUpMeterInput, receivedAt: Date) => ({
  means,
  amount,
  tendered: tendered ?? null,
  reference: reference?.trim() ?? null,
  proofFileIds: [],
  // The five things of the desk are said of debts; a top-up has none.
  confirmed: [],
  receivedAt,
});

/** Money for a prepaid meter is a payment like any other, with its number, its change and its receipt (A209, A076). */
export async function topUpMeter(tx: Tx, input: TopUpMeterInput): Promise<{ id: string; paymentId: string }> {
  const locked = await lockAuthorized(tx, meterAggregate, input);
  if (!locked.isPrepaid) throw new DomainError('CONFLICT', 'METER_NOT_PREPAID', { rule: 'A209' });
  if (locked.removedOn !== null) throw new DomainError('CONFLICT', 'METER_REMOVED', { rule: 'A209' });
  const { amount, means } = input;
  if (amount <= 0 || !isMinorUnits(amount)) {
    throw new DomainError('BAD_USER_INPUT', 'AMOUNT_UNFIT', { path: 'input.amount', rule: 'A209' });
  }
  const { communityId, id: meterId } = locked;
  const session = await openSessionOf(tx, communityId);
  const entry = entryOf(input, txScope(tx).now);
  checkMoney(entry, { hasSession: session !== null });
  const debit = moneyAccount(means, session?.id ?? null);
  const { meter, transactionId } = await creditPrepaid(tx, locked, { amount, means, debit });
  const account = await accountIn(tx, communityId, meter.billingAccountId ?? '');
  const id = newId();
  if (means === 'CASH' && session !== null)
    await addEntry(tx, { communityId, sessionId: session.id, kind: 'TOP_UP', amount, causeId: id });
  const { currency } = await communityOfBooks(tx, communityId);
  const paid = { account, entry, session };
  // The book is locked last: other tills of it wait for as little as can be.
  const place = await takePlace(tx, communityId, bookOf(paid));
  const note = { action: 'topUpMeter', rule: 'A209' };
  await writePayment(tx, paid, { id, currency, place, transactionId, lines: [], advance: 0, meterId, note });
  return { id: meterId, paymentId: id };
}
// Money is taken once, however late the repetition comes.
topUpMeter.repeats = 'forGood' as const;
