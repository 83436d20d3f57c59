import { txScope, type Tx } from '@steward/db';
import { dunningCaseHandedToLegal } from '@steward/events';
import { cancelDeadlines, saveAndTell, sealOptional } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { keepStep } from '../db/dunning-queries.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkLegal, longRefusedSince } from '../domain/dunning-rules.ts';
import type { HandDebtToLegalInput } from '../graphql/generated.ts';
import { debtOf } from './dunning-debt.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';

/** Step 4: what is refused long, without ground and seriously is pursued by law, as the director decides (A082). */
export async function handDebtToLegal(tx: Tx, input: HandDebtToLegalInput): Promise<{ id: string }> {
  const found = await lockForAction(tx, dunningCaseAggregate, 'handDebtToLegal', input);
  const { communityId, billingAccountId, currency, cause } = found;
  const { owed, today, figures } = await debtOf(tx, communityId, billingAccountId);
  const { isSerious } = input;
  checkLegal({ cause, isSerious, oldestDueOn: owed.oldestDueOn, longSince: longRefusedSince(today, figures) });
  const { now } = txScope(tx);
  const after = { ...found, status: statusAfter('handDebtToLegal') as 'LEGAL', legalAt: now };
  const fact = { dunningCaseId: found.id, billingAccountId, owed: { amount: owed.amount, currency } };
  const step = { before: found, after, note: { action: 'handDebtToLegal', rule: 'A082' } };
  const saved = await saveAndTell(tx, dunningCaseAggregate, step, [dunningCaseHandedToLegal, () => fact]);
  await keepStep(tx, {
    caseId: saved.id,
    kind: 'LEGAL',
    channel: 'COURT',
    occurredAt: now,
    amount: owed.amount,
    payBy: null,
    periodFrom: owed.periodFrom,
    periodTo: owed.periodTo,
    trackingNumber: null,
    proofFileIds: [],
    noteSealed: sealOptional(tx, input.note),
    staffId: actingStaff(tx),
  });
  await cancelDeadlines(tx, saved);
  return { id: saved.id };
}
