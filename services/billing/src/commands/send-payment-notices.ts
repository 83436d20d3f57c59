import { txScope, type Tx } from '@steward/db';
import { chargeRunNoticesSent } from '@steward/events';
import {
  lockAggregate,
  meetDeadline,
  notify,
  publish,
  saveAggregate,
  schedule,
  type DueTimer,
} from '@steward/service-kit';

import { chargeRunAggregate } from '../db/charging-aggregates.ts';
import { householdsOwing } from '../db/notice-queries.ts';
import { chargesLimits } from '../domain/charges-policy.ts';
import { chargeRunFact } from './charge-run-facts.ts';
import { lastDayWords } from './paper-words.ts';

export const noticeTimer = 'charge-run-notices';

/** Timer: tells the next households what they have to pay, for which days and until when (A254). */
export async function sendPaymentNotices(tx: Tx, due: DueTimer<{ after?: string }>): Promise<void> {
  const run = await lockAggregate(tx, chargeRunAggregate, due.aggregateId ?? '');
  if (run.status !== 'POSTED' || run.noticesSentAt !== null) return;
  const { id: runId, communityId, periodFrom, periodTo, dueOn, currency } = run;
  const { noticeHouseholds } = chargesLimits;
  const owing = await householdsOwing(tx, runId, due.payload.after ?? null, noticeHouseholds);
  for (const { householdId, amount, charges } of owing) {
    const words = { periodFrom, periodTo: lastDayWords(periodTo) };
    const params = { amount: amount / 100, currency, charges, ...words, dueOn };
    const about = { communityId, to: { householdId }, template: 'paymentNotice', params, aggregateId: runId };
    await notify(tx, about);
    await notify(tx, { ...about, channel: 'SMS' });
  }
  const { now } = txScope(tx);
  if (owing.length === noticeHouseholds) {
    const after = owing.at(-1)?.householdId as string;
    await schedule(tx, { kind: noticeTimer, aggregateId: runId, communityId, dueAt: now, payload: { after } });
    return;
  }
  const note = { action: 'sendPaymentNotices', rule: 'A254' };
  const saved = await saveAggregate(tx, chargeRunAggregate, run, { ...run, noticesSentAt: now }, note);
  publish(tx, saved, chargeRunNoticesSent, chargeRunFact(saved));
  await meetDeadline(tx, saved, 'PAYMENT_NOTICES');
}
