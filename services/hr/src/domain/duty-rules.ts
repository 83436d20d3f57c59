import { DomainError, refuseAll, type Violation } from '@steward/core';

import { requireAction } from './staff-actions.ts';
import type { Staff } from './staff.ts';

type Duty = Pick<Staff, 'dutyFrom' | 'dutyTo'>;

/** A duty is running or coming. */
export const isDutyOpen = (duty: Duty, now: Date): boolean =>
  duty.dutyFrom !== null && (duty.dutyTo === null || duty.dutyTo > now);

export const isOnDuty = (duty: Duty, now: Date): boolean =>
  isDutyOpen(duty, now) && duty.dutyFrom !== null && duty.dutyFrom <= now;

/** An open duty ended at a time; one that had not begun is taken back. */
export const cutDuty = (duty: Duty, at: Date): Duty =>
  duty.dutyFrom !== null && duty.dutyFrom < at
    ? { dutyFrom: duty.dutyFrom, dutyTo: at }
    : { dutyFrom: null, dutyTo: null };

const isTooFarBack = (at: Date, now: Date, backdatingHours: number): boolean =>
  at.getTime() < now.getTime() - backdatingHours * 3_600_000;

type Start = { from: Date; to: Date | null; hasPostThen: boolean; now: Date; backdatingHours: number };

/** On duty in [from, to); at most one duty is open at a time, and only who holds a post can be on duty. */
export function startDuty(staff: Staff, { from, to, hasPostThen, now, backdatingHours }: Start): Staff {
  requireAction(staff, 'startStaffDuty');
  if (isDutyOpen(staff, now)) throw new DomainError('CONFLICT', 'ALREADY_ON_DUTY');
  const violations: Violation[] = [];
  if (to !== null && to <= from) violations.push({ path: 'input.to', reason: 'RANGE_EMPTY' });
  if (!hasPostThen) violations.push({ path: 'input.from', reason: 'NO_POST_THEN' });
  if (isTooFarBack(from, now, backdatingHours)) {
    violations.push({ path: 'input.from', reason: 'TOO_FAR_BACK', rule: 'A021', params: { hours: backdatingHours } });
  }
  refuseAll(violations);
  return { ...staff, dutyFrom: from, dutyTo: to };
}

type End = { at: Date; now: Date; backdatingHours: number };

/** Off duty from `at` on. */
export function endDuty(staff: Staff, { at, now, backdatingHours }: End): Staff {
  requireAction(staff, 'endStaffDuty');
  if (!isDutyOpen(staff, now)) throw new DomainError('CONFLICT', 'NOT_ON_DUTY');
  const violations: Violation[] = [];
  if (at > now) violations.push({ path: 'input.occurredAt', reason: 'IN_THE_FUTURE' });
  if (isTooFarBack(at, now, backdatingHours)) {
    const params = { hours: backdatingHours };
    violations.push({ path: 'input.occurredAt', reason: 'TOO_FAR_BACK', rule: 'A021', params });
  }
  if (isOnDuty(staff, now) && staff.dutyFrom !== null && at <= staff.dutyFrom) {
    violations.push({ path: 'input.occurredAt', reason: 'RANGE_EMPTY' });
  }
  refuseAll(violations);
  return { ...staff, ...cutDuty(staff, at) };
}
