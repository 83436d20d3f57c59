import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { expenditureRecorded } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  authorize,
  insertAggregate,
  managedCommunity,
  nextNumber,
  publish,
  resolvePolicy,
  seal,
} from '@steward/service-kit';

import { expenditureAggregate } from '../db/counter-aggregates.ts';
import { isDocumentKnown } from '../db/expenditure-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { counterPrefixes, refundPolicy } from '../domain/counter-policy.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkExpenditure, expenditureApprover } from '../domain/expenditure-rules.ts';
import type { Expenditure } from '../domain/expenditure.ts';
import type { RecordExpenditureInput } from '../graphql/generated.ts';

export const expenditureFact = ({ id, amount, currency }: Expenditure) => ({
  expenditureId: id,
  spent: { amount, currency },
});

/** A supplier's invoice is to be paid, under the codes of the budget; another hand approves it (A003). */
export async function recordExpenditure(tx: Tx, input: RecordExpenditureInput): Promise<{ id: string }> {
  const { communityId, payee, documentOn } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone, currency } = await managedCommunity(tx, communityId);
  const lines = input.lines.map(({ code, amount }) => ({ code, amount }));
  const proofFileIds = [...input.proofFileIds];
  const documentNumber = input.documentNumber.trim();
  const entry = { payee, documentNumber, documentOn, lines, proofFileIds };
  const amount = checkExpenditure(entry, await todayIn(tx, communityId));
  await requireUploaded(tx, proofFileIds, 'document', 'input.proofFileIds');
  if (await isDocumentKnown(tx, { communityId, documentNumber, amount }))
    throw new DomainError('CONFLICT', 'DOCUMENT_KNOWN', { rule: 'A003', params: { number: documentNumber } });
  const figures = await resolvePolicy(tx, refundPolicy, communityId);
  const undecided = { decidedBy: null, decidedAt: null };
  const unpaid = { means: null, reference: null, paidBy: null, paidAt: null, transactionId: null };
  const fresh = {
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, counterPrefixes.expenditure, zone),
    status: statusAfter('recordExpenditure') as 'RECORDED',
    payeeSealed: seal(tx, payee.trim()),
    documentNumber,
    documentOn,
    lines,
    amount,
    currency,
    proofFileIds,
    approverRole: expenditureApprover(amount, figures),
    recordedBy: txScope(tx).actor.sub,
    ...undecided,
    ...unpaid,
    reversedAt: null,
    reasonCode: null,
  };
  const note = { action: 'recordExpenditure', rule: 'A003' };
  const expenditure = await insertAggregate(tx, expenditureAggregate, fresh, note);
  publish(tx, expenditure, expenditureRecorded, expenditureFact(expenditure));
  return { id: expenditure.id };
}

recordExpenditure.repeats = 'forGood' as const;
