import { txScope, type Tx } from '@steward/db';
import { renderPdf, type DocumentSpec } from '@steward/documents';
import { paymentReceiptPrinted } from '@steward/events';
import { keepGenerated } from '@steward/files';
import { lockAuthorized, saveAndTell } from '@steward/service-kit';

import { paymentAggregate } from '../db/counter-aggregates.ts';
import { chargeEntity } from '../db/charge-entities.ts';
import { meterEntity } from '../db/charging-entities.ts';
import { paymentAllocationEntity } from '../db/payment-entities.ts';
import { keepPrint, receiptOf, updateReceipt } from '../db/receipt-queries.ts';
import { communityOfBooks, findUnit } from '../db/reference-queries.ts';
import { billsPaidBy } from '../db/signed-bill-queries.ts';
import { sumOfBills } from '../domain/clearing-rules.ts';
import type { Payment } from '../domain/payment.ts';
import { printMark } from '../domain/receipt-rules.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { PrintReceiptInput } from '../graphql/generated.ts';
import { localDateTime } from './local-date-time.ts';
import { nameOnPaper } from './name-on-paper.ts';
import { bothWords, capitalWords, moneyWords, periodWords, placeWords } from './paper-words.ts';

async function linesOf(tx: Tx, payment: Payment): Promise<string[][]> {
  const { currency, advanceAmount } = payment;
  const parts = await tx.findBy(paymentAllocationEntity, { paymentId: payment.id });
  const lines = await Promise.all(
    parts.map(async ({ chargeId, chargeTypeCode, amount }) => {
      const { periodFrom, periodTo } = await tx.findOneByOrFail(chargeEntity, { id: chargeId });
      return [
        bothWords(tx, `chargeType.${chargeTypeCode}`),
        periodWords(periodFrom, periodTo),
        moneyWords(amount, currency),
      ];
    }),
  );
  const bills = await billsPaidBy(tx, payment.id);
  for (const { number, amount } of bills)
    lines.push([`${bothWords(tx, 'paper.signedBill')} ${number}`, '—', moneyWords(amount, currency)]);
  const kept = advanceAmount - sumOfBills(bills);
  if (kept > 0) lines.push([bothWords(tx, 'paper.advance'), '—', moneyWords(kept, currency)]);
  if (payment.meterId !== null) {
    const { number } = await tx.findOneByOrFail(meterEntity, { id: payment.meterId });
    lines.push([`${bothWords(tx, 'paper.topUp')} ${number}`, '—', moneyWords(payment.amount, currency)]);
  }
  return lines;
}

/** Void and reprint stand across the page: nobody takes a copy for the original (A076). */
export function markOf(tx: Tx, receipt: Receipt): { mark?: string } {
  if (receipt.status === 'VOID') return { mark: bothWords(tx, 'paper.void') };
  const { isReprint, copy } = printMark(receipt.printCount);
  return isReprint ? { mark: `${bothWords(tx, 'paper.reprint')} ${copy}` } : {};
}

async function specOf(tx: Tx, payment: Payment, receipt: Receipt, payer: string | null): Promise<DocumentSpec> {
  const { amount, currency, means, communityId, unitId, receivedAt, number } = payment;
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const facts: [string, string][] = [
    [bothWords(tx, 'paper.receiptNumber'), receipt.number],
    [bothWords(tx, 'paper.payer'), payer ?? '—'],
    [bothWords(tx, 'paper.unit'), placeWords(unitId === null ? null : await findUnit(tx, unitId))],
    [bothWords(tx, 'paper.paidAt'), localDateTime(receivedAt, zone)],
    [bothWords(tx, 'paper.means'), bothWords(tx, `PaymentMeans.${means}`)],
    [bothWords(tx, 'paper.paymentNumber'), number],
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
      { kind: 'table', head, rows: await linesOf(tx, payment), widths: [4, 3, 2] },
      { kind: 'text', text: total, isStrong: true },
      { kind: 'signatures', lines: [bothWords(tx, 'paper.cashier'), bothWords(tx, 'paper.payer')] },
    ],
    createdAt: txScope(tx).now,
  };
}

/** Puts the receipt on paper: the first print is the original, each further one says which reprint it is (A076). */
export async function printReceipt(tx: Tx, input: PrintReceiptInput): Promise<{ id: string; fileId: string }> {
  const payment = await lockAuthorized(tx, paymentAggregate, input);
  const { id, communityId, billingAccountId } = payment;
  const payer = await nameOnPaper(tx, { billingAccountId, name: input.payerName, path: 'input.payerName' });
  const receipt = await receiptOf(tx, payment.receiptId);
  const content = await renderPdf(await specOf(tx, payment, receipt, payer));
  const { copy } = printMark(receipt.printCount);
  const file = {
    purpose: 'receipt',
    contentType: 'application/pdf' as const,
    fileName: `${receipt.number}.pdf`,
    communityId,
  };
  const fileId = await keepGenerated(tx, file, content);
  await keepPrint(tx, { aggregateId: id, kind: 'RECEIPT', copy, fileId });
  await updateReceipt(tx, receipt.id, { printCount: receipt.printCount + 1 });
  const step = { before: payment, after: payment, note: { action: 'printReceipt', rule: 'A076' } };
  const fact = { paymentId: id, receiptNumber: receipt.number, copy };
  await saveAndTell(tx, paymentAggregate, step, [paymentReceiptPrinted, () => fact]);
  return { id, fileId };
}
