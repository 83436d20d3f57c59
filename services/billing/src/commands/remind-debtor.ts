import { deadlineAfter } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { formatAmount } from '@steward/documents';
import { dunningCaseReminded } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { notify, saveAndTell, sealOptional } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { keepStep, type Overdue } from '../db/dunning-queries.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkReminder, reminderPayBy } from '../domain/dunning-rules.ts';
import type { RemindDebtorInput } from '../graphql/generated.ts';
import { startLetterClock } from './dunning-clocks.ts';
import { debtOf } from './dunning-debt.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';
import { lastDayWords } from './paper-words.ts';

/** By message, to the household, in numbers that fit any text. */
async function sendReminder(tx: Tx, reminded: DunningCase, owed: Overdue, payBy: string): Promise<void> {
  const { id: aggregateId, communityId, householdId, number } = reminded;
  if (householdId === null) return;
  const amount = formatAmount(owed.amount).replaceAll(',', '');
  // A hyphen for what has no period: a message takes figures and codes alone.
  const to = owed.periodTo === null ? '-' : lastDayWords(owed.periodTo);
  const params = { number, amount, from: owed.periodFrom ?? '-', to, payBy };
  const about = { communityId, to: { householdId }, template: 'paymentReminder', params, aggregateId };
  await notify(tx, { ...about, channel: 'SMS' });
}

/** Step 1: by phone or SMS, with amount, period and the day to pay by; kept with its proof (A079). */
export async function remindDebtor(tx: Tx, input: RemindDebtorInput): Promise<{ id: string }> {
  const found = await lockForAction(tx, dunningCaseAggregate, 'remindDebtor', input);
  const { communityId, billingAccountId, householdId, currency } = found;
  const { owed, today, figures } = await debtOf(tx, communityId, billingAccountId);
  const payBy = input.dueOn ?? reminderPayBy(today, figures);
  const proofFileIds = [...(input.proofFileIds ?? [])];
  const hasRecord = proofFileIds.length > 0 || (input.note ?? '').trim() !== '';
  const { amount, channel } = input;
  const hasHousehold = householdId !== null;
  checkReminder({ amount, payBy, channel, hasRecord }, { amount: owed.amount, today, hasHousehold });
  await requireUploaded(tx, proofFileIds, 'document', 'input.proofFileIds');
  const { now } = txScope(tx);
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const isFirst = found.firstRemindedAt === null;
  const letterDueAt = deadlineAfter(now, { amount: figures.formalLetterMonths, unit: 'month' }, zone);
  const first = isFirst ? { firstRemindedAt: now, letterDueAt } : {};
  const after = { ...found, ...first, status: statusAfter('remindDebtor') as 'REMINDED' };
  const fact = { dunningCaseId: found.id, billingAccountId, owed: { amount: owed.amount, currency }, payBy };
  const note = { action: 'remindDebtor', reasonCode: channel, rule: 'A079' };
  const saved = await saveAndTell(tx, dunningCaseAggregate, { before: found, after, note }, [
    dunningCaseReminded,
    () => fact,
  ]);
  await keepStep(tx, {
    caseId: saved.id,
    kind: 'REMINDER',
    channel,
    occurredAt: now,
    amount: owed.amount,
    payBy,
    periodFrom: owed.periodFrom,
    periodTo: owed.periodTo,
    trackingNumber: null,
    proofFileIds,
    noteSealed: sealOptional(tx, input.note),
    staffId: actingStaff(tx),
  });
  if (isFirst) await startLetterClock(tx, saved, { zone });
  if (channel === 'SMS') await sendReminder(tx, saved, owed, payBy);
  return { id: saved.id };
}
