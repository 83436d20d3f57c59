import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import { insertReceipt } from '../db/receipt-queries.ts';
import { receiptNumber } from '../domain/receipt-rules.ts';
import type { Receipt } from '../domain/receipt.ts';

type Leaf = Pick<Receipt, 'communityId' | 'book' | 'billingAccountId' | 'amount' | 'currency' | 'status'> & {
  paymentId?: string;
  doorCollectionId?: string;
};

/** Writes a leaf of a book (A076) in the place that was taken for it. */
export function writeReceipt(tx: Tx, leaf: Leaf, sequence: number): Omit<Receipt, 'tenantId'> {
  const { now } = txScope(tx);
  const { paymentId = null, doorCollectionId = null, ...rest } = leaf;
  const receipt = {
    ...rest,
    id: newId(),
    sequence,
    number: receiptNumber({ prefix: leaf.book, next: sequence }),
    paymentId,
    doorCollectionId,
    printCount: 0,
    preparedAt: now,
    issuedAt: leaf.status === 'ISSUED' ? now : null,
    voidedAt: null,
    voidReason: null,
  };
  insertReceipt(tx, receipt);
  return receipt;
}
