import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { AccountKey, PostingDraft } from './ledger.ts';
import type { SafeMovement } from './safe.ts';

const safe: AccountKey = { type: 'CASH_IN_SAFE' };
const bank: AccountKey = { type: 'BANK' };
const transit: AccountKey = { type: 'CASH_IN_TRANSIT' };

const moved = (to: AccountKey, from: AccountKey, amount: number): PostingDraft[] => [
  { account: to, amount },
  { account: from, amount: -amount },
];

type Move = Pick<SafeMovement, 'direction' | 'amount'>;

/** The money has left where it was, and is nowhere else yet. */
export const setOutPostings = ({ direction, amount }: Move): PostingDraft[] =>
  moved(transit, direction === 'TO_SAFE' ? bank : safe, amount);

/** It is where it was to go. */
export const arrivedPostings = ({ direction, amount }: Move): PostingDraft[] =>
  moved(direction === 'TO_SAFE' ? safe : bank, transit, amount);

/** Into the safe, for what comes from somewhere else than the bank. */
export const intoSafePostings = (from: AccountKey, amount: number): PostingDraft[] => moved(safe, from, amount);

/** No more is taken out of the safe than the books say is in it. */
export function checkInSafe(amount: number, inSafe: number, rule: string): void {
  if (amount > inSafe) throw new DomainError('CONFLICT', 'SAFE_TOO_LITTLE', { rule, params: { inSafe } });
}

/** A sum with the bank's slip and its picture (A233). */
export function checkSafeMovement(movement: {
  amount: number;
  reference: string;
  proofFileIds: readonly string[];
}): void {
  const rule = 'A233';
  const violations: Violation[] = [];
  if (!Number.isSafeInteger(movement.amount) || movement.amount < 1)
    violations.push({ path: 'input.amount', reason: 'AMOUNT_NOT_POSITIVE', rule });
  if (movement.reference.trim() === '')
    violations.push({ path: 'input.reference', reason: 'REFERENCE_REQUIRED', rule });
  if (movement.proofFileIds.length === 0)
    violations.push({ path: 'input.proofFileIds', reason: 'PROOF_REQUIRED', rule });
  refuseAll(violations);
}
