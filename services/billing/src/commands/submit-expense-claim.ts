import { addDays, DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { expenseClaimSubmitted } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  authorize,
  insertAggregate,
  managedCommunity,
  nextNumber,
  publish,
  resolvePolicy,
  seal,
} from '@steward/service-kit';

import { expenseClaimAggregate } from '../db/counter-aggregates.ts';
import { claimOfVouchers, lockClaimsSince } from '../db/expense-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { counterPrefixes, refundPolicy } from '../domain/counter-policy.ts';
import type { ExpenseClaim } from '../domain/expense-claim.ts';
import { otherExpense } from '../domain/expense-postings.ts';
import { addedUpSince, checkExpenseLines, expenseApprover } from '../domain/refund-rules.ts';
import type { SubmitExpenseClaimInput } from '../graphql/generated.ts';
import { actingStaff } from './lock-counter.ts';

/** What a voucher stands for is paid once, whoever claims it; of a claim that was rejected it is free again. */
async function requireUnused(tx: Tx, vouchers: readonly string[]): Promise<void> {
  const number = await claimOfVouchers(tx, vouchers);
  if (number === null) return;
  throw new DomainError('CONFLICT', 'VOUCHER_USED', { path: 'input.lines', rule: 'A018', params: { number } });
}

/** What somebody laid out, each line with its vouchers (A018). */
export async function submitExpenseClaim(tx: Tx, input: SubmitExpenseClaimInput): Promise<{ id: string }> {
  const { communityId } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone, currency } = await managedCommunity(tx, communityId);
  const figures = await resolvePolicy(tx, refundPolicy, communityId);
  const today = await todayIn(tx, communityId);
  const lines = input.lines.map(({ spentOn, amount, code, voucherFileIds }) => ({
    spentOn,
    amount,
    code: code ?? otherExpense,
    voucherFileIds: [...voucherFileIds],
  }));
  const days = { today, earliest: addDays(today, -figures.expenseClaimDays) };
  const amount = checkExpenseLines(
    lines.map((line) => ({ ...line, voucherCount: line.voucherFileIds.length })),
    days,
  );
  if (input.purpose.trim() === '')
    throw new DomainError('BAD_USER_INPUT', 'PURPOSE_REQUIRED', { path: 'input.purpose', rule: 'A018' });
  const vouchers = lines.flatMap(({ voucherFileIds }) => voucherFileIds);
  await requireUploaded(tx, vouchers, 'document', 'input.lines');
  await requireUnused(tx, vouchers);
  const claimantId = actingStaff(tx);
  const measuredAmount = amount + (await lockClaimsSince(tx, claimantId, addedUpSince(txScope(tx).now, figures)));
  const unpaid = { means: null, reference: null, sessionId: null, paidAt: null };
  const open = { checkedBy: null, checkedAt: null, decidedBy: null, decidedAt: null, ...unpaid };
  const fresh = {
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, counterPrefixes.expenseClaim, zone),
    status: 'SUBMITTED' as const,
    claimantId,
    claimantSub: txScope(tx).actor.sub,
    purposeSealed: seal(tx, input.purpose.trim()),
    lines,
    amount,
    currency,
    measuredAmount,
    approverRole: expenseApprover(measuredAmount, figures),
    ...open,
  };
  const claim = await insertAggregate(tx, expenseClaimAggregate, fresh, { action: 'submitExpenseClaim', rule: 'A018' });
  publish(tx, claim, expenseClaimSubmitted, claimFact(claim));
  return { id: claim.id };
}

export const claimFact = ({ id, claimantId, amount, currency }: ExpenseClaim) => ({
  expenseClaimId: id,
  claimantId,
  claimed: { amount, currency },
});
