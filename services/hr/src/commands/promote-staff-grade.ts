import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { gradeLadderEvents, staffGradeEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  invocationOf,
  lockAggregate,
  lockAuthorized,
  lockNaturalKeys,
  nextNumber,
  notify,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { gradeLadderAggregate, staffGradeAggregate } from '../db/position-aggregates.ts';
import { pointsSince } from '../db/position-queries.ts';
import { gradeLadderEntity, staffGradeEntity } from '../db/recruitment-entities.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { requireSomebodyElse } from '../domain/leave-rules.ts';
import { gradeFact, ladderFact } from '../domain/position-facts.ts';
import { positionPrefixes } from '../domain/position-policy.ts';
import { isCode, rangeViolations } from '../domain/position-rules.ts';
import {
  missingForStep,
  monthsHeld,
  promotionViolations,
  standardSteps,
  type Criterion,
  type GradeFacts,
} from '../domain/recruitment-rules.ts';
import type { GradeLadder, GradeStep, StaffGrade } from '../domain/recruitment.ts';
import type {
  AdoptStandardGradeLadderInput,
  PlaceStaffGradeInput,
  PromoteStaffGradeInput,
  RegisterGradeLadderInput,
} from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';
import { todayIn } from './require-authority.ts';

type Fresh = Pick<GradeLadder, 'number' | 'label' | 'rule' | 'steps'>;

async function enterLadder(tx: Tx, ladder: Fresh): Promise<{ id: string }> {
  await lockNaturalKeys(tx, 'grade-ladder');
  if (await tx.existsBy(gradeLadderEntity, { number: ladder.number }))
    throw new DomainError('CONFLICT', 'LADDER_CODE_TAKEN', { path: 'input.code' });
  const note = { action: 'registerGradeLadder', rule: 'A316' };
  const fresh = { id: newId(), communityId: null, ...ladder };
  return {
    id: (await insertAndTell(tx, gradeLadderAggregate, fresh, note, [gradeLadderEvents.registered, ladderFact])).id,
  };
}

/** A ladder of the company's own (A316). */
export async function registerGradeLadder(tx: Tx, input: RegisterGradeLadderInput): Promise<{ id: string }> {
  await authorize(tx, {});
  const steps = input.steps.map((step, index): GradeStep => ({
    code: `GRADE_${index + 1}`,
    label: step.label.trim(),
    minMonths: step.minMonths ?? 0,
    minScorePercent: step.minScorePercent ?? 0,
    maxPenaltyPoints: step.maxPenaltyPoints ?? 1000,
  }));
  const isShort = [input.label, ...input.steps.map(({ label }) => label)].some((text) => text.trim() === '');
  const isLengthFit = steps.length >= 2 && steps.length <= 20;
  refuseAll([
    ...(isCode(input.code) ? [] : [{ path: 'input.code', reason: 'CODE_MALFORMED' }]),
    ...(isShort ? [{ path: 'input.steps', reason: 'TEXT_REQUIRED' }] : []),
    ...(isLengthFit ? [] : [{ path: 'input.steps', reason: 'LADDER_LENGTH', rule: 'A316' }]),
    ...rangeViolations(
      steps.flatMap(({ minMonths, minScorePercent, maxPenaltyPoints }) => [
        ['input.steps', minMonths, 0, 600] as const,
        ['input.steps', minScorePercent, 0, 1000] as const,
        ['input.steps', maxPenaltyPoints, 0, 1000] as const,
      ]),
    ),
  ]);
  return enterLadder(tx, { number: input.code, label: input.label.trim(), rule: null, steps });
}

/** The ladder of the standard: seven levels of sales (A316). */
export async function adoptStandardGradeLadder(tx: Tx, input: AdoptStandardGradeLadderInput): Promise<{ id: string }> {
  await authorize(tx, {});
  const steps = standardSteps(input.code);
  if (steps === null) throw new DomainError('BAD_USER_INPUT', 'LADDER_UNKNOWN', { path: 'input.code' });
  return enterLadder(tx, { number: input.code, label: null, rule: 'A316', steps });
}

const statusAt = (level: number, { steps }: GradeLadder): StaffGrade['status'] =>
  level >= steps.length ? 'TOP' : 'HELD';

export async function placeStaffGrade(tx: Tx, input: PlaceStaffGradeInput): Promise<{ id: string }> {
  const { staffId, level = 1, heldFrom } = input;
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  await requireStaff(tx, staffId);
  const ladder = await tx.findOneBy(gradeLadderEntity, { number: input.ladderCode });
  if (ladder === null) throw new DomainError('BAD_USER_INPUT', 'LADDER_UNKNOWN', { path: 'input.ladderCode' });
  if (ladder.steps[level - 1] === undefined)
    throw new DomainError('BAD_USER_INPUT', 'GRADE_UNKNOWN', { path: 'input.level', rule: 'A316' });
  if (await tx.existsBy(staffGradeEntity, { staffId, ladderId: ladder.id }))
    throw new DomainError('CONFLICT', 'GRADE_HELD', { rule: 'A316' });
  const { communityId } = staff;
  const number = await nextNumber(tx, communityId, positionPrefixes.grade, await zoneOf(tx, communityId));
  const held = { staffId, ladderId: ladder.id, level, heldFrom, status: statusAt(level, ladder) };
  const fresh = { id: newId(), communityId, number, ...held };
  const note = { action: 'placeStaffGrade', rule: 'A316' };
  return { id: (await insertAndTell(tx, staffGradeAggregate, fresh, note, [staffGradeEvents.placed, gradeFact])).id };
}

async function factsOf(tx: Tx, { staffId, heldFrom }: StaffGrade, today: string): Promise<GradeFacts> {
  return { months: monthsHeld(heldFrom, today), points: await pointsSince(tx, staffId, heldFrom) };
}

/** Reading: what is missing for the next grade today; nothing on the highest. */
export async function missingForPromotion(tx: Tx, grade: StaffGrade): Promise<Criterion[]> {
  const ladder = await tx.findOneByOrFail(gradeLadderEntity, { id: grade.ladderId });
  const step = ladder.steps[grade.level];
  if (step === undefined) return [];
  return missingForStep(step, await factsOf(tx, grade, await todayIn(tx, grade.communityId)));
}

/** By one grade, when every criterion of it is met (A316). */
export async function promoteStaffGrade(tx: Tx, input: PromoteStaffGradeInput): Promise<{ id: string }> {
  const grade = await lockAuthorized(tx, staffGradeAggregate, input);
  const { communityId, staffId, number } = grade;
  requireSomebodyElse(staffId, invocationOf(tx).viewer.staffId ?? null, 'A316');
  const ladder = await tx.findOneByOrFail(gradeLadderEntity, { id: grade.ladderId });
  const level = grade.level + 1;
  const moved = moveBy(grade, 'promoteStaffGrade', statusAt(level, ladder));
  const step = ladder.steps[grade.level];
  if (step === undefined) throw new Error('a grade that is not the highest has one above it');
  const today = await todayIn(tx, communityId);
  refuseAll(promotionViolations(step, await factsOf(tx, grade, today), input.scorePercent));
  const note = { action: 'promoteStaffGrade', rule: 'A316' };
  const after = { ...moved, level, heldFrom: today };
  const told = [staffGradeEvents.promoted, gradeFact] as const;
  await saveAndTell(tx, staffGradeAggregate, { before: grade, after, note }, told);
  await notify(tx, {
    communityId,
    to: { staffId },
    template: 'gradePromoted',
    params: { number },
    aggregateId: grade.id,
  });
  return { id: grade.id };
}
