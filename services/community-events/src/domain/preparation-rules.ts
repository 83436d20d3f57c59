import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { ActivityValues } from './activity-policy.ts';
import type { Activity, ActivityDuty, ActivityPrize, ActivityRecordKind } from './activity.ts';
import { moveTo, stay } from './transition-rules.ts';

type Duty = { departmentCode: string; task: string };

/** Roles and tasks of everyone who helps: each department that sets up has at least one (A106). */
export function requireDuties(activity: Activity, duties: readonly Duty[], figures: ActivityValues): void {
  const rule = 'A106';
  const violations: Violation[] = duties.flatMap(({ departmentCode, task }, index) => [
    ...(activity.departmentCodes.includes(departmentCode)
      ? []
      : [{ path: `input.duties.${index}.departmentCode`, reason: 'DEPARTMENT_NOT_IN_PLAN', rule }]),
    ...(task.trim() === '' ? [{ path: `input.duties.${index}.task`, reason: 'TEXT_REQUIRED', rule }] : []),
  ]);
  const named = new Set(duties.map(({ departmentCode }) => departmentCode));
  for (const department of figures.setUpDepartments) {
    if (named.has(department)) continue;
    violations.push({ path: 'input.duties', reason: 'DEPARTMENT_WITHOUT_DUTY', rule, params: { department } });
  }
  refuseAll(violations);
}

/** A department says that what it prepares stands (A106). */
export function confirmDuty(activity: Activity, duty: ActivityDuty | null): Activity {
  const kept = stay(activity, 'confirmActivityDuty');
  if (duty === null) refuseAll([{ path: 'input.dutyId', reason: 'DUTY_UNKNOWN', rule: 'A106' }]);
  if (duty?.confirmedAt != null) throw new DomainError('CONFLICT', 'DUTY_CONFIRMED', { rule: 'A106' });
  return { ...kept, openDutyCount: kept.openDutyCount - 1 };
}

/** Prizes as planned, never more of them (A105). */
export function requirePrizeLeft(prize: ActivityPrize | null): void {
  if (prize === null) refuseAll([{ path: 'input.prizeId', reason: 'PRIZE_UNKNOWN', rule: 'A105' }]);
  else if (prize.awardedCount >= prize.quantity) {
    throw new DomainError('CONFLICT', 'PRIZES_GIVEN_OUT', { rule: 'A105', params: { most: prize.quantity } });
  }
}

/** An activity that is over; a merchant's only when the control of its site is closed (B018). */
export function finish(
  activity: Activity,
  facts: { attendance: number; now: Date; openControls: readonly string[] },
): Activity {
  const held = moveTo(activity, 'finishActivity', 'HELD');
  refuseAll(
    facts.openControls.map((control) => ({
      path: 'siteControls',
      reason: 'SITE_CONTROL_OPEN',
      rule: 'B018',
      params: { control },
    })),
  );
  return { ...held, finishedAt: facts.now, attendanceCount: facts.attendance };
}

/** Into the archive with notes, photos and film (A107). */
export function archive(activity: Activity, figures: ActivityValues, now: Date): Activity {
  const archived = moveTo(activity, 'archiveActivity', 'ARCHIVED');
  const kinds: readonly string[] = activity.recordKinds;
  refuseAll(
    figures.archiveRecords
      .filter((kind) => !kinds.includes(kind))
      .map((kind) => ({ path: 'records', reason: 'RECORD_MISSING', rule: 'A107', params: { kind } })),
  );
  return { ...archived, archivedAt: now };
}

export const withRecord = (activity: Activity, kinds: readonly ActivityRecordKind[]): Activity => ({
  ...stay(activity, 'addActivityRecords'),
  recordKinds: [...new Set([...activity.recordKinds, ...kinds])].sort(),
});
