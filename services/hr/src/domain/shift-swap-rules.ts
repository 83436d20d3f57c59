import { DomainError, refuseAll, type Violation } from '@steward/core';

import { assignmentRefusals, type Assignable } from './assignment-rules.ts';
import type { ShiftSwap } from './duty-attendance.ts';
import type { DutyShift } from './duty-roster.ts';
import type { PatternOfDay } from './timetable-rules.ts';

/** Only shifts that nobody has begun change hands. */
export function requireSwappable(shifts: readonly (DutyShift | null)[], now: Date): void {
  const hasBegun = shifts.some((shift) => shift !== null && (shift.status !== 'PLANNED' || shift.startsAt <= now));
  if (hasBegun) throw new DomainError('CONFLICT', 'SHIFT_BEGUN', { rule: 'B034' });
}

/** The shifts are still those of the two who swap. */
export function requireOwners(
  swap: Pick<ShiftSwap, 'requesterId' | 'colleagueId'>,
  { shift, other }: { shift: DutyShift; other: DutyShift | null },
): void {
  const isTheirs = shift.staffId === swap.requesterId && (other === null || other.staffId === swap.colleagueId);
  if (!isTheirs) throw new DomainError('CONFLICT', 'SHIFT_NOT_THEIRS', { rule: 'B034' });
}

/** The colleague agrees or not, nobody for them. */
export function requireColleague({ colleagueId }: ShiftSwap, staffId: string | null): void {
  if (colleagueId !== staffId) throw new DomainError('FORBIDDEN', 'ONLY_COLLEAGUE', { rule: 'B034' });
}

export function requireRequester({ requesterId }: ShiftSwap, staffId: string | null): void {
  if (requesterId !== staffId) throw new DomainError('FORBIDDEN', 'ONLY_REQUESTER', { rule: 'B034' });
}

/** The supervisor who consents is neither of the two (B034). */
export function requireThirdParty({ requesterId, colleagueId }: ShiftSwap, staffId: string | null): void {
  if (staffId === requesterId || staffId === colleagueId)
    throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule: 'B034' });
}

export type Taking = { one: Assignable; shift: DutyShift; pattern: PatternOfDay; givenAway: DutyShift | null };

/** Refuses a swap after which somebody would have a shift that they may not work. */
export function requireFit(takings: readonly Taking[], restHours: number): void {
  refuseAll(
    takings.flatMap(({ one, shift, pattern, givenAway }): Violation[] => {
      const taken = one.taken.filter(({ from }) => from !== givenAway?.startsAt.getTime());
      const place = {
        communityId: shift.communityId,
        day: shift.workedOn,
        from: shift.startsAt.getTime(),
        to: shift.endsAt.getTime(),
        restHours,
      };
      return assignmentRefusals({ ...one, taken }, pattern, place).map((refused) => ({
        ...refused,
        path: `shift.${shift.number}`,
      }));
    }),
  );
}
