import { DomainError, type Violation } from '@steward/core';

import { neededTopics, topicCodes as knownTopics, trainingLimits } from './training-policy.ts';
import type { AttendanceAnswer, TrainingKind, TrainingPlanEntry, TrainingQuota } from './training.ts';

/** A session as somebody wants it; days are local. */
export type SessionTerms = {
  kind: TrainingKind;
  topic: string;
  topicCodes: readonly string[];
  startsAt: Date;
  endsAt: Date;
};

/** Topics that a session of a kind has to have and that are missing. */
export function missingTopics(kind: TrainingKind, codes: readonly string[]): { code: string; rule: string }[] {
  const needed = Object.entries(neededTopics).find(([of]) => of === kind)?.[1];
  if (needed === undefined) return [];
  return needed.codes.filter((code) => !codes.includes(code)).map((code) => ({ code, rule: needed.rule }));
}

/** Everything that is wrong with a session. */
export function sessionViolations(terms: SessionTerms, path: string): Violation[] {
  const violations: Violation[] = [];
  if (terms.topic.trim() === '') violations.push({ path: `${path}.topic`, reason: 'TEXT_REQUIRED' });
  if (terms.endsAt <= terms.startsAt) violations.push({ path: `${path}.endsAt`, reason: 'RANGE_EMPTY' });
  for (const code of terms.topicCodes.filter((one) => !knownTopics.includes(one)))
    violations.push({ path: `${path}.topicCodes`, reason: 'TOPIC_UNKNOWN', params: { code } });
  for (const { code, rule } of missingTopics(terms.kind, terms.topicCodes))
    violations.push({ path: `${path}.topicCodes`, reason: 'TOPIC_MISSING', rule, params: { code } });
  return violations;
}

/** An entry lies in its plan's month; `startsOn` is its local day. */
export function entryViolations(entries: readonly { startsOn: string }[], month: string): Violation[] {
  const most = trainingLimits.entries.value;
  if (entries.length > most) return [{ path: 'input.entries', reason: 'TOO_MANY_ROWS', params: { most } }];
  return entries.flatMap(({ startsOn }, index) =>
    startsOn.startsWith(month)
      ? []
      : [{ path: `input.entries.${index}.startsAt`, reason: 'OUTSIDE_MONTH', params: { month } }],
  );
}

/** A week of the plan's month, of which every working day lies in the month or `isWhole` is false. */
export type PlanWeek = { startsOn: string; endsOn: string };

type PlannedEntry = Pick<TrainingPlanEntry, 'kind'> & { startsOn: string };

/** What a plan lacks: enough sessions of daily business in each week, enough intensive ones in the month. */
export function planShortcomings(
  entries: readonly PlannedEntry[],
  weeks: readonly PlanWeek[],
  needed: { weeklySessions: number; monthlyIntensiveSessions: number },
): Violation[] {
  const violations: Violation[] = [];
  for (const { startsOn, endsOn } of weeks) {
    const planned = entries.filter(
      (entry) => entry.kind === 'BUSINESS' && entry.startsOn >= startsOn && entry.startsOn < endsOn,
    ).length;
    const missing = needed.weeklySessions - planned;
    if (missing > 0)
      violations.push({
        path: 'entries',
        reason: 'WEEK_WITHOUT_TRAINING',
        rule: 'A241',
        params: { startsOn, missing },
      });
  }
  const missing = needed.monthlyIntensiveSessions - entries.filter(({ kind }) => kind === 'INTENSIVE').length;
  if (missing > 0)
    violations.push({ path: 'entries', reason: 'MONTH_WITHOUT_INTENSIVE', rule: 'A243', params: { missing } });
  return violations;
}

/** Who has to be named and is not; who is on leave is excused. */
export function missingAnswers(
  expected: readonly string[],
  named: readonly string[],
  onLeave: readonly string[],
  rule: string,
): Violation[] {
  return expected
    .filter((staffId) => !named.includes(staffId) && !onLeave.includes(staffId))
    .map((staffId) => ({ path: 'input.attendance', reason: 'ATTENDANCE_MISSING', rule, params: { staffId } }));
}

/** Somebody named twice, or nobody there. */
export function attendanceViolations(
  attendance: readonly { staffId: string; answer: AttendanceAnswer }[],
  rule: string,
): Violation[] {
  const path = 'input.attendance';
  const seen = new Set<string>();
  const violations: Violation[] = [];
  for (const { staffId } of attendance) {
    if (seen.has(staffId)) violations.push({ path, reason: 'NAMED_TWICE', params: { staffId } });
    seen.add(staffId);
  }
  if (!attendance.some(({ answer }) => answer === 'PRESENT')) violations.push({ path, reason: 'NOBODY_PRESENT', rule });
  return violations;
}

type TestResult = { staffId: string; score: number };
type Tested = { answer: AttendanceAnswer; isPassed: boolean | null };

/** Only who was there is tested, by points of 100, and nobody again who has passed. */
export function testViolations(results: readonly TestResult[], attendees: ReadonlyMap<string, Tested>): Violation[] {
  const most = trainingLimits.results.value;
  if (results.length === 0 || results.length > most)
    return [{ path: 'input.results', reason: 'TOO_MANY_ROWS', params: { most } }];
  return results.flatMap(({ staffId, score }, index) => {
    const path = `input.results.${index}`;
    const attendee = attendees.get(staffId);
    const isRepeated = results.findIndex((one) => one.staffId === staffId) !== index;
    if (isRepeated) return [{ path, reason: 'NAMED_TWICE', params: { staffId } }];
    if (attendee?.answer !== 'PRESENT') return [{ path, reason: 'NOT_AN_ATTENDEE', params: { staffId } }];
    if (attendee.isPassed === true) return [{ path, reason: 'ALREADY_PASSED', params: { staffId } }];
    return score < 0 || score > 100 ? [{ path, reason: 'SCORE_OUT_OF_RANGE' }] : [];
  });
}

export const isPass = (score: number, passMark: number): boolean => score >= passMark;

/** A quota with what was held in its time so far; what was held late is recorded, the breach stays with its clock. */
export function countHeld(quota: TrainingQuota, heldCount: number): TrainingQuota {
  const isMet = heldCount >= quota.neededCount;
  return { ...quota, heldCount, status: isMet ? 'MET' : quota.status };
}

/** Nothing is recorded before it happened, nor long after. */
export function requireRecent(at: Date, now: Date, backdatingHours: number, path: string): void {
  if (at > now) throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path });
  if (now.getTime() - at.getTime() > backdatingHours * 3_600_000)
    throw new DomainError('BAD_USER_INPUT', 'TOO_FAR_BACK', { path, params: { hours: backdatingHours } });
}
