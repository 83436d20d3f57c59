import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { renderPdf, type DocumentSpec } from '@steward/documents';
import { keepGenerated } from '@steward/files';
import { lockAuthorized } from '@steward/service-kit';

import { serviceLinesOf } from '../db/charge-queries.ts';
import { chargeAggregate } from '../db/ledger-aggregates.ts';
import { keepPrint, printsOf } from '../db/receipt-queries.ts';
import { findUnit, todayIn } from '../db/reference-queries.ts';
import type { Charge, ChargeServiceLine } from '../domain/charge.ts';
import type { PrintServiceSlipInput } from '../graphql/generated.ts';
import { nameOnPaper } from './name-on-paper.ts';
import { bothSentences, bothWords, capitalWords, moneyWords, placeWords } from './paper-words.ts';

async function specOf(
  tx: Tx,
  charge: Charge,
  lines: readonly ChargeServiceLine[],
  payer: string | null,
): Promise<DocumentSpec> {
  const { amount, currency, unitId } = charge;
  const facts: [string, string][] = [
    [bothWords(tx, 'paper.chargeNumber'), charge.number],
    [bothWords(tx, 'paper.orderId'), charge.causeId],
    [bothWords(tx, 'paper.payer'), payer ?? '—'],
    [bothWords(tx, 'paper.unit'), placeWords(unitId === null ? null : await findUnit(tx, unitId))],
    [bothWords(tx, 'paper.issuedOn'), await todayIn(tx, charge.communityId)],
  ];
  const head = ['paper.service', 'paper.quantity', 'paper.unitPrice', 'paper.amount'].map((key) => bothWords(tx, key));
  const rows = lines.map((line) => [
    line.serviceCode,
    `${line.quantity} ${line.unit}`,
    moneyWords(line.unitPriceAmount, currency),
    moneyWords(line.amount, currency),
  ]);
  const total = `${bothWords(tx, 'paper.total')}  ${moneyWords(amount, currency)}  ${capitalWords(amount, currency)}`;
  const blocks: DocumentSpec['blocks'] = [
    { kind: 'facts', facts },
    { kind: 'table', head, rows, widths: [4, 2, 2, 2] },
    { kind: 'text', text: total, isStrong: true },
    { kind: 'text', text: bothSentences(tx, 'paper.slipText', {}) },
    { kind: 'signatures', lines: [bothWords(tx, 'paper.orderedBy'), bothWords(tx, 'paper.doneBy')] },
  ];
  return { title: bothWords(tx, 'paper.serviceSlip'), blocks, createdAt: txScope(tx).now };
}

/** A paid service on paper, as it was agreed line by line, for the signatures of both (A205, B050). */
export async function printServiceSlip(tx: Tx, input: PrintServiceSlipInput): Promise<{ id: string; fileId: string }> {
  const charge = await lockAuthorized(tx, chargeAggregate, input);
  const { id, communityId, number, billingAccountId } = charge;
  const lines = await serviceLinesOf(tx, id);
  if (lines.length === 0) throw new DomainError('CONFLICT', 'CHARGE_NOT_OF_SERVICE', { rule: 'B050' });
  const payer = await nameOnPaper(tx, { billingAccountId, name: input.payerName, path: 'input.payerName' });
  const content = await renderPdf(await specOf(tx, charge, lines, payer));
  const file = { purpose: 'slip', contentType: 'application/pdf' as const, fileName: `${number}.pdf`, communityId };
  const fileId = await keepGenerated(tx, file, content);
  await keepPrint(tx, { aggregateId: id, kind: 'SERVICE_SLIP', copy: await printsOf(tx, id, 'SERVICE_SLIP'), fileId });
  return { id, fileId };
}
