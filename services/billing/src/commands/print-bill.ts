import { txScope, type Tx } from '@steward/db';
import { renderPdf, type DocumentSpec } from '@steward/documents';
import { keepGenerated } from '@steward/files';
import { authorize } from '@steward/service-kit';

import { openChargesOf } from '../db/charge-queries.ts';
import { linesOfCharges } from '../db/charging-list-queries.ts';
import { billingAccountAggregate } from '../db/ledger-aggregates.ts';
import { keepPrint, printsOf } from '../db/receipt-queries.ts';
import { findUnit, todayIn } from '../db/reference-queries.ts';
import type { BillingAccount } from '../domain/billing-account.ts';
import { Exact } from '../domain/exact.ts';
import type { PrintBillInput } from '../graphql/generated.ts';
import { lineMonths } from './line-facts.ts';
import { visibleAccount } from './lock-counter.ts';
import { nameOnPaper } from './name-on-paper.ts';
import { bothWords, capitalWords, moneyWords, periodWords, placeWords } from './paper-words.ts';

type Line = Awaited<ReturnType<typeof linesOfCharges>>[number];

/** How much of what at which price, and the tax in it; a charge without a line was agreed elsewhere. */
function priceWords(line: Line | undefined, tax: string): string[] {
  if (line === undefined) return ['—', '—', tax];
  const months = lineMonths(line);
  const quantity = months === null || line.method === 'METER' ? line.quantity : `${line.quantity} × ${months}`;
  const percent = new Exact(line.taxRate).times(100).toFixed();
  const rate = line.rate === null ? '—' : new Exact(line.rate).div(100).toFixed();
  return [quantity, line.method === 'LATE_FEE' ? `${Number(line.rate) * 1000}‰` : rate, `${tax} (${percent} %)`];
}

async function specOf(tx: Tx, account: BillingAccount, payer: string | null): Promise<DocumentSpec> {
  const charges = await openChargesOf(tx, account.id);
  const currency = charges[0]?.currency ?? 'CNY';
  const total = charges.reduce((sum, { outstanding }) => sum + outstanding, 0);
  const facts: [string, string][] = [
    [bothWords(tx, 'paper.account'), account.number],
    [bothWords(tx, 'paper.payer'), payer ?? '—'],
    [bothWords(tx, 'paper.unit'), placeWords(account.unitId === null ? null : await findUnit(tx, account.unitId))],
    [bothWords(tx, 'paper.issuedOn'), await todayIn(tx, account.communityId)],
  ];
  const lines = new Map((await linesOfCharges(tx, charges)).map((line) => [line.id, line]));
  const head = ['chargeType', 'period', 'quantity', 'unitPrice', 'tax', 'dueOn', 'outstanding'].map((key) =>
    bothWords(tx, `paper.${key}`),
  );
  const rows = charges.map(({ id, chargeTypeCode, periodFrom, periodTo, taxAmount, dueOn, outstanding }) => [
    bothWords(tx, `chargeType.${chargeTypeCode}`),
    periodWords(periodFrom, periodTo),
    ...priceWords(lines.get(id), moneyWords(taxAmount, currency)),
    dueOn ?? '—',
    moneyWords(outstanding, currency),
  ]);
  const words = `${bothWords(tx, 'paper.total')}  ${moneyWords(total, currency)}  ${capitalWords(Math.max(total, 0), currency)}`;
  const blocks: DocumentSpec['blocks'] = [
    { kind: 'facts', facts },
    { kind: 'table', head, rows, widths: [3, 3, 2, 2, 2, 2, 2] },
    { kind: 'text', text: words, isStrong: true },
  ];
  return { title: bothWords(tx, 'paper.bill'), blocks, createdAt: txScope(tx).now };
}

/** What a liable party owes, as a bill on paper. */
export async function printBill(tx: Tx, input: PrintBillInput): Promise<{ id: string; fileId: string }> {
  const { communityId } = input;
  const account = await visibleAccount(tx, communityId, input.billingAccountId);
  await authorize(tx, billingAccountAggregate.subject(account));
  const naming = { billingAccountId: account.id, name: input.payerName, path: 'input.payerName' };
  const content = await renderPdf(await specOf(tx, account, await nameOnPaper(tx, naming)));
  const file = {
    purpose: 'bill',
    contentType: 'application/pdf' as const,
    fileName: `${account.number}.pdf`,
    communityId,
  };
  const fileId = await keepGenerated(tx, file, content);
  await keepPrint(tx, { aggregateId: account.id, kind: 'BILL', copy: await printsOf(tx, account.id, 'BILL'), fileId });
  return { id: account.id, fileId };
}
