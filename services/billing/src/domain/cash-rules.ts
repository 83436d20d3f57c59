import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { CashValues } from './counter-policy.ts';

/** What a till holds according to its books. */
export type TillBooks = { float: number; received: number; paidOut: number };

/** Pieces of a denomination, e.g. 3 notes of 10000. */
export type Pieces = { denomination: number; count: number };

export type Variance = { kind: 'SURPLUS' | 'SHORTAGE'; amount: number };

/** Notes and coins of the renminbi in minor units, down to the fen: whatever was paid can be counted. */
export const denominations = [10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1] as const;

export const expectedCash = ({ float, received, paidOut }: TillBooks): number => float + received - paidOut;

/** The sum of counted pieces; other denominations, fractions and negatives are refused. */
export function countedCash(pieces: readonly Pieces[]): number {
  const violations: Violation[] = pieces.flatMap(({ denomination, count }, index) => {
    const isKnown = denominations.some((one) => one === denomination);
    const isCount = Number.isSafeInteger(count) && count >= 0;
    return isKnown && isCount ? [] : [{ path: `input.pieces.${index}`, reason: 'PIECES_MALFORMED', rule: 'B046' }];
  });
  refuseAll(violations);
  return pieces.reduce((sum, { denomination, count }) => sum + denomination * count, 0);
}

/** Over or short of one count; null where they agree (B046). Each count stands for itself: nothing is netted (B043). */
export function varianceOf(expected: number, counted: number): Variance | null {
  if (expected === counted) return null;
  const kind = counted > expected ? 'SURPLUS' : 'SHORTAGE';
  return { kind, amount: Math.abs(counted - expected) };
}

/** Surpluses handed in and shortages made good, each in full: never one against the other (B043). */
export const totalVariance = (variances: readonly Variance[]): { surplus: number; shortage: number } => ({
  surplus: sumOf(variances, 'SURPLUS'),
  shortage: sumOf(variances, 'SHORTAGE'),
});

const sumOf = (variances: readonly Variance[], kind: Variance['kind']): number =>
  variances.filter((one) => one.kind === kind).reduce((sum, { amount }) => sum + amount, 0);

/** The float that a shift takes over is what the one before left, counted by both (B044). */
export function checkFloat(counted: number, handedOver: number | null, figures: CashValues): Variance | null {
  return varianceOf(handedOver ?? figures.floatAmount, counted);
}

/** Whether a difference goes to the director at once. */
export const isSerious = ({ amount }: Variance, { seriousVarianceAmount }: CashValues): boolean =>
  amount >= seriousVarianceAmount;

/**
 * The drop is all of the cash but the float that stays for the next shift, seen by somebody else (B047). Takings do not stay
 * as a float: what is more than one goes to finance the same day (A233).
 */
export function checkDrop(
  drop: { amount: number; float: number; witnessId: string; hands: readonly string[] },
  counted: number,
  { floatAmount: most }: CashValues,
): void {
  const rule = 'B047';
  const violations: Violation[] = [];
  if (drop.hands.includes(drop.witnessId))
    violations.push({ path: 'input.witnessId', reason: 'WITNESS_IS_CASHIER', rule });
  if (drop.float < 0) violations.push({ path: 'input.floatLeft', reason: 'AMOUNT_NEGATIVE', rule });
  if (drop.float > most)
    violations.push({ path: 'input.floatLeft', reason: 'FLOAT_TOO_LARGE', rule, params: { most } });
  // No more stays in the till than was counted there.
  if (drop.amount < 0) violations.push({ path: 'input.amount', reason: 'AMOUNT_NEGATIVE', rule });
  if (drop.amount !== counted - drop.float) {
    const params = { expected: counted - drop.float };
    violations.push({ path: 'input.amount', reason: 'DROP_DIFFERS_FROM_COUNT', rule, params });
  }
  refuseAll(violations);
}

/** A loan from the till: for something, at most so much, and only what is there (B048). */
export function checkLoan(amount: number, inTill: number, { loanAmount }: CashValues): void {
  const rule = 'B048';
  const path = 'input.amount';
  if (amount < 1) throw new DomainError('BAD_USER_INPUT', 'AMOUNT_NOT_POSITIVE', { path, rule });
  if (amount > loanAmount)
    throw new DomainError('BAD_USER_INPUT', 'LOAN_TOO_LARGE', { path, rule, params: { most: loanAmount } });
  if (amount > inTill) throw new DomainError('CONFLICT', 'TILL_TOO_LITTLE', { path, rule, params: { inTill } });
}

/** What a day's or month's journal has to hold together: opening and movements make the closing (A248). */
export type JournalSums = { opening: number; received: number; paidOut: number; closing: number };

export const isBalanced = ({ opening, received, paidOut, closing }: JournalSums): boolean =>
  opening + received - paidOut === closing;

/** Why a month of the cash journal cannot be closed yet (A229, A248). */
export type MonthState = {
  isOver: boolean;
  openSessions: number;
  openShortages: number;
  openLoans: number;
  missingReceipts: number;
  /** Tills whose journal and ledger differ. */
  tillDifferences: number;
  /** What the papers of the safe say beyond the ledger. */
  safeDifference: number;
  /** Cash between the bank and the safe. */
  openMovements: number;
  sums: JournalSums;
};

export function checkMonth(month: MonthState): void {
  const violations: Violation[] = [];
  const refuseIf = (isRefused: boolean, reason: string, rule: string, count: number): void => {
    if (isRefused) violations.push({ path: 'input.month', reason, rule, params: { count } });
  };
  refuseIf(!month.isOver, 'MONTH_NOT_OVER', 'A229', 0);
  refuseIf(month.openSessions > 0, 'SESSIONS_OPEN', 'A248', month.openSessions);
  refuseIf(month.openShortages > 0, 'SHORTAGES_OPEN', 'A248', month.openShortages);
  refuseIf(month.openLoans > 0, 'LOANS_OPEN', 'A248', month.openLoans);
  refuseIf(month.missingReceipts > 0, 'RECEIPTS_MISSING', 'A248', month.missingReceipts);
  refuseIf(month.tillDifferences > 0, 'BOOKS_DIFFER', 'A248', month.tillDifferences);
  refuseIf(month.safeDifference !== 0, 'SAFE_DIFFERS', 'A248', month.safeDifference);
  refuseIf(month.openMovements > 0, 'SAFE_MOVEMENTS_OPEN', 'A248', month.openMovements);
  refuseIf(!isBalanced(month.sums), 'JOURNAL_UNBALANCED', 'A248', 0);
  refuseAll(violations);
}

/** Both, or the safe is not safe (A234). */
export const checkSafeState = ({ isLocked, isScrambled }: { isLocked: boolean; isScrambled: boolean }): Violation[] => [
  ...(isLocked ? [] : [{ path: 'input.isLocked', reason: 'SAFE_NOT_LOCKED', rule: 'A234' }]),
  ...(isScrambled ? [] : [{ path: 'input.isScrambled', reason: 'COMBINATION_NOT_SCRAMBLED', rule: 'A234' }]),
];
