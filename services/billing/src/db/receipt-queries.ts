import { newId } from '@steward/core';
import { addRows, prepared, rows, txScope, type Tx } from '@steward/db';

import type { Receipt } from '../domain/receipt.ts';
import { printedDocumentEntity, type PrintedDocument } from './counter-entities.ts';
import { receiptEntity } from './payment-entities.ts';

const nextPlace = prepared(`
  insert into receipt_book (tenant_id, community_id, prefix, next_sequence) values ($1, $2, $3, 2)
  on conflict (tenant_id, community_id, prefix) do update set next_sequence = receipt_book.next_sequence + 1
  returning next_sequence - 1 as place`);

/**
 * Takes the next place of a book. The row of the book stays locked until the receipt is written with it or the whole is
 * undone: no place is lost and none is used twice.
 */
export async function takePlace(tx: Tx, communityId: string, prefix: string): Promise<number> {
  const [taken] = await rows<{ place: number }>(tx, nextPlace, [txScope(tx).tenantId, communityId, prefix]);
  return taken?.place ?? 1;
}

export const insertReceipt = (tx: Tx, receipt: Omit<Receipt, 'tenantId'>): void =>
  addRows(tx, receiptEntity, [{ ...receipt, tenantId: txScope(tx).tenantId }]);

export const updateReceipt = async (tx: Tx, id: string, change: Partial<Receipt>): Promise<void> => {
  await tx.update(receiptEntity, { id }, change);
};

export async function receiptOf(tx: Tx, id: string): Promise<Receipt> {
  const found = await tx.findOneBy(receiptEntity, { id });
  if (found === null) throw new Error('a payment or an appointment has its receipt');
  return found;
}

/** Places of a community's books that no receipt has, up to the last one taken; there are none unless a row was taken out. */
export async function missingReceipts(tx: Tx, communityId: string): Promise<number> {
  const [found] = await rows<{ missing: number }>(
    tx,
    `select coalesce(sum(b.next_sequence - 1 - (
              select count(*) from receipt r where r.community_id = b.community_id and r.book = b.prefix)), 0)::int as missing
       from receipt_book b where b.community_id = $1`,
    [communityId],
  );
  return found?.missing ?? 0;
}

/** Keeps that something was put on paper. */
export async function keepPrint(
  tx: Tx,
  print: Pick<PrintedDocument, 'aggregateId' | 'kind' | 'copy' | 'fileId'>,
): Promise<void> {
  const { tenantId, now, actor } = txScope(tx);
  await tx.insert(printedDocumentEntity, { ...print, id: newId(), tenantId, printedAt: now, printedBy: actor.sub });
}

/** How often something was put on paper. */
export async function printsOf(tx: Tx, aggregateId: string, kind: string): Promise<number> {
  return tx.countBy(printedDocumentEntity, { aggregateId, kind });
}
