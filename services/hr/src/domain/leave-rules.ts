import { DomainError, type Violation } from '@steward/core';

import { appraisalFault, conductKinds, leaveKinds, overtimeLimits } from './payroll-policy.ts';

type LeaveTerms = { kindCode: string; startsOn: string; endsOn: string; reason: string };

/** What is wrong with a request for leave; it comes in writing (B035). */
export function leaveViolations({ kindCode, startsOn, endsOn, reason }: LeaveTerms): Violation[] {
  const violations: Violation[] = [];
  if (!(kindCode in leaveKinds))
    violations.push({ path: 'input.kindCode', reason: 'LEAVE_KIND_UNKNOWN', params: { kindCode } });
  if (endsOn <= startsOn) violations.push({ path: 'input.endsOn', reason: 'RANGE_EMPTY' });
  if (reason.trim() === '') violations.push({ path: 'input.reason', reason: 'TEXT_REQUIRED', rule: 'B035' });
  return violations;
}

/** Leave is asked for and approved before it begins; what comes afterwards is absence (B035). */
export function requireInTime(beginsAt: Date, now: Date): void {
  if (now >= beginsAt) throw new DomainError('CONFLICT', 'LEAVE_TOO_LATE', { rule: 'B035' });
}

type OvertimeTerms = { from: Date; to: Date; reason: string };

export function overtimeViolations({ from, to, reason }: OvertimeTerms): Violation[] {
  const most = overtimeLimits.hours.value;
  if (to <= from) return [{ path: 'input.to', reason: 'RANGE_EMPTY' }];
  const violations: Violation[] = [];
  if (to.getTime() - from.getTime() > most * 3_600_000)
    violations.push({ path: 'input.to', reason: 'OVERTIME_TOO_LONG', params: { hours: most } });
  if (reason.trim() === '') violations.push({ path: 'input.reason', reason: 'TEXT_REQUIRED' });
  return violations;
}

/** Points of a fault by the table (B041). */
export function pointsOf(kindCode: string): number {
  const kind = Object.entries(conductKinds).find(([code]) => code === kindCode)?.[1];
  if (kind !== undefined) return kind.points;
  throw new DomainError('BAD_USER_INPUT', 'CONDUCT_KIND_UNKNOWN', { path: 'input.kindCode', params: { kindCode } });
}

/** The same of what somebody books by hand. */
export function pointsByHand(kindCode: string): number {
  return pointsOf(kindCode === appraisalFault ? '' : kindCode);
}

/** Nobody decides about themselves. */
export function requireSomebodyElse(staffId: string, viewerId: string | null, rule: string): void {
  if (staffId === viewerId) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule });
}
