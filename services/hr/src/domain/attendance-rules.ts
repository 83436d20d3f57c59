import { DomainError, type Violation } from '@steward/core';

import { closeOut } from './attendance-policy.ts';
import type { AttendanceRecord } from './duty-attendance.ts';
import type { DutyShift } from './duty-roster.ts';

const minute = 60_000;

/** Whole minutes from one instant to another; 0 if it is not later. */
export const minutesBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / minute));

type Times = Pick<DutyShift, 'startsAt' | 'endsAt' | 'isHandoverRequired'>;

/** Whether somebody is there in time to take over: the lead before the beginning is itself still in time (A027). */
export const isInTimeForHandover = (
  { startsAt }: Pick<DutyShift, 'startsAt'>,
  at: Date,
  leadMinutes: number,
): boolean => at.getTime() <= startsAt.getTime() - leadMinutes * minute;

/** Refuses to take up a shift that is over, or long before it begins. */
export function requireClockIn(shift: Times, now: Date, earliestMinutes: number): void {
  if (now >= shift.endsAt) throw new DomainError('CONFLICT', 'SHIFT_OVER', { rule: 'A027' });
  if (now.getTime() < shift.startsAt.getTime() - earliestMinutes * minute) {
    const params = { minutes: earliestMinutes };
    throw new DomainError('CONFLICT', 'CLOCK_IN_TOO_EARLY', { rule: 'A027', params });
  }
}

type Reckoned = Pick<AttendanceRecord, 'isInTimeForHandover' | 'lateMinutes' | 'earlyMinutes' | 'waitedMinutes'>;
type Clocked = { inAt: Date; outAt: Date | null; takenOverAt: Date | null; leadMinutes: number; isStaying: boolean };

/**
 * What the clock says of a shift: late and early in whole minutes, and how long somebody waited for the relief. Who stays
 * on from a shift that ends when this one begins is in time.
 */
export function reckonAttendance(
  shift: Times,
  { inAt, outAt, takenOverAt, leadMinutes, isStaying }: Clocked,
): Reckoned {
  const inTime = isStaying || isInTimeForHandover(shift, inAt, leadMinutes);
  return {
    isInTimeForHandover: shift.isHandoverRequired ? inTime : null,
    lateMinutes: isStaying ? 0 : minutesBetween(shift.startsAt, inAt),
    earlyMinutes: outAt === null ? 0 : minutesBetween(outAt, shift.endsAt),
    waitedMinutes: takenOverAt === null ? 0 : minutesBetween(shift.endsAt, takenOverAt),
  };
}

/** Items of the close-out list that were not done (A047). */
export function closeOutViolations(done: readonly string[]): Violation[] {
  const { items, rule } = closeOut;
  return items
    .filter((code) => !done.includes(code))
    .map((code) => ({ path: 'input.closeOutCodes', reason: 'CLOSE_OUT_MISSING', rule, params: { code } }));
}

type Leaving = {
  shift: Pick<DutyShift, 'isHandoverRequired'>;
  /** The handover of the shift; null if none was begun. */
  handover: { status: string; isCleaningPassed: boolean | null } | null;
  /** Whether the same person goes on with the next shift. */
  isStaying: boolean;
};

/** Nobody leaves before the relief has come and accepted (A031), nor from a place that is not clean (A030). */
export function requireReleased({ shift, handover, isStaying }: Leaving): void {
  if (!shift.isHandoverRequired || isStaying || handover?.status === 'ACCEPTED') return;
  if (handover?.isCleaningPassed === false) throw new DomainError('CONFLICT', 'CLEANING_NOT_PASSED', { rule: 'A030' });
  throw new DomainError('CONFLICT', 'HANDOVER_NOT_ACCEPTED', { rule: 'A031' });
}
