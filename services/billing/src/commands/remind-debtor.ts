import { deadlineAfter } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { formatAmount } from '@steward/documents';
import { dunningCaseReminded } from '@steward/events';
import { requireUploaded } from '@steward/files';
import { notify, sealOptional, startDeadline } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { keepStep } from '../db/dunning-queries.ts';
import { communityOfBooks } from '../db/reference-queries.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { checkReminder, reminderPayBy } from '../domain/dunning-rules.ts';
import type { RemindDebtorInput } from '../graphql/generated.ts';
import { debtOf } from './dunning-debt.ts';
import { actingStaff, lockForAction } from './lock-counter.ts';
import { saveAndTell } from './save-charging.ts';

/** The letter's clock runs from the first recorded notice (settled reading 7). */
async function startLetterClock(tx: Tx, saved: DunningCase, zone: string): Promise<void> {
  if (saved.letterDueAt === null) return;
  const escalations = [{ afterShare: 1, to: { role: 'supervisor' as const } }];
  const spec = { kind: 'FORMAL_LETTER', rule: 'A080', span: { dueAt: saved.letterDueAt }, escalations };
  await startDeadline(
    tx,
    dunningCaseAggregate,
    saved,
    { ...spec, warnShare: 0.9, warnTo: { role: 'clerk' as const } },
    { zone },
  );
}

/** Step 1: by phone or SMS, with amount, period and the day to pay by; kept with its proof (A079). */
export async function remindDebtor(tx: Tx, input: RemindDebtorInput): Promise<{ id: string }> {
  const found = await lockForAction(tx, dunningCaseAggregate, 'remindDebtor', input);
  const { communityId, billingAccountId, householdId, currency, number } = found;
  const { owed, today, figures } = await debtOf(tx, communityId, billingAccountId);
  const payBy = input.dueOn ?? reminderPayBy(today, figures);
  checkReminder({ amount: input.amount, payBy }, { amount: owed.amount, today });
  const proofFileIds = [...(input.proofFileIds ?? [])];
  await requireUploaded(tx, proofFileIds, 'document', 'input.proofFileIds');
  const { now } = txScope(tx);
  const { timeZone: zone } = await communityOfBooks(tx, communityId);
  const isFirst = found.firstRemindedAt === null;
  const letterDueAt = deadlineAfter(now, { amount: figures.formalLetterMonths, unit: 'month' }, zone);
  const first = isFirst ? { firstRemindedAt: now, letterDueAt } : {};
  const after = { ...found, ...first, status: statusAfter('remindDebtor') as 'REMINDED' };
  const fact = { dunningCaseId: found.id, billingAccountId, owed: { amount: owed.amount, currency }, payBy };
  const note = { action: 'remindDebtor', reasonCode: input.channel, rule: 'A079' };
  const saved = await saveAndTell(tx, dunningCaseAggregate, { before: found, after, note }, [
    dunningCaseReminded,
    () => fact,
  ]);
  await keepStep(tx, {
    caseId: saved.id,
    kind: 'REMINDER',
    channel: input.channel,
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
  if (isFirst) await startLetterClock(tx, saved, zone);
  if (input.channel === 'SMS' && householdId !== null) {
    const params = {
      number,
      amount: formatAmount(owed.amount).replaceAll(',', ''),
      from: owed.periodFrom,
      to: owed.periodTo,
      payBy,
    };
    await notify(tx, {
      communityId,
      to: { householdId },
      template: 'paymentReminder',
      params,
      channel: 'SMS',
      aggregateId: saved.id,
    });
  }
  return { id: saved.id };
}
