import { DomainError } from '@steward/core';

import type { TransactionDraft } from './ledger.ts';

/** Programming errors, not refusals: a command that posts is right or it is mended. */
export function checkBalanced({ kind, postings }: Pick<TransactionDraft, 'kind' | 'postings'>): void {
  if (postings.length < 2) throw new RangeError(`${kind}: a transaction has at least two postings`);
  let sum = 0n;
  for (const { amount, account, chargeId } of postings) {
    if (!Number.isSafeInteger(amount) || amount === 0)
      throw new RangeError(`${kind}: an amount is a whole number, not 0`);
    if ((account.type === 'RECEIVABLE') !== (chargeId != null))
      throw new RangeError(`${kind}: money owed names its charge, and nothing else does`);
    sum += BigInt(amount);
  }
  if (sum !== 0n) throw new RangeError(`${kind}: the postings do not sum to zero`);
}

/** Closed periods refuse postings (A229, A248). */
export function checkOpenPeriod(occurredOn: string, closedTo: string | null): void {
  if (closedTo === null || occurredOn >= closedTo) return;
  throw new DomainError('CONFLICT', 'PERIOD_CLOSED', { rule: 'A248', params: { occurredOn, closedTo } });
}
