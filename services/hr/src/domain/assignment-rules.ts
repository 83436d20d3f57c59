import type { Violation } from '@steward/core';

import { assignmentNeeds } from './duty-time-policy.ts';
import { isHeldOn } from './post-rules.ts';
import { staffRoles } from './staff-policy.ts';
import type { StaffRole } from './staff.ts';
import type { PatternOfDay } from './timetable-rules.ts';

/** A shift that somebody has already; milliseconds, half-open. */
export type TakenShift = { from: number; to: number; isNight: boolean };

/** What decides whether somebody may work a shift. */
export type Assignable = {
  id: string;
  posts: readonly { communityId: string; role: StaffRole; validFrom: string; validTo: string | null }[];
  tradeCodes: readonly string[];
  certificates: readonly { kindCode: string; issuedOn: string; expiresOn: string }[];
  /** Days on which an induction was passed. */
  inductedOn: readonly string[];
  /** Days at leave, both included. */
  leaves: readonly { firstDay: string; lastDay: string }[];
  taken: readonly TakenShift[];
};

type Refused = Pick<Violation, 'reason' | 'rule' | 'params'>;

const holdsRole = (one: Assignable, communityId: string, roles: readonly string[], day: string): boolean =>
  one.posts.some(
    (post) => post.communityId === communityId && roles.includes(staffRoles[post.role]) && isHeldOn(post, day),
  );

/** Everything that keeps somebody from working on a day at all: certificate, training (B038) and leave (B035). */
export function fitnessRefusals(one: Assignable, day: string): Refused[] {
  const { certificateKinds, isInductionNeeded, rule } = assignmentNeeds;
  const missing = certificateKinds.filter(
    (kind) =>
      !one.certificates.some(
        ({ kindCode, issuedOn, expiresOn }) => kindCode === kind && issuedOn <= day && day <= expiresOn,
      ),
  );
  const refused: Refused[] = missing.map((kind) => ({ reason: 'CERTIFICATE_INVALID', rule, params: { kind, day } }));
  if (isInductionNeeded && !one.inductedOn.some((on) => on <= day)) refused.push({ reason: 'TRAINING_MISSING', rule });
  if (one.leaves.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay))
    refused.push({ reason: 'ON_LEAVE', rule: 'B035', params: { day } });
  return refused;
}

/** Everything by which the shift itself is not for them: its roles and trades. */
export function patternRefusals(
  one: Assignable,
  pattern: Pick<PatternOfDay, 'code' | 'roles' | 'trades'>,
  communityId: string,
  day: string,
): Refused[] {
  const rule = pattern.code === 'NOON' ? 'A020' : pattern.code === 'NIGHT' ? 'A021' : 'A308';
  const params = { pattern: pattern.code };
  const refused: Refused[] = [];
  if (!holdsRole(one, communityId, pattern.roles, day)) refused.push({ reason: 'SHIFT_ROLE_UNFIT', rule, params });
  const isFit = pattern.trades.length === 0 || pattern.trades.some((trade) => one.tradeCodes.includes(trade));
  if (!isFit) refused.push({ reason: 'SHIFT_TRADE_UNFIT', rule, params });
  return refused;
}

/** Whether a shift can stand beside those that somebody has: none at the same time, none too soon after a night. */
export function timeRefusals(taken: readonly TakenShift[], shift: TakenShift, restHours: number): Refused[] {
  const rest = restHours * 3_600_000;
  const isTooSoon = (night: TakenShift, next: TakenShift): boolean =>
    night.isNight && next.from >= night.to && next.from - night.to < rest;
  if (taken.some(({ from, to }) => from < shift.to && shift.from < to))
    return [{ reason: 'SHIFT_OVERLAPS', rule: 'A308' }];
  if (taken.some((one) => isTooSoon(one, shift) || isTooSoon(shift, one)))
    return [{ reason: 'REST_TOO_SHORT', rule: 'A021', params: { hours: restHours } }];
  return [];
}

/** Everything that keeps somebody from one shift of a day. */
export const assignmentRefusals = (
  one: Assignable,
  pattern: PatternOfDay,
  place: { communityId: string; day: string; from: number; to: number; restHours: number },
): Refused[] => [
  ...patternRefusals(one, pattern, place.communityId, place.day),
  ...fitnessRefusals(one, place.day),
  ...timeRefusals(one.taken, { from: place.from, to: place.to, isNight: pattern.isNight }, place.restHours),
];
