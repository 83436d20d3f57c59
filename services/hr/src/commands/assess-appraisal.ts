import { DomainError, deadlineAfter, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { appraisalEvents, type EventDefinition } from '@steward/events';
import {
  cancelDeadlines,
  cancelScheduled,
  invocationOf,
  lockAggregate,
  lockAuthorized,
  meetDeadline,
  notify,
  resolvePolicy,
  saveAndTell,
  schedule,
  seal,
  sealOptional,
  startDeadline,
  zoneOf,
  type DueTimer,
} from '@steward/service-kit';

import { appraisalAggregate } from '../db/conduct-aggregates.ts';
import { postsHeldOn } from '../db/staff-check-queries.ts';
import { gradeOf, requireOtherRater, requireRater, requireScores, totalOf } from '../domain/appraisal-rules.ts';
import { appraisalFact } from '../domain/conduct-facts.ts';
import { appraisalPolicy, conductPolicy } from '../domain/conduct-policy.ts';
import type { Appraisal, AppraisalScores } from '../domain/conduct.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import { pointsOf, requireSomebodyElse } from '../domain/leave-rules.ts';
import { appraisalFault, rewardKind } from '../domain/payroll-policy.ts';
import { isHeadOf } from '../domain/staff-check-rules.ts';
import type {
  AcknowledgeAppraisalInput,
  AppealAppraisalInput,
  CancelAppraisalInput,
  DecideAppraisalAppealInput,
  RateAppraisalInput,
  SelfAssessAppraisalInput,
} from '../graphql/generated.ts';
import { ratingClock } from './open-appraisal.ts';
import { viewerStaffId } from './open-staff-check.ts';
import { bookConduct } from './record-staff-conduct.ts';

export const appraisalWindowTimer = 'appraisal-window';

const appealClock = 'APPEAL';

type Step = {
  action: DutyAction;
  status: Appraisal['status'];
  fact: EventDefinition<ReturnType<typeof appraisalFact>>;
  changes?: Partial<Appraisal>;
  reason?: string;
};

async function step(tx: Tx, row: Appraisal, { action, status, fact, changes, reason }: Step): Promise<Appraisal> {
  const after = { ...moveBy(row, action, status), ...changes };
  const note = { action, rule: 'A009', ...(reason === undefined ? {} : { reason }) };
  return saveAndTell(tx, appraisalAggregate, { before: row, after, note }, [fact, appraisalFact]);
}

const words = (tx: Tx, text: string | null | undefined): string | null =>
  sealOptional(tx, text == null || text.trim() === '' ? null : text.trim());

/** How the staff member sees their own work; the supervisor scores it in any case. */
export async function selfAssessAppraisal(tx: Tx, input: SelfAssessAppraisalInput): Promise<{ id: string }> {
  const row = await lockAuthorized(tx, appraisalAggregate, input);
  const changes = {
    selfScores: requireScores(row.weights, input.scores),
    selfCommentSealed: words(tx, input.comment),
  };
  const fact = appraisalEvents['self-assessed'];
  return { id: (await step(tx, row, { action: 'selfAssessAppraisal', status: 'SELF_ASSESSED', fact, changes })).id };
}

async function reckoned(
  tx: Tx,
  row: Appraisal,
  scores: AppraisalScores,
): Promise<Pick<Appraisal, 'scores' | 'totalHundredths' | 'grade'>> {
  const totalHundredths = totalOf(row.weights, scores);
  const grade = gradeOf(totalHundredths, await resolvePolicy(tx, appraisalPolicy, row.communityId));
  return { scores, totalHundredths, grade };
}

/** The head of the department of whoever is appraised, or a director. */
async function authorizeRater(tx: Tx, { staffId, communityId }: Appraisal): Promise<void> {
  const { roles, staffId: raterId } = invocationOf(tx).viewer;
  requireSomebodyElse(staffId, raterId ?? null, 'A009');
  const today = localDate(txScope(tx).now, await zoneOf(tx, communityId));
  const posts = await postsHeldOn(tx, communityId, today, [staffId, ...(raterId === undefined ? [] : [raterId])]);
  const of = (id: string | undefined) => posts.filter((post) => post.staffId === id);
  const departments = of(staffId).map(({ departmentId }) => departmentId);
  requireRater({ roles, isHead: isHeadOf(of(raterId), departments) });
}

/** The supervisor's scores (A009); they hold unless they are appealed against in time. */
export async function rateAppraisal(tx: Tx, input: RateAppraisalInput): Promise<{ id: string }> {
  const { now, actor } = txScope(tx);
  const row = await lockAuthorized(tx, appraisalAggregate, input);
  await authorizeRater(tx, row);
  const result = await reckoned(tx, row, requireScores(row.weights, input.scores));
  const changes = { ...result, ratedBy: actor.sub, ratedAt: now, commentSealed: words(tx, input.comment) };
  const fact = appraisalEvents.rated;
  const saved = await step(tx, row, { action: 'rateAppraisal', status: 'RATED', fact, changes });
  await meetDeadline(tx, saved, ratingClock);
  const { communityId, id: aggregateId, staffId, number } = saved;
  const { appealDays: amount } = await resolvePolicy(tx, conductPolicy, communityId);
  const dueAt = deadlineAfter(now, { amount, unit: 'day' }, await zoneOf(tx, communityId));
  await schedule(tx, { kind: appraisalWindowTimer, aggregateId, communityId, dueAt });
  const params = { number, until: dueAt.toISOString() };
  await notify(tx, { communityId, to: { staffId }, template: 'appraisalRated', params, aggregateId });
  return { id: saved.id };
}

/** Rewards what was excellent and books points for what was poor; pay follows (A009). */
async function settle(tx: Tx, { communityId, staffId, grade, id: sourceId }: Appraisal): Promise<void> {
  const occurredOn = localDate(txScope(tx).now, await zoneOf(tx, communityId));
  const { excellentReward } = await resolvePolicy(tx, appraisalPolicy, communityId);
  if (grade === 'EXCELLENT' && excellentReward > 0) {
    const entry = { staffId, kindCode: rewardKind, points: 0, rewardAmount: excellentReward, occurredOn, sourceId };
    await bookConduct(tx, communityId, entry, null);
  } else if (grade === 'POOR') {
    const points = pointsOf(appraisalFault);
    const entry = { staffId, kindCode: appraisalFault, points, rewardAmount: null, occurredOn, sourceId };
    await bookConduct(tx, communityId, entry, null);
  }
}

async function acknowledge(tx: Tx, row: Appraisal): Promise<Appraisal> {
  const changes = { settledAt: txScope(tx).now };
  const fact = appraisalEvents.acknowledged;
  const saved = await step(tx, row, { action: 'acknowledgeAppraisal', status: 'ACKNOWLEDGED', fact, changes });
  await settle(tx, saved);
  return saved;
}

export async function acknowledgeAppraisal(tx: Tx, input: AcknowledgeAppraisalInput): Promise<{ id: string }> {
  const saved = await acknowledge(tx, await lockAuthorized(tx, appraisalAggregate, input));
  await cancelScheduled(tx, saved.id, appraisalWindowTimer);
  return { id: saved.id };
}

/** Timer: nobody appealed in time, so the result holds. */
export async function closeAppraisalWindow(tx: Tx, due: DueTimer): Promise<void> {
  const row = await lockAggregate(tx, appraisalAggregate, due.aggregateId ?? '');
  if (row.status === 'RATED') await acknowledge(tx, row);
}

/** Within the days for it; the timer has closed the window afterwards. */
export async function appealAppraisal(tx: Tx, input: AppealAppraisalInput): Promise<{ id: string }> {
  const row = await lockAuthorized(tx, appraisalAggregate, input);
  const changes = { appealSealed: seal(tx, requireReason(input.reason)) };
  const fact = appraisalEvents.appealed;
  const saved = await step(tx, row, { action: 'appealAppraisal', status: 'APPEALED', fact, changes });
  await cancelScheduled(tx, saved.id, appraisalWindowTimer);
  const { communityId, id: aggregateId, number } = saved;
  const to = { role: 'director' } as const;
  const { appealDecisionDays: amount } = await resolvePolicy(tx, conductPolicy, communityId);
  const escalations = [{ afterShare: 1, to }];
  const clock = { kind: appealClock, rule: 'A009', span: { amount, unit: 'day' as const }, escalations };
  await startDeadline(tx, appraisalAggregate, saved, clock, { zone: await zoneOf(tx, communityId) });
  await notify(tx, { communityId, to, template: 'appraisalAppealed', params: { number }, aggregateId });
  return { id: saved.id };
}

/** Somebody else than who scored decides, by the old scores or by new ones. */
export async function decideAppraisalAppeal(tx: Tx, input: DecideAppraisalAppealInput): Promise<{ id: string }> {
  const { now, actor } = txScope(tx);
  const row = await lockAuthorized(tx, appraisalAggregate, input);
  requireOtherRater(row, actor.sub);
  requireSomebodyElse(row.staffId, viewerStaffId(tx), 'A009');
  const decision = input.decision.trim();
  if (decision === '')
    throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.decision', rule: 'A009' });
  const revised = input.scores == null ? {} : await reckoned(tx, row, requireScores(row.weights, input.scores));
  const changes = { ...revised, settledAt: now, decisionSealed: seal(tx, decision) };
  const fact = appraisalEvents.decided;
  const saved = await step(tx, row, { action: 'decideAppraisalAppeal', status: 'DECIDED', fact, changes });
  await meetDeadline(tx, saved, appealClock);
  await settle(tx, saved);
  const { communityId, id: aggregateId, staffId, number } = saved;
  await notify(tx, { communityId, to: { staffId }, template: 'appraisalDecided', params: { number }, aggregateId });
  return { id: saved.id };
}

export async function cancelAppraisal(tx: Tx, input: CancelAppraisalInput): Promise<{ id: string }> {
  const row = await lockAuthorized(tx, appraisalAggregate, input);
  requireSomebodyElse(row.staffId, viewerStaffId(tx), 'A009');
  const reason = requireReason(input.reason);
  await callOff(tx, row, reason);
  return { id: row.id };
}

export async function callOff(tx: Tx, row: Appraisal, reason: string): Promise<void> {
  const fact = appraisalEvents.cancelled;
  const saved = await step(tx, row, { action: 'cancelAppraisal', status: 'CANCELLED', fact, reason });
  await cancelDeadlines(tx, saved);
  await cancelScheduled(tx, saved.id, appraisalWindowTimer);
}
