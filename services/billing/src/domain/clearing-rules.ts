import { DomainError } from '@steward/core';

import { clearingTable, type ClearingMeans, type PaymentMeans } from './counter-policy.ts';
import type { LedgerAccountType } from './ledger.ts';
import type { Payment } from './payment.ts';

/** Whether money of a means has to reach the bank or the till still, or was collected. */
export const clears = (means: PaymentMeans): means is ClearingMeans => means in clearingTable;

/** Whether what was given is a promise, and no money yet. */
export const isPromise = (means: PaymentMeans): boolean => clears(means) && clearingTable[means].isPromise;

/** Whether what was paid so is still owed until it is collected. */
export const isOwedStill = (means: PaymentMeans): boolean => clears(means) && clearingTable[means].isOwed;

/** Where money lies that is to be cleared. */
export const clearingAccounts: readonly LedgerAccountType[] = ['CHEQUES', 'CARD_CLEARING', 'PROVIDER', 'SIGNED_BILLS'];

/** Where it goes. */
export type ClearingPlace = 'BANK' | 'TILL' | 'ADVANCE';

/** What is said of one payment. */
export type Cleared = {
  payment: Payment;
  withheld: number;
  place: ClearingPlace;
  /** The day of the books on which it was taken. */
  takenOn: string;
  clearedOn: string;
  /** Whose till it was taken at; null for none. */
  takenBy: string | null;
};

const rule = 'B045';

/** What somebody has signed for that is not collected. */
export type SignedBill = { id: string; billingAccountId: string; amount: number };

/** The bills that a sum pays, in their order, each whole: what is less than a bill stays with the payer. */
export function billsCovered<Bill extends { amount: number }>(bills: readonly Bill[], sum: number): Bill[] {
  let left = sum;
  return bills.filter(({ amount }) => {
    if (amount > left) return false;
    left -= amount;
    return true;
  });
}

/** As many of the first bills as make up a sum, or more. */
export function billsFor<Bill extends { amount: number }>(bills: readonly Bill[], sum: number): Bill[] {
  let left = sum;
  return bills.filter(({ amount }) => {
    if (left <= 0) return false;
    left -= amount;
    return true;
  });
}

/** What bills come to. */
export const sumOfBills = (bills: readonly { amount: number }[]): number =>
  bills.reduce((sum, { amount }) => sum + amount, 0);

/** Why a payment cannot be cleared so. */
export function checkCleared(cleared: Cleared, { today, actor }: { today: string; actor: string | null }): void {
  const { payment, withheld, place, takenOn, clearedOn, takenBy } = cleared;
  const { means, amount, number } = payment;
  const params = { number };
  const refuse = (reason: string): never => {
    throw new DomainError('CONFLICT', reason, { rule, params });
  };
  if (!clears(means)) return refuse('NOTHING_TO_CLEAR');
  // Money that came another way pays what was signed for by itself, or by `applyAdvance`.
  if (place === 'ADVANCE') refuse('NOT_CLEARED_BY_HAND');
  const most = clearingTable[means].mayWithhold ? amount : 0;
  if (!Number.isSafeInteger(withheld) || withheld < 0 || withheld > most) refuse('WITHHELD_UNFIT');
  if (clearedOn > today || clearedOn < takenOn) refuse('CLEARING_DAY_UNFIT');
  if (place === 'BANK') {
    // Who took a slip of paper for money does not say alone that the money came.
    if (takenBy !== null && takenBy === actor) refuse('OWN_PAYMENT');
    return;
  }
  if (!clearingTable[means].isOwed || clearedOn !== today) refuse('NOT_COLLECTED_AT_TILL');
}
