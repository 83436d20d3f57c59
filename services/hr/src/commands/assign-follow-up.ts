import { DomainError, endOfLocalDay, localDate, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { followUpEvents } from '@steward/events';
import {
  cancelDeadlines,
  insertAggregates,
  lockAuthorized,
  meetDeadline,
  nextNumbers,
  notify,
  publish,
  resolvePolicy,
  saveAndTell,
  seal,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { followUpAggregate } from '../db/training-aggregates.ts';
import { qualityReviewEntity } from '../db/training-entities.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import type { FollowUpTerms } from '../domain/meeting-rules.ts';
import type { FollowUp } from '../domain/staff-meeting.ts';
import { followUpFact } from '../domain/training-facts.ts';
import { trainingPolicy, trainingPrefixes } from '../domain/training-policy.ts';
import type { CancelFollowUpInput, CompleteFollowUpInput, ReopenFollowUpInput } from '../graphql/generated.ts';

type Source = { communityId: string; meetingId: string | null; reviewId: string | null };

export const ruleOfFollowUp = ({ reviewId }: Pick<FollowUp, 'reviewId'>): string =>
  reviewId === null ? 'A240' : 'A256';

/** What was undertaken at a meeting or by a review, each with the clock of its day. */
export async function assignFollowUps(
  tx: Tx,
  source: Source,
  terms: readonly FollowUpTerms[],
  zone: string,
): Promise<void> {
  const { communityId } = source;
  const count = terms.length;
  if (count === 0) return;
  const numbers = await nextNumbers(tx, { communityId, prefix: trainingPrefixes.followUp, zone, count });
  const fresh = terms.map(({ staffId, description, dueOn }, index) => ({
    id: newId(),
    number: numbers[index] ?? '',
    ...source,
    staffId,
    descriptionSealed: seal(tx, description.trim()),
    dueOn,
    status: 'OPEN' as const,
    resultSealed: null,
    completedAt: null,
  }));
  const note = { action: 'assignFollowUps', rule: ruleOfFollowUp(source) };
  for (const followUp of await insertAggregates(tx, followUpAggregate, fresh, note)) {
    publish(tx, followUp, followUpEvents.assigned, followUpFact(followUp));
    await startFollowUpClock(tx, followUp, zone);
    await tellOfFollowUp(tx, followUp, 'followUpAssigned');
  }
}

/** To the end of its day; what is not done by then goes up. */
export async function startFollowUpClock(tx: Tx, followUp: FollowUp, zone: string): Promise<void> {
  const { reminderPercent } = await resolvePolicy(tx, trainingPolicy, followUp.communityId);
  const responsible = { staffId: followUp.staffId };
  const escalations = [
    { afterShare: 1, to: responsible },
    { afterShare: 1, to: { role: 'supervisor' as const } },
    { afterShare: 2, to: { role: 'director' as const } },
  ];
  const span = { dueAt: endOfLocalDay(followUp.dueOn, zone) };
  const warning = { warnShare: reminderPercent / 100, warnTo: responsible };
  const spec = { kind: 'FOLLOW_UP', rule: ruleOfFollowUp(followUp), span, ...warning, escalations };
  await startDeadline(tx, followUpAggregate, followUp, spec, { zone });
}

export async function tellOfFollowUp(tx: Tx, followUp: FollowUp, template: string): Promise<void> {
  const { communityId, staffId, number, dueOn, id: aggregateId } = followUp;
  await notify(tx, { communityId, to: { staffId }, template, params: { number, dueOn }, aggregateId });
}

/** Whoever undertook it, or a leader, says what came of it. */
export async function completeFollowUp(tx: Tx, input: CompleteFollowUpInput): Promise<{ id: string }> {
  const followUp = await lockAuthorized(tx, followUpAggregate, input);
  const done = moveBy(followUp, 'completeFollowUp', 'DONE');
  const result = input.result.trim();
  if (result === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.result' });
  const after = { ...done, resultSealed: seal(tx, result), completedAt: txScope(tx).now };
  const note = { action: 'completeFollowUp', rule: ruleOfFollowUp(followUp) };
  const told = [followUpEvents.completed, followUpFact] as const;
  const saved = await saveAndTell(tx, followUpAggregate, { before: followUp, after, note }, told);
  await meetDeadline(tx, saved, 'FOLLOW_UP');
  return { id: saved.id };
}

/** A leader is not content: it is done again, by a new day. */
export async function reopenFollowUp(tx: Tx, input: ReopenFollowUpInput): Promise<{ id: string }> {
  const { dueOn } = input;
  const followUp = await lockAuthorized(tx, followUpAggregate, input);
  const open = moveBy(followUp, 'reopenFollowUp', 'OPEN');
  const reason = requireReason(input.reason);
  const zone = await zoneOf(tx, followUp.communityId);
  if (dueOn < localDate(txScope(tx).now, zone))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_PAST', { path: 'input.dueOn' });
  await requireReviewOpen(tx, followUp);
  const after = { ...open, dueOn, resultSealed: null, completedAt: null };
  const note = { action: 'reopenFollowUp', rule: ruleOfFollowUp(followUp), reason };
  const told = [followUpEvents.reopened, followUpFact] as const;
  const saved = await saveAndTell(tx, followUpAggregate, { before: followUp, after, note }, told);
  await startFollowUpClock(tx, saved, zone);
  await tellOfFollowUp(tx, saved, 'followUpReopened');
  return { id: saved.id };
}

/** What a review rested on when it was closed stays done. */
async function requireReviewOpen(tx: Tx, { reviewId }: FollowUp): Promise<void> {
  if (reviewId === null) return;
  // Shared with whoever closes it: one of the two sees what the other did.
  const { status } = await tx
    .createQueryBuilder(qualityReviewEntity, 'r')
    .setLock('pessimistic_read')
    .where('r.id = :reviewId', { reviewId })
    .getOneOrFail();
  if (status === 'CLOSED') throw new DomainError('CONFLICT', 'REVIEW_CLOSED', { rule: 'A256' });
}

export async function cancelFollowUp(tx: Tx, input: CancelFollowUpInput): Promise<{ id: string }> {
  const followUp = await lockAuthorized(tx, followUpAggregate, input);
  const cancelled = moveBy(followUp, 'cancelFollowUp', 'CANCELLED');
  const note = { action: 'cancelFollowUp', rule: ruleOfFollowUp(followUp), reason: requireReason(input.reason) };
  const told = [followUpEvents.cancelled, followUpFact] as const;
  const saved = await saveAndTell(tx, followUpAggregate, { before: followUp, after: cancelled, note }, told);
  await cancelDeadlines(tx, saved, 'FOLLOW_UP');
  await tellOfFollowUp(tx, saved, 'followUpCancelled');
  return { id: saved.id };
}
