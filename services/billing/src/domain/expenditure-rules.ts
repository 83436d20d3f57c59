import { refuseAll, type Violation } from '@steward/core';

import type { RefundValues } from './counter-policy.ts';
import type { Expenditure, ExpenditureLine } from './expenditure.ts';

/** Why an expenditure that was paid is taken back. */
export const expenditureReversalReasons: readonly string[] = [
  'WRONG_AMOUNT',
  'WRONG_CODE',
  'ENTERED_TWICE',
  'MONEY_BACK',
];

/** Who decides about what another hand has recorded. */
export const expenditureApprover = (
  amount: number,
  { supervisorExpenditureAmount }: RefundValues,
): Expenditure['approverRole'] => (amount <= supervisorExpenditureAmount ? 'administrativeSupervisor' : 'director');

export type ExpenditureEntry = {
  payee: string;
  documentNumber: string;
  documentOn: string;
  lines: readonly ExpenditureLine[];
  proofFileIds: readonly string[];
};

/** To whom, on which paper with its proof, and for what of the budget (A003); answers the sum. */
export function checkExpenditure(entry: ExpenditureEntry, today: string): number {
  const rule = 'A003';
  const violations: Violation[] = [];
  const refuse = (path: string, reason: string): void => void violations.push({ path: `input.${path}`, reason, rule });
  if (entry.payee.trim() === '') refuse('payee', 'PAYEE_REQUIRED');
  if (entry.documentNumber.trim() === '') refuse('documentNumber', 'DOCUMENT_REQUIRED');
  if (entry.documentOn > today) refuse('documentOn', 'IN_THE_FUTURE');
  if (entry.proofFileIds.length === 0) refuse('proofFileIds', 'PROOF_REQUIRED');
  if (entry.lines.length === 0) refuse('lines', 'LINES_REQUIRED');
  entry.lines.forEach(({ code, amount }, index) => {
    if (!Number.isSafeInteger(amount) || amount < 1) refuse(`lines.${index}`, 'AMOUNT_NOT_POSITIVE');
    if (!/^[A-Z][A-Z0-9_]*$/.test(code)) refuse(`lines.${index}`, 'CODE_MALFORMED');
  });
  refuseAll(violations);
  return entry.lines.reduce((sum, { amount }) => sum + amount, 0);
}
