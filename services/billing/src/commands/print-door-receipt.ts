import { txScope, type Tx } from '@steward/db';
import { renderPdf, type DocumentSpec } from '@steward/documents';
import { doorCollectionReceiptPrinted } from '@steward/events';
import { keepGenerated } from '@steward/files';
import { saveAndTell } from '@steward/service-kit';

import { openChargesOf } from '../db/charge-queries.ts';
import { doorCollectionAggregate } from '../db/counter-aggregates.ts';
import { keepPrint, receiptOf, updateReceipt } from '../db/receipt-queries.ts';
import { communityOfBooks, findUnit } from '../db/reference-queries.ts';
import { allocate } from '../domain/allocation-rules.ts';
import type { DoorCollection } from '../domain/door-collection.ts';
import { printMark } from '../domain/receipt-rules.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { PrintDoorReceiptInput } from '../graphql/generated.ts';
import { localDateTime } from './local-date-time.ts';
import { lockForAction } from './lock-counter.ts';
import { nameOnPaper } from './name-on-paper.ts';
import { bothWords, capitalWords, moneyWords, periodWords, placeWords } from './paper-words.ts';
import { markOf } from './print-receipt.ts';

/** What the agreed sum pays as things stand: the oldest debts first, as at the door. */
async function linesOf(tx: Tx, { billingAccountId, amount, currency }: DoorCollection): Promise<string[][]> {
  const charges = await openChargesOf(tx, billingAccountId);
  const { allocations, advance } = allocate(charges, amount, null, { takesAdvances: true });
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  const lines = allocations.map(({ chargeId, amount: part }) => {
    const charge = byId.get(chargeId);
    const name = bothWords(tx, `chargeType.${charge?.chargeTypeCode ?? ''}`);
    return [name, periodWords(charge?.periodFrom ?? null, charge?.periodTo ?? null), moneyWords(part, currency)];
  });
  if (advance > 0) lines.push([bothWords(tx, 'paper.advance'), '—', moneyWords(advance, currency)]);
  return lines;
}

async function specOf(tx: Tx, agreed: DoorCollection, receipt: Receipt, payer: string | null): Promise<DocumentSpec> {
  const { amount, currency, communityId, unitId, appointmentAt, number } = agreed;
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const facts: [string, string][] = [
    [bothWords(tx, 'paper.receiptNumber'), receipt.number],
    [bothWords(tx, 'paper.payer'), payer ?? '—'],
    [bothWords(tx, 'paper.unit'), placeWords(unitId === null ? null : await findUnit(tx, unitId))],
    [bothWords(tx, 'paper.appointmentAt'), localDateTime(appointmentAt, zone)],
    // Written by hand when the money is there.
    [bothWords(tx, 'paper.means'), '　'.repeat(8)],
    [bothWords(tx, 'paper.doorCollectionNumber'), number],
  ];
  const head = ['paper.chargeType', 'paper.period', 'paper.amount'].map((key) => bothWords(tx, key));
  const total = `${bothWords(tx, 'paper.total')}  ${moneyWords(amount, currency)}  ${capitalWords(amount, currency)}`;
  return {
    title: bothWords(tx, 'paper.receipt'),
    size: 'A5',
    isLandscape: true,
    ...markOf(tx, receipt),
    blocks: [
      { kind: 'facts', facts },
      { kind: 'table', head, rows: await linesOf(tx, agreed), widths: [4, 3, 2] },
      { kind: 'text', text: total, isStrong: true },
      { kind: 'signatures', lines: [bothWords(tx, 'paper.cashier'), bothWords(tx, 'paper.payer')] },
    ],
    createdAt: txScope(tx).now,
  };
}

/** Puts the receipt on paper that is carried to the door, before anybody goes; it is good once the money is taken (A077). */
export async function printDoorReceipt(tx: Tx, input: PrintDoorReceiptInput): Promise<{ id: string; fileId: string }> {
  const agreed = await lockForAction(tx, doorCollectionAggregate, 'printDoorReceipt', input);
  const { id, communityId, billingAccountId } = agreed;
  const payer = await nameOnPaper(tx, { billingAccountId, name: input.payerName, path: 'input.payerName' });
  const receipt = await receiptOf(tx, agreed.receiptId);
  const content = await renderPdf(await specOf(tx, agreed, receipt, payer));
  const { copy } = printMark(receipt.printCount);
  const fileName = `${receipt.number}.pdf`;
  const file = { purpose: 'receipt', contentType: 'application/pdf' as const, fileName, communityId };
  const fileId = await keepGenerated(tx, file, content);
  await keepPrint(tx, { aggregateId: id, kind: 'RECEIPT', copy, fileId });
  await updateReceipt(tx, receipt.id, { printCount: receipt.printCount + 1 });
  const step = { before: agreed, after: agreed, note: { action: 'printDoorReceipt', rule: 'A077' } };
  const fact = { doorCollectionId: id, receiptNumber: receipt.number, copy };
  await saveAndTell(tx, doorCollectionAggregate, step, [doorCollectionReceiptPrinted, () => fact]);
  return { id, fileId };
}
