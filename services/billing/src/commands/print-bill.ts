import { txScope, type Tx } from '@steward/db';
import { renderPdf, type DocumentSpec } from '@steward/documents';
import { keepGenerated } from '@steward/files';
import { authorize } from '@steward/service-kit';

import { openChargesOf } from '../db/charge-queries.ts';
import { billingAccountAggregate } from '../db/ledger-aggregates.ts';
import { keepPrint, printsOf } from '../db/receipt-queries.ts';
import { findUnit, todayIn } from '../db/reference-queries.ts';
import type { BillingAccount } from '../domain/billing-account.ts';
import type { PrintBillInput } from '../graphql/generated.ts';
import { visibleAccount } from './lock-counter.ts';
import { bothWords, capitalWords, moneyWords, periodWords, placeWords } from './paper-words.ts';

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
  const head = ['paper.chargeType', 'paper.period', 'paper.dueOn', 'paper.outstanding'].map((key) =>
    bothWords(tx, key),
  );
  const rows = charges.map(({ chargeTypeCode, periodFrom, periodTo, dueOn, outstanding }) => [
    bothWords(tx, `chargeType.${chargeTypeCode}`),
    periodWords(periodFrom, periodTo),
    dueOn ?? '—',
    moneyWords(outstanding, currency),
  ]);
  const words = `${bothWords(tx, 'paper.total')}  ${moneyWords(total, currency)}  ${capitalWords(Math.max(total, 0), currency)}`;
  const blocks: DocumentSpec['blocks'] = [
    { kind: 'facts', facts },
    { kind: 'table', head, rows, widths: [4, 3, 2, 2] },
    { kind: 'text', text: words, isStrong: true },
  ];
  return { title: bothWords(tx, 'paper.bill'), blocks, createdAt: txScope(tx).now };
}

/** What a liable party owes, as a bill on paper. */
export async function printBill(tx: Tx, input: PrintBillInput): Promise<{ id: string; fileId: string }> {
  const { communityId } = input;
  const account = await visibleAccount(tx, communityId, input.billingAccountId);
  await authorize(tx, billingAccountAggregate.subject(account));
  const content = await renderPdf(await specOf(tx, account, input.payerName?.trim() ?? null));
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
