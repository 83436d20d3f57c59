import { DomainError } from '@steward/core';

/** A run of receipt numbers; each counter has its own, so that two counters never wait for each other. */
export type ReceiptBook = { prefix: string; next: number };

/** `A01-00000042`: the book and the place in it; no number is left out or used twice (A076). */
export const receiptNumber = ({ prefix, next }: ReceiptBook): string => `${prefix}-${String(next).padStart(8, '0')}`;

/** A book's name: 1 to 8 capital letters and digits. */
export function checkBookPrefix(prefix: string): void {
  if (!/^[A-Z0-9]{1,8}$/.test(prefix))
    throw new DomainError('BAD_USER_INPUT', 'BOOK_PREFIX_MALFORMED', { path: 'input.prefix', rule: 'A076' });
}

/** How a print of a receipt is marked: the first is the original, all others say which reprint they are. */
export const printMark = (printedBefore: number): { isReprint: boolean; copy: number } => ({
  isReprint: printedBefore > 0,
  copy: printedBefore,
});

/** Places of a book that are missing among those given; the proof that nothing was torn out. */
export function gapsIn(sequences: readonly number[]): number[] {
  const present = new Set(sequences);
  const last = sequences.reduce((most, one) => Math.max(most, one), 0);
  return Array.from({ length: last }, (_, index) => index + 1).filter((place) => !present.has(place));
}

/** A tax invoice never says more than was paid; earlier requests on the receipt count. */
export function checkInvoiceAmount(
  amount: number,
  receipt: { amount: number; invoiced: number; isVoid: boolean },
): void {
  if (receipt.isVoid) throw new DomainError('CONFLICT', 'RECEIPT_VOID', { rule: 'A076' });
  const left = receipt.amount - receipt.invoiced;
  if (amount < 1 || amount > left)
    throw new DomainError('BAD_USER_INPUT', 'INVOICE_EXCEEDS_PAYMENT', {
      path: 'input.amount',
      rule: 'A076',
      params: { left },
    });
}

/** Why a payment is taken back. */
export const voidReasons: readonly string[] = ['WRONG_AMOUNT', 'WRONG_PAYER', 'NOT_PAID', 'ENTERED_TWICE'];
