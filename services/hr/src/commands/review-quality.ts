import { localDate, monthOf, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { qualityReviewEvents, type EventDefinition, type StewardEvent } from '@steward/events';
import {
  findCommunityReference,
  insertAndTell,
  lockAuthorized,
  meetDeadline,
  nextNumber,
  notify,
  resolvePolicy,
  saveAndTell,
  seal,
  startDeadline,
  unseal,
  zoneOf,
} from '@steward/service-kit';

import { addToTally, followUpsOfReview, tallyOf } from '../db/meeting-queries.ts';
import { qualityReviewAggregate } from '../db/training-aggregates.ts';
import { qualityReviewEntity } from '../db/training-entities.ts';
import { requireChecker } from '../domain/document-rules.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import {
  figuresOf,
  followUpViolations,
  poorFigures,
  requireDone,
  reviewViolations,
  type FollowUpTerms,
} from '../domain/meeting-rules.ts';
import type { QualityFigure, QualityReview } from '../domain/staff-meeting.ts';
import { reviewFact } from '../domain/training-facts.ts';
import { trainingPolicy, trainingPrefixes } from '../domain/training-policy.ts';
import type {
  ApproveQualityReviewInput,
  CloseQualityReviewInput,
  ReturnQualityReviewInput,
  SubmitQualityReviewInput,
} from '../graphql/generated.ts';
import { assignFollowUps } from './assign-follow-up.ts';
import { strangers } from './training-context.ts';

/** Whether a figure tells of something to be mended. */
export const isPoorFigure = (figure: QualityFigure): boolean => poorFigures([figure]).length > 0;

/** Makes a reaction that counts a fact for the quality of its month; a fact that `codesOf` has no code for counts nothing. */
export const tally =
  <T>(codesOf: (data: T) => readonly string[]) =>
  async (tx: Tx, event: StewardEvent<T>): Promise<void> => {
    const { communityid: communityId, time } = event;
    if (communityId === undefined) return;
    const zone = (await findCommunityReference(tx, communityId))?.timeZone ?? 'UTC';
    const month = monthOf(new Date(time), zone);
    for (const code of codesOf(event.data)) await addToTally(tx, communityId, month, code);
  };

/** The figures of a month that is over, for the supervisor to analyse (A256). */
export async function openQualityReview(
  tx: Tx,
  communityId: string,
  month: string,
  { zone, startedAt }: { zone: string; startedAt: Date },
): Promise<void> {
  if (await tx.existsBy(qualityReviewEntity, { communityId, month })) return;
  const figures = figuresOf(await tallyOf(tx, communityId, month));
  const number = await nextNumber(tx, communityId, trainingPrefixes.review, zone);
  const open = { status: 'OPEN' as const, approvedAt: null, closedAt: null };
  const blank = { analysisSealed: null, remediesSealed: null, submittedBy: null };
  const fresh = { id: newId(), communityId, number, month, figures, ...open, ...blank };
  const note = { action: 'openQualityReview', rule: 'A256' };
  const told = [qualityReviewEvents.opened, reviewFact] as const;
  const review = await insertAndTell(tx, qualityReviewAggregate, fresh, note, told);
  await startReviewClock(tx, review, zone, startedAt);
  await tell(tx, review, 'supervisor', 'qualityReviewOpened');
}

async function startReviewClock(tx: Tx, review: QualityReview, zone: string, startedAt: Date): Promise<void> {
  const { qualityReviewDays: amount, reminderPercent } = await resolvePolicy(tx, trainingPolicy, review.communityId);
  const supervisor = { role: 'supervisor' as const };
  const escalations = [
    { afterShare: 1, to: supervisor },
    { afterShare: 1, to: { role: 'director' as const } },
  ];
  const span = { amount, unit: 'day' as const };
  const warning = { warnShare: reminderPercent / 100, warnTo: supervisor };
  const spec = { kind: 'QUALITY_REVIEW', rule: 'A256', span, ...warning, escalations };
  await startDeadline(tx, qualityReviewAggregate, review, spec, { zone, startedAt });
}

async function tell(tx: Tx, review: QualityReview, role: 'supervisor' | 'director', template: string): Promise<void> {
  const { communityId, number, month, id: aggregateId } = review;
  await notify(tx, { communityId, to: { role }, template, params: { number, month }, aggregateId });
}

