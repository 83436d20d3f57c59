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
export type ClearingPlace = 'BANK' | 'TILL';

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

/** Why a payment cannot be cleared so. */
export function checkCleared(cleared: Cleared, { today, actor }: { today: string; actor: string | null }): void {
  const { payment, withheld, place, takenOn, clearedOn, takenBy } = cleared;
  const { means, amount, number } = payment;
  const params = { number };
  const refuse = (reason: string): never => {
    throw new DomainError('CONFLICT', reason, { rule, params });
  };
  if (!clears(means)) return refuse('NOTHING_TO_CLEAR');
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
