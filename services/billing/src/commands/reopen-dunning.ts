import type { Tx } from '@steward/db';
import { dunningCaseReopened } from '@steward/events';
import { lockAggregate, resolvePolicy, saveAndTell } from '@steward/service-kit';

import { dunningCaseAggregate } from '../db/counter-aggregates.ts';
import { caseEndedWith, livesInEstate, lockOpenCaseOf } from '../db/dunning-queries.ts';
import { communityOfBooks, todayIn } from '../db/reference-queries.ts';
import type { OpenCharge } from '../domain/charge.ts';
import { dunningPolicy, type DunningValues } from '../domain/counter-policy.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { overdueSince, statusBefore } from '../domain/dunning-rules.ts';
import type { Payment } from '../domain/payment.ts';
import { startCauseClock, startLetterClock, startVisitClock } from './dunning-clocks.ts';

/** The clocks that stood when the case ended run on from where they began; who does not pay is asked anew. */
async function restartClocks(tx: Tx, saved: DunningCase, figures: DunningValues): Promise<void> {
  const { timeZone: zone } = await communityOfBooks(tx, saved.communityId);
  const { status, cause, firstRemindedAt, letterSentAt } = saved;
  if (cause === null && status !== 'LEGAL') await startCauseClock(tx, saved, figures, { zone });
  if (status === 'REMINDED' && firstRemindedAt !== null)
    await startLetterClock(tx, saved, { zone, startedAt: firstRemindedAt });
  if (status !== 'LETTER_SENT' || letterSentAt === null) return;
  if (await livesInEstate(tx, saved, await todayIn(tx, saved.communityId)))
    await startVisitClock(tx, saved, figures, { zone, startedAt: letterSentAt });
}

/**
 * A payment is void, and what it paid is overdue again: the case that it helped to end goes on where it stood, with the
 * day of its first notice, because nobody has paid since. Where another case is open the debt is that one's.
 */
export async function reopenDunning(tx: Tx, payment: Payment, charges: readonly OpenCharge[]): Promise<void> {
  const { communityId, billingAccountId, createdAt } = payment;
  const figures = await resolvePolicy(tx, dunningPolicy, communityId);
  const since = overdueSince(await todayIn(tx, communityId), figures);
  const isOverdue = ({ status, dueOn, occurredOn }: OpenCharge): boolean =>
    status !== 'REVERSED' && (dueOn ?? occurredOn) <= since;
  if (!charges.some(isOverdue) || (await lockOpenCaseOf(tx, billingAccountId)) !== null) return;
  const ended = await caseEndedWith(tx, billingAccountId, createdAt);
  if (ended === null) return;
  const before = await lockAggregate(tx, dunningCaseAggregate, ended);
  const after = { ...before, status: statusBefore(before), settledAt: null };
  const note = { action: 'reopenDunning', rule: 'A080' };
  const fact = { dunningCaseId: before.id, billingAccountId };
  const saved = await saveAndTell(tx, dunningCaseAggregate, { before, after, note }, [dunningCaseReopened, () => fact]);
  await restartClocks(tx, saved, figures);
}
