import { DomainError, refuseAll, type Violation } from '@steward/core';

import { fitnessRefusals, patternRefusals, timeRefusals, type Assignable } from './assignment-rules.ts';
import { emergencyReason, substitutionReasons } from './attendance-policy.ts';
import type { DutyShift } from './duty-roster.ts';
import { nightSubstitutes } from './duty-time-policy.ts';
import { isHeldOn } from './post-rules.ts';
import { staffRoles } from './staff-policy.ts';
import type { PatternOfDay } from './timetable-rules.ts';

export function requireReasonCode(reasonCode: string): void {
  const { codes, rule } = substitutionReasons;
  if (codes.some((code) => code === reasonCode)) return;
  throw new DomainError('BAD_USER_INPUT', 'SUBSTITUTION_REASON_UNKNOWN', { path: 'input.reasonCode', rule });
}

const isGuardThen = (one: Assignable, { communityId, workedOn }: DutyShift): boolean =>
  one.posts.some(
    (post) =>
      post.communityId === communityId &&
      nightSubstitutes.roles.some((role) => role === staffRoles[post.role]) &&
      isHeldOn(post, workedOn),
  );

/** At the service centre at night the guard stands in for the worker (A025). */
export const isNightGuard = (one: Assignable, shift: DutyShift): boolean =>
  shift.isServiceCentre && shift.isNight && isGuardThen(one, shift);

type Arranging = { isLeader: boolean; reasonCode: string; shift: DutyShift; substitute: Assignable };

/** The leader arranges cover (A222); a worker called to an emergency at night may call the guard alone (A025). */
export function requireArranger({ isLeader, reasonCode, shift, substitute }: Arranging): void {
  const isEmergency = emergencyReason.codes.some((code) => code === reasonCode);
  if (isLeader || (isEmergency && isNightGuard(substitute, shift))) return;
  throw new DomainError('FORBIDDEN', 'LEADER_ARRANGES', { rule: 'A222' });
}

/** Refuses somebody who may not stand in. Of a shift that is being worked, a guard's own round goes on beside it. */
export function requireSubstitute(
  substitute: Assignable,
  shift: DutyShift,
  { pattern, restHours }: { pattern: PatternOfDay; restHours: number },
): void {
  const isGuard = isNightGuard(substitute, shift);
  const unfit = isGuard ? [] : patternRefusals(substitute, pattern, shift.communityId, shift.workedOn);
  const span = { from: shift.startsAt.getTime(), to: shift.endsAt.getTime(), isNight: shift.isNight };
  const violations: Violation[] = [
    ...(unfit.length > 0 || substitute.id === shift.staffId ? [{ reason: 'SUBSTITUTE_UNFIT', rule: 'A025' }] : []),
    ...fitnessRefusals(substitute, shift.workedOn),
    ...(shift.status === 'STARTED' ? [] : timeRefusals(substitute.taken, span, restHours)),
  ];
  refuseAll(violations.map((violation) => ({ ...violation, path: 'input.substituteId' })));
}
