import { txScope, type Tx } from '@steward/db';
import { renderPdf, type DocumentSpec } from '@steward/documents';
import { keepGenerated } from '@steward/files';
import { lockAuthorized } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { keepPrint, printsOf } from '../db/receipt-queries.ts';
import { findUnit } from '../db/reference-queries.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { reminderPayBy } from '../domain/dunning-rules.ts';
import type { PrintFormalLetterInput } from '../graphql/generated.ts';
import { debtOf } from './dunning-debt.ts';
import { nameOnPaper } from './name-on-paper.ts';
import { bothSentences, bothWords, capitalWords, moneyWords, periodWords, placeWords } from './paper-words.ts';

async function specOf(tx: Tx, found: DunningCase, addressee: string): Promise<DocumentSpec> {
  const { owed, today, figures } = await debtOf(tx, found.communityId, found.billingAccountId);
  const amount = `${moneyWords(owed.amount, found.currency)} (${capitalWords(owed.amount, found.currency)})`;
  const payBy = reminderPayBy(today, figures);
  const params = {
    addressee,
    amount,
    period: periodWords(owed.periodFrom, owed.periodTo),
    since: owed.oldestDueOn,
    payBy,
  };
  const facts: [string, string][] = [
    [bothWords(tx, 'paper.caseNumber'), found.number],
    [bothWords(tx, 'paper.addressee'), addressee],
    [bothWords(tx, 'paper.unit'), placeWords(found.unitId === null ? null : await findUnit(tx, found.unitId))],
    [bothWords(tx, 'paper.outstanding'), amount],
    [bothWords(tx, 'paper.period'), params.period],
    [bothWords(tx, 'paper.payBy'), payBy],
  ];
  const blocks: DocumentSpec['blocks'] = [
    { kind: 'facts', facts },
    { kind: 'text', text: bothSentences(tx, 'paper.letterText', params) },
    { kind: 'signatures', lines: [bothWords(tx, 'paper.seal'), `${bothWords(tx, 'paper.issuedOn')} ${today}`] },
  ];
  return { title: bothWords(tx, 'paper.formalLetter'), blocks, createdAt: txScope(tx).now };
}

/** The formal letter of a debt on paper, for the express mail (A080). */
export async function printFormalLetter(
  tx: Tx,
  input: PrintFormalLetterInput,
): Promise<{ id: string; fileId: string }> {
  const found = await lockAuthorized(tx, dunningCaseAggregate, input);
  const { id, communityId, number, billingAccountId } = found;
  const naming = { billingAccountId, name: input.addressee, path: 'input.addressee' };
  const addressee = (await nameOnPaper(tx, naming)) ?? '—';
  const content = await renderPdf(await specOf(tx, found, addressee));
  const file = { purpose: 'letter', contentType: 'application/pdf' as const, fileName: `${number}.pdf`, communityId };
  const fileId = await keepGenerated(tx, file, content);
  await keepPrint(tx, {
    aggregateId: id,
    kind: 'FORMAL_LETTER',
    copy: await printsOf(tx, id, 'FORMAL_LETTER'),
    fileId,
  });
  return { id, fileId };
}