type Step = {
  action: DutyAction;
  status: QualityReview['status'];
  fact: EventDefinition<ReturnType<typeof reviewFact>>;
  reason?: string;
  changes?: Partial<QualityReview>;
};

async function step(tx: Tx, review: QualityReview, { action, status, fact, reason, changes }: Step) {
  const after = { ...moveBy(review, action, status), ...changes };
  const note = { action, rule: 'A256', ...(reason === undefined ? {} : { reason }) };
  return saveAndTell(tx, qualityReviewAggregate, { before: review, after, note }, [fact, reviewFact]);
}

/** Analysis and remedies go to the director (A256). */
export async function submitQualityReview(tx: Tx, input: SubmitQualityReviewInput): Promise<{ id: string }> {
  const { now, actor } = txScope(tx);
  const review = await lockAuthorized(tx, qualityReviewAggregate, input);
  const remedies: FollowUpTerms[] = input.remedies.map(({ staffId, description, dueOn }) => ({
    staffId,
    description: description.trim(),
    dueOn,
  }));
  const changes = {
    analysisSealed: seal(tx, input.analysis.trim()),
    remediesSealed: seal(tx, JSON.stringify(remedies)),
    submittedBy: actor.sub,
  };
  const fact = qualityReviewEvents.submitted;
  const saved = await step(tx, review, { action: 'submitQualityReview', status: 'SUBMITTED', fact, changes });
  const today = localDate(now, await zoneOf(tx, review.communityId));
  const named = remedies.map(({ staffId }, index) => ({ staffId, path: `input.remedies.${index}.staffId` }));
  refuseAll([
    ...reviewViolations(review.figures, input.analysis, remedies),
    ...followUpViolations(remedies, today, 'input.remedies'),
    ...(await strangers(tx, named)),
  ]);
  await meetDeadline(tx, saved, 'QUALITY_REVIEW');
  await tell(tx, saved, 'director', 'qualityReviewSubmitted');
  return { id: saved.id };
}

export async function returnQualityReview(tx: Tx, input: ReturnQualityReviewInput): Promise<{ id: string }> {
  const review = await lockAuthorized(tx, qualityReviewAggregate, input);
  const reason = requireReason(input.reason);
  const fact = qualityReviewEvents.returned;
  const saved = await step(tx, review, { action: 'returnQualityReview', status: 'OPEN', fact, reason });
  await startReviewClock(tx, saved, await zoneOf(tx, saved.communityId), txScope(tx).now);
  await tell(tx, saved, 'supervisor', 'qualityReviewReturned');
  return { id: saved.id };
}

/** The director's approval: each remedy is somebody's to do (A256). */
export async function approveQualityReview(tx: Tx, input: ApproveQualityReviewInput): Promise<{ id: string }> {
  const { now: approvedAt, actor } = txScope(tx);
  const review = await lockAuthorized(tx, qualityReviewAggregate, input);
  requireChecker(review.submittedBy, actor.sub, 'A256');
  const fact = qualityReviewEvents.approved;
  const changes = { approvedAt };
  const saved = await step(tx, review, { action: 'approveQualityReview', status: 'APPROVED', fact, changes });
  const { id: reviewId, communityId } = saved;
  const source = { communityId, meetingId: null, reviewId };
  await assignFollowUps(tx, source, remediesOf(tx, saved), await zoneOf(tx, communityId));
  return { id: reviewId };
}

const remediesOf = (tx: Tx, { remediesSealed }: QualityReview): FollowUpTerms[] =>
  remediesSealed === null ? [] : (JSON.parse(unseal(tx, remediesSealed)) as FollowUpTerms[]);

/** Every remedy is done or given up. */
export async function closeQualityReview(tx: Tx, input: CloseQualityReviewInput): Promise<{ id: string }> {
  const review = await lockAuthorized(tx, qualityReviewAggregate, input);
  const fact = qualityReviewEvents.closed;
  const changes = { closedAt: txScope(tx).now };
  const saved = await step(tx, review, { action: 'closeQualityReview', status: 'CLOSED', fact, changes });
  requireDone(await followUpsOfReview(tx, review.id));
  return { id: saved.id };
}
