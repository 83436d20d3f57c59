import { refuseAll, type Violation } from '@steward/core';

import {
  confirmationItems,
  paymentMeansTable,
  type ConfirmationItem,
  type CounterValues,
  type PaymentMeans,
} from './counter-policy.ts';

export type PaymentEntry = {
  means: PaymentMeans;
  amount: number;
  /** What the payer hands over; cash alone gives change. */
  tendered: number | null;
  /** The number of a cheque, slip or transfer. */
  reference: string | null;
  /** The signed slip or the agreement that lets somebody pay on account. */
  proofFileIds: readonly string[];
  confirmed: readonly ConfirmationItem[];
  receivedAt: Date;
};

/** The items of the desk that were not confirmed, in the order they are said (A075). */
export const missingItems = (confirmed: readonly ConfirmationItem[]): ConfirmationItem[] =>
  confirmationItems.filter((item) => !confirmed.includes(item));

/** Told to the payer with the money (B042): null where there is none to give. */
export const changeOf = ({ means, amount, tendered }: Pick<PaymentEntry, 'means' | 'amount' | 'tendered'>): number =>
  means === 'CASH' ? (tendered ?? amount) - amount : 0;

function moneyViolations(entry: PaymentEntry): Violation[] {
  const { means, amount, tendered } = entry;
  if (!Number.isSafeInteger(amount) || amount < 1)
    return [{ path: 'input.amount', reason: 'AMOUNT_NOT_POSITIVE', rule: 'A075' }];
  if (tendered === null) {
    return means === 'CASH' ? [{ path: 'input.tendered', reason: 'TENDERED_REQUIRED', rule: 'B042' }] : [];
  }
  if (means !== 'CASH') return [{ path: 'input.tendered', reason: 'TENDERED_FOR_CASH_ONLY', rule: 'B042' }];
  return tendered < amount ? [{ path: 'input.tendered', reason: 'TENDERED_TOO_LITTLE', rule: 'B042' }] : [];
}

function meansViolations({ means, reference, proofFileIds }: PaymentEntry, hasSession: boolean): Violation[] {
  const { needsReference, needsProof, needsSession, rule } = paymentMeansTable[means];
  const violations: Violation[] = [];
  if (needsReference && (reference ?? '').trim() === '')
    violations.push({ path: 'input.reference', reason: 'REFERENCE_REQUIRED', rule });
  if (needsProof && proofFileIds.length === 0)
    violations.push({ path: 'input.proofFileIds', reason: 'PROOF_REQUIRED', rule });
  if (needsSession && !hasSession) violations.push({ path: 'input.means', reason: 'SESSION_REQUIRED', rule });
  return violations;
}

/** What stands against money whatever it pays: what was handed over, the number on it, its proof, an open shift. */
export const checkMoney = (entry: PaymentEntry, { hasSession }: { hasSession: boolean }): void =>
  refuseAll([...moneyViolations(entry), ...meansViolations(entry, hasSession)]);

/** Everything that stands against taking a payment. */
export function checkPayment(
  entry: PaymentEntry,
  { now, hasSession, figures }: { now: Date; hasSession: boolean; figures: CounterValues },
): void {
  const violations = [...moneyViolations(entry), ...meansViolations(entry, hasSession)];
  const missing = missingItems(entry.confirmed);
  if (missing.length > 0) {
    const params = { missing: missing.join(', ') };
    violations.push({ path: 'input.confirmed', reason: 'NOT_CONFIRMED', rule: 'A075', params });
  }
  const earliest = new Date(now.getTime() - figures.backdatingHours * 3_600_000);
  if (entry.receivedAt > now) violations.push({ path: 'input.receivedAt', reason: 'IN_THE_FUTURE', rule: 'A075' });
  if (entry.receivedAt < earliest) {
    const params = { hours: figures.backdatingHours };
    violations.push({ path: 'input.receivedAt', reason: 'TOO_FAR_BACK', rule: 'A075', params });
  }
  refuseAll(violations);
}
