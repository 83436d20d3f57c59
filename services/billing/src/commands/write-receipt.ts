import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import { insertReceipt, takePlace } from '../db/receipt-queries.ts';
import { receiptNumber } from '../domain/receipt-rules.ts';
import type { Receipt } from '../domain/receipt.ts';

type Leaf = Pick<Receipt, 'communityId' | 'book' | 'billingAccountId' | 'amount' | 'currency' | 'status'> & {
  paymentId?: string;
  doorCollectionId?: string;
};

/** Writes the next leaf of a book (A076). Last among the writes of a command, so that the book is locked shortly. */
export async function writeReceipt(tx: Tx, leaf: Leaf): Promise<Omit<Receipt, 'tenantId'>> {
  const { now } = txScope(tx);
  const sequence = await takePlace(tx, leaf.communityId, leaf.book);
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
  await insertReceipt(tx, receipt);
  return receipt;
}
