import { txScope, type Tx } from '@steward/db';
import { dunningCaseLetterSent } from '@steward/events';
import { meetDeadline, saveAndTell } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { keepStep, livesInEstate } from '../db/dunning-queries.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkLetter, reminderPayBy } from '../domain/dunning-rules.ts';
import type { SendFormalLetterInput } from '../graphql/generated.ts';
import { startVisitClock } from './dunning-clocks.ts';
import { debtOf } from './dunning-debt.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';

/** Step 2: the formal letter by express mail, three months after the first notice; its number is the proof (A080). */
export async function sendFormalLetter(tx: Tx, input: SendFormalLetterInput): Promise<{ id: string }> {
  const found = await lockForAction(tx, dunningCaseAggregate, 'sendFormalLetter', input);
  const { communityId, billingAccountId, letterDueAt, currency } = found;
  const { now } = txScope(tx);
  const { trackingNumber } = input;
  const { owed, today, figures } = await debtOf(tx, communityId, billingAccountId);
  checkLetter({ trackingNumber, letterDueAt, now });
  const status = statusAfter('sendFormalLetter') as 'LETTER_SENT';
  const after = { ...found, status, letterSentAt: now, trackingNumber };
  const fact = { dunningCaseId: found.id, billingAccountId, owed: { amount: owed.amount, currency }, trackingNumber };
  const step = { before: found, after, note: { action: 'sendFormalLetter', rule: 'A080' } };
  const saved = await saveAndTell(tx, dunningCaseAggregate, step, [dunningCaseLetterSent, () => fact]);
  await keepStep(tx, {
    caseId: saved.id,
    kind: 'LETTER',
    channel: 'EXPRESS_MAIL',
    occurredAt: now,
    amount: owed.amount,
    trackingNumber,
    payBy: reminderPayBy(today, figures),
    periodFrom: owed.periodFrom,
    periodTo: owed.periodTo,
    proofFileIds: [],
    noteSealed: null,
    staffId: actingStaff(tx),
  });
  await meetDeadline(tx, saved, 'FORMAL_LETTER');
  if (!(await livesInEstate(tx, saved, today))) return { id: saved.id };
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  await startVisitClock(tx, saved, figures, { zone });
  return { id: saved.id };
}
