import { DomainError } from '@steward/core';

import type { RefundValues } from './counter-policy.ts';

/** What money is given back for. */
export type RefundSource = 'ADVANCE' | 'DEPOSIT' | 'CHARGE';

/** Since when what was asked for is added up: nobody splits what is beyond somebody's figure (A018). */
export const addedUpSince = (now: Date, { addedUpDays }: RefundValues): Date =>
  new Date(now.getTime() - addedUpDays * 86_400_000);

/** Who decides about an amount: the supervisor up to the figure, the director beyond it (A018). */
export const refundApprover = (amount: number, { supervisorRefundAmount }: RefundValues): 'supervisor' | 'director' =>
  amount <= supervisorRefundAmount ? 'supervisor' : 'director';

/** Who decides about an expense that the supervisor has checked. */
export const expenseApprover = (
  amount: number,
  { supervisorExpenseAmount }: RefundValues,
): 'administrativeSupervisor' | 'director' =>
  amount <= supervisorExpenseAmount ? 'administrativeSupervisor' : 'director';

/**
 * Nothing is given back that is not there; what was asked for already counts. What was paid on a charge that is still owed
 * in part goes back as a whole, and the charge with it: of a part nobody could say what is owed then.
 */
export function checkRefundAmount(
  amount: number,
  { available, isWholeOnly }: { available: number; isWholeOnly: boolean },
): void {
  const path = 'input.amount';
  const rule = 'A018';
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new DomainError('BAD_USER_INPUT', 'AMOUNT_NOT_POSITIVE', { path, rule });
  if (amount > available)
    throw new DomainError('CONFLICT', 'REFUND_EXCEEDS_BALANCE', { path, rule, params: { available } });
  if (isWholeOnly && amount < available)
    throw new DomainError('CONFLICT', 'REFUND_NOT_WHOLE', { path, rule, params: { available } });
}

export type ExpenseLine = { spentOn: string; amount: number; code?: string; voucherCount: number };

/** An expense claim: each line with a voucher, spent within the days of the policy and not in the future. */
export function checkExpenseLines(
  lines: readonly ExpenseLine[],
  { today, earliest }: { today: string; earliest: string },
): number {
  const rule = 'A018';
  if (lines.length === 0) throw new DomainError('BAD_USER_INPUT', 'LINES_REQUIRED', { path: 'input.lines', rule });
  lines.forEach(({ spentOn, amount, code = 'OTHER', voucherCount }, index) => {
    const path = `input.lines.${index}`;
    const refuse = (reason: string): never => {
      throw new DomainError('BAD_USER_INPUT', reason, { path, rule });
    };
    if (!Number.isSafeInteger(amount) || amount < 1) refuse('AMOUNT_NOT_POSITIVE');
    if (!/^[A-Z][A-Z0-9_]*$/.test(code)) refuse('CODE_MALFORMED');
    if (voucherCount < 1) refuse('VOUCHER_REQUIRED');
    if (spentOn > today) refuse('IN_THE_FUTURE');
    if (spentOn < earliest) refuse('EXPENSE_TOO_OLD');
  });
  return lines.reduce((sum, { amount }) => sum + amount, 0);
}

/** Why money is given back. */
export const refundReasons: readonly string[] = [
  'OVERPAID',
  'MOVED_OUT',
  'WORKS_PASSED',
  'APPLICATION_CANCELLED',
  'CHARGE_REVERSED',
];

/** What is decided about: whose it is by the built-in figures, and how much, with what it is added up with. */
type Asked = { approverRole: string; amount: number; measuredAmount?: number | null };

/** Roles whose built-in authority holds, and up to which amounts the authority matrix reaches; null: without a limit. */
type Approver = { builtInRoles: readonly string[]; limits: readonly (number | null)[] };

/** By the role that is asked, by the director, who may decide everything, or by a grant that reaches (A018). */
export function checkApprover(asked: Asked, { builtInRoles, limits }: Approver): void {
  const { approverRole: role } = asked;
  const amount = asked.measuredAmount ?? asked.amount;
  const isBuiltIn = builtInRoles.includes(role) || builtInRoles.includes('director');
  if (isBuiltIn || limits.some((limit) => limit === null || amount <= limit)) return;
  throw new DomainError('FORBIDDEN', 'BEYOND_AUTHORITY', { rule: 'A018', params: { role } });
}

/** Nobody decides about what they asked for, claimed or checked themselves (A018). */
export function checkOtherHand(actor: string, before: readonly (string | null)[]): void {
  if (before.includes(actor)) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule: 'A018' });
}
