import { localDate, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { controlledDocumentEvents, trainingSessionEvents } from '@steward/events';
import {
  lockAggregate,
  lockAggregates,
  lockAuthorized,
  meetDeadline,
  notify,
  resolvePolicy,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { findVersion } from '../db/document-queries.ts';
import { controlledDocumentAggregate, trainingSessionAggregate } from '../db/training-aggregates.ts';
import { attendanceOf, insertAttendance, membersOn, saveScores } from '../db/training-queries.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { documentFact, sessionFact } from '../domain/training-facts.ts';
import { trainingPolicy } from '../domain/training-policy.ts';
import { isPass, requireRecent, testViolations } from '../domain/training-rules.ts';
import type { TrainingSession } from '../domain/training.ts';
import type { HoldTrainingSessionInput, RecordTrainingTestInput } from '../graphql/generated.ts';
import { countSession } from './count-training-quota.ts';
import { enterInduction } from './record-staff-induction.ts';
import { judgeAttendance } from './training-context.ts';

const rules: Record<TrainingSession['kind'], string> = {
  BUSINESS: 'A241',
  INTENSIVE: 'A243',
  INDUCTION: 'A010',
  STANDARD: 'A329',
  OTHER: 'A217',
};

/** Everybody whom a session is for; an induction and an excursion have whoever is named. */
async function expectedAt(tx: Tx, session: TrainingSession): Promise<string[]> {
  if (session.kind === 'INDUCTION' || session.kind === 'OTHER') return [];
  const members = await membersOn(tx, session, session.startsOn);
  return members.filter((staffId) => staffId !== session.trainerId);
}

/** Who was there; the session counts for the week or month that it lies in (A241, A243). */
export async function holdTrainingSession(tx: Tx, input: HoldTrainingSessionInput): Promise<{ id: string }> {
  const session = await lockAuthorized(tx, trainingSessionAggregate, input);
  const held = moveBy(session, 'holdTrainingSession', 'HELD');
  const rule = rules[session.kind];
  const { passMark, backdatingHours } = await resolvePolicy(tx, trainingPolicy, session.communityId);
  requireRecent(session.startsAt, txScope(tx).now, backdatingHours, 'input.id');
  const expected = await expectedAt(tx, session);
  const { attendance, violations } = await judgeAttendance(tx, input.attendance, {
    expected,
    on: session.startsOn,
    rule,
  });
  refuseAll(violations);
  const presentCount = attendance.filter(({ answer }) => answer === 'PRESENT').length;
  const note = { action: 'holdTrainingSession', rule };
  const told = [trainingSessionEvents.held, sessionFact] as const;
  const after = { ...held, passMark, presentCount };
  const saved = await saveAndTell(tx, trainingSessionAggregate, { before: session, after, note }, told);
  await insertAttendance(tx, saved.id, attendance);
  await countSession(tx, saved);
  if (saved.documentId !== null) await endTrainingClock(tx, saved.documentId);
  return { id: saved.id };
}

/** A version that had to be explained has been (A329). */
async function endTrainingClock(tx: Tx, documentId: string): Promise<void> {
  const document = await lockAggregate(tx, controlledDocumentAggregate, documentId);
  const { bodySha256 } = await findVersion(tx, document.id, document.latestVersion);
  const note = { action: 'holdTrainingSession', rule: 'A329' };
  const told = [controlledDocumentEvents.explained, documentFact(bodySha256)] as const;
  const saved = await saveAndTell(tx, controlledDocumentAggregate, { before: document, after: document, note }, told);
  await meetDeadline(tx, saved, 'DOCUMENT_TRAINING');
}

/**
 * Results of a test by the pass mark that was in force at the session; who did not pass may try again. Whoever passes the
 * test of an induction may be put into shifts from then on (A010, B004, B038).
 */
export async function recordTrainingTest(tx: Tx, input: RecordTrainingTestInput): Promise<{ id: string }> {
  const session = await lockAuthorized(tx, trainingSessionAggregate, input);
  const tested = moveBy(session, 'recordTrainingTest', 'HELD');
  const attendees = new Map((await attendanceOf(tx, session.id)).map((one) => [one.staffId, one]));
  refuseAll(testViolations(input.results, attendees));
  const { passMark } = session;
  if (passMark === null) throw new Error('a session that was held has a pass mark');
  const results = input.results.map(({ staffId, score }) => ({ staffId, score, isPassed: isPass(score, passMark) }));
  const inductions = session.kind === 'INDUCTION' ? await enterInductions(tx, session, results) : new Map();
  const note = { action: 'recordTrainingTest', rule: session.kind === 'INDUCTION' ? 'A010' : rules[session.kind] };
  const told = [trainingSessionEvents.tested, sessionFact] as const;
  const saved = await saveAndTell(tx, trainingSessionAggregate, { before: session, after: tested, note }, told);
  const scores = results.map((one) => ({ ...one, inductionId: inductions.get(one.staffId) ?? null }));
  await saveScores(tx, session.id, scores);
  for (const { staffId, isPassed } of results) await tellResult(tx, saved, staffId, isPassed);
  return { id: saved.id };
}

type Result = { staffId: string; isPassed: boolean };

async function enterInductions(
  tx: Tx,
  { communityId }: TrainingSession,
  results: readonly Result[],
): Promise<Map<string, string>> {
  const completedOn = localDate(txScope(tx).now, await zoneOf(tx, communityId));
  const ids = results.map(({ staffId }) => staffId);
  const staff = await lockAggregates(tx, staffAggregate, ids);
  const entered = new Map<string, string>();
  for (const { staffId, isPassed } of results) {
    const member = staff.get(staffId);
    if (member === undefined) throw new Error('an attendee is staff');
    entered.set(staffId, (await enterInduction(tx, member, { completedOn, isPassed })).id);
  }
  return entered;
}

async function tellResult(tx: Tx, session: TrainingSession, staffId: string, isPassed: boolean): Promise<void> {
  const { communityId, number, id: aggregateId } = session;
  const template = isPassed ? 'trainingTestPassed' : 'trainingTestFailed';
  await notify(tx, { communityId, to: { staffId }, template, params: { number }, aggregateId });
}
