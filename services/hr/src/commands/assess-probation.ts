import { addDays, DomainError, newId, refuseAll, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { probationReviewEvents } from '@steward/events';
import {
  authorize,
  cancelDeadlines,
  checkItems,
  insertAndTell,
  invocationOf,
  lockAggregate,
  lockAuthorized,
  meetDeadline,
  nextNumber,
  notify,
  openChecklist,
  resolvePolicy,
  saveAndTell,
  startDeadline,
  zoneOf,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { probationReviewAggregate } from '../db/position-aggregates.ts';
import { positionByCode, unpunctualTimes } from '../db/position-queries.ts';
import { probationReviewEntity } from '../db/recruitment-entities.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { addMonths } from '../domain/calendar-rules.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { requireSomebodyElse } from '../domain/leave-rules.ts';
import { probationFact } from '../domain/position-facts.ts';
import { positionPolicy, positionPrefixes, probationChecks, probationLimit } from '../domain/position-policy.ts';
import { rangeViolations } from '../domain/position-rules.ts';
import { assess, probationViolations, requireLongerProbation } from '../domain/recruitment-rules.ts';
import type { ProbationReview } from '../domain/recruitment.ts';
import { positionCodes } from '../domain/staff-policy.ts';
import type { AssessProbationInput, ExtendProbationInput, OpenProbationReviewInput } from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';

const probationChecklist = 'PROBATION';

type Terms = { staffId: string; communityId: string; positionCode: string; startsOn: string; months: number };

/** The list of the six points (A318) and the clock that runs out with the probation. */
export async function beginProbation(tx: Tx, terms: Terms): Promise<string> {
  const { staffId, communityId, positionCode, startsOn, months } = terms;
  const zone = await zoneOf(tx, communityId);
  const number = await nextNumber(tx, communityId, positionPrefixes.probation, zone);
  const state = { status: 'OPEN' as const, lateCount: null, earlyCount: null, decidedAt: null };
  const days = { startsOn, endsOn: addMonths(startsOn, months) };
  const fresh = { id: newId(), communityId, number, staffId, positionCode, ...days, ...state };
  const note = { action: 'openProbationReview', rule: 'A318' };
  const told = [probationReviewEvents.opened, probationFact] as const;
  const review = await insertAndTell(tx, probationReviewAggregate, fresh, note, told);
  const { computed, judged, rule } = probationChecks;
  const items = [...computed, ...judged].map((code) => ({ code, rule }));
  await openChecklist(tx, probationReviewAggregate, review, probationChecklist, items);
  await startClock(tx, review, zone);
  return review.id;
}

async function startClock(tx: Tx, review: ProbationReview, zone: string): Promise<void> {
  const { probationReminderDays } = await resolvePolicy(tx, positionPolicy, review.communityId);
  const dueAt = startOfLocalDay(review.endsOn, zone);
  const warnAt = startOfLocalDay(addDays(review.endsOn, -probationReminderDays), zone).getTime();
  const { now } = txScope(tx);
  const warnShare = Math.max(0, (warnAt - now.getTime()) / Math.max(1, dueAt.getTime() - now.getTime()));
  const to = { role: 'supervisor' } as const;
  const escalations = [
    { afterShare: 1, to },
    { afterShare: 1, to: { role: 'director' } as const },
  ];
  const clock = { kind: 'PROBATION_REVIEW', rule: 'A318', span: { dueAt }, warnShare, warnTo: to, escalations };
  await startDeadline(tx, probationReviewAggregate, review, clock, { zone });
}

/** Of somebody who did not come through a vacancy. */
export async function openProbationReview(tx: Tx, input: OpenProbationReviewInput): Promise<{ id: string }> {
  const { staffId, positionCode, startsOn, months } = input;
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  await requireStaff(tx, staffId);
  const isKnown = positionCodes.includes(positionCode) || (await positionByCode(tx, positionCode)) !== null;
  refuseAll([
    ...(isKnown ? [] : [{ path: 'input.positionCode', reason: 'POSITION_UNKNOWN' }]),
    ...rangeViolations([['input.months', months, 1, probationLimit.months.value]]),
  ]);
  if (await tx.existsBy(probationReviewEntity, { staffId, status: 'OPEN' }))
    throw new DomainError('CONFLICT', 'PROBATION_OPEN', { rule: 'A318' });
  return { id: await beginProbation(tx, { staffId, communityId: staff.communityId, positionCode, startsOn, months }) };
}

/** By its six points; the first is counted from the attendance records (A318). */
export async function assessProbation(tx: Tx, input: AssessProbationInput): Promise<{ id: string }> {
  const review = await lockAuthorized(tx, probationReviewAggregate, input);
  const { communityId, staffId, startsOn, endsOn, number } = review;
  requireSomebodyElse(staffId, invocationOf(tx).viewer.staffId ?? null, 'A318');
  refuseAll(probationViolations(input.results));
  const times = await unpunctualTimes(tx, staffId, startsOn, endsOn);
  const { probationLateMost } = await resolvePolicy(tx, positionPolicy, communityId);
  const { results, isPassed } = assess(input.results, times, probationLateMost);
  const moved = moveBy(review, 'assessProbation', isPassed ? 'PASSED' : 'FAILED');
  const kept = results.map(({ code, isPassed: isMet }) => ({
    code,
    result: isMet ? ('PASS' as const) : ('FAIL' as const),
  }));
  await checkItems(tx, review.id, probationChecklist, kept);
  const after = { ...moved, ...times, decidedAt: txScope(tx).now };
  const note = { action: 'assessProbation', rule: 'A318' };
  const fact = isPassed ? probationReviewEvents.passed : probationReviewEvents.failed;
  const saved = await saveAndTell(tx, probationReviewAggregate, { before: review, after, note }, [fact, probationFact]);
  await meetDeadline(tx, saved, 'PROBATION_REVIEW');
  const template = isPassed ? 'probationPassed' : 'probationFailed';
  for (const to of [{ staffId }, { role: 'administrativeSupervisor' } as const])
    await notify(tx, { communityId, to, template, params: { number }, aggregateId: review.id });
  return { id: review.id };
}

export async function extendProbation(tx: Tx, input: ExtendProbationInput): Promise<{ id: string }> {
  const review = await lockAuthorized(tx, probationReviewAggregate, input);
  requireLongerProbation(review, input.endsOn);
  const after = { ...moveBy(review, 'extendProbation', 'OPEN'), endsOn: input.endsOn };
  const note = { action: 'extendProbation', rule: 'A318' };
  const told = [probationReviewEvents.extended, probationFact] as const;
  const saved = await saveAndTell(tx, probationReviewAggregate, { before: review, after, note }, told);
  await cancelDeadlines(tx, saved, 'PROBATION_REVIEW');
  await startClock(tx, saved, await zoneOf(tx, saved.communityId));
  return { id: saved.id };
}
