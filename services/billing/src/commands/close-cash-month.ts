import { localDate, monthRange } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashMonthClosed } from '@steward/events';
import { meetDeadline, saveAndTell } from '@steward/service-kit';

import { cashBookDifferences, journalSums, openCash } from '../db/cash-queries.ts';
import { cashMonthAggregate } from '../db/counter-aggregates.ts';
import { receiptEntity } from '../db/payment-entities.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import { missingReceipts } from '../db/receipt-queries.ts';
import { openSafe } from '../db/safe-queries.ts';
import { checkMonth } from '../domain/cash-rules.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import type { CloseCashMonthInput } from '../graphql/generated.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';

/** The cash journal of a month is closed once every shift, shortage, loan and receipt of it is in order (A229, A248). */
export async function closeCashMonth(tx: Tx, input: CloseCashMonthInput): Promise<{ id: string }> {
  const due = await lockForAction(tx, cashMonthAggregate, 'closeCashMonth', input);
  const { communityId, month, currency } = due;
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const range = { communityId, ...monthRange(month, zone) };
  const { now: closedAt } = txScope(tx);
  const sums = await journalSums(tx, range);
  const { safeDifference, movements: openMovements } = await openSafe(tx, communityId);
  checkMonth({
    isOver: localDate(closedAt, zone).slice(0, 7) > month,
    ...(await openCash(tx, range)),
    missingReceipts: await missingReceipts(tx, communityId),
    tillDifferences: (await cashBookDifferences(tx, communityId)).length,
    safeDifference,
    openMovements,
    sums,
  });
  const { opening, received, paidOut, closing } = sums;
  const receiptCount = await tx
    .createQueryBuilder(receiptEntity, 'r')
    .where('r.community_id = :communityId and r.prepared_at >= :from and r.prepared_at < :to', range)
    .getCount();
  const status = statusAfter('closeCashMonth') as 'CLOSED';
  const amounts = { openingAmount: opening, receivedAmount: received, paidOutAmount: paidOut, closingAmount: closing };
  const after = { ...due, ...amounts, status, receiptCount, closedAt, closedBy: actingStaff(tx) };
  const money = (amount: number) => ({ amount: Math.max(amount, 0), currency });
  const sumsOf = {
    opening: money(opening),
    received: money(received),
    paidOut: money(paidOut),
    closing: money(closing),
  };
  const step = { before: due, after, note: { action: 'closeCashMonth', rule: 'A229' } };
  const fact = { cashMonthId: due.id, month, ...sumsOf };
  const saved = await saveAndTell(tx, cashMonthAggregate, step, [cashMonthClosed, () => fact]);
  await meetDeadline(tx, saved, 'CASH_MONTH_CLOSE');
  return { id: saved.id };
}
