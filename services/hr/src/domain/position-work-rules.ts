import { DomainError, refuseAll, type Violation } from '@steward/core';

import { addDays, addMonths, weekdayOf } from './calendar-rules.ts';
import { archivePapers, archivesOfStaff } from './position-policy.ts';
import type { KpiResult, PersonnelArchive, PostRotation } from './position-work.ts';
import type { DutyCycle, Position, PositionDuty, PositionKpi } from './position.ts';

export type Period = { cycle: DutyCycle; startsOn: string; endsOn: string };

/**
 * The periods that begin on a day: the day itself where it is one of the days worked in a week (B053), on Monday the week,
 * on the first the month.
 */
export function periodsFrom(day: string, weeklyWorkDays: number | null): Period[] {
  const periods: Period[] = [];
  if (weekdayOf(day) <= (weeklyWorkDays ?? 7)) periods.push({ cycle: 'DAILY', startsOn: day, endsOn: addDays(day, 1) });
  if (weekdayOf(day) === 1) periods.push({ cycle: 'WEEKLY', startsOn: day, endsOn: addDays(day, 7) });
  if (day.endsWith('-01')) periods.push({ cycle: 'MONTHLY', startsOn: day, endsOn: addMonths(day, 1) });
  return periods;
}

/** The lists of duties of a position that begin on a day. */
export const sheetsFrom = (
  { duties, weeklyWorkDays }: Pick<Position, 'duties' | 'weeklyWorkDays'>,
  day: string,
): (Period & { duties: PositionDuty[] })[] =>
  periodsFrom(day, weeklyWorkDays)
    .map((period) => ({ ...period, duties: duties.filter(({ cycle }) => cycle === period.cycle) }))
    .filter((period) => period.duties.length > 0);

type Count = { code: string; doneCount: number; totalCount: number };

/** In hundredths of a percent, rounded down: 99.999 % is not all. */
const hundredths = ({ doneCount, totalCount }: Count): number =>
  totalCount === 0 ? 10_000 : Math.floor((doneCount * 10_000) / totalCount);

/** Every target with what was counted (B049); refused with every one that is missing, unknown or impossible. */
export function judgeKpis(kpis: readonly PositionKpi[], counts: readonly Count[]): KpiResult[] {
  const violations: Violation[] = [];
  for (const { code, doneCount, totalCount } of counts) {
    if (!kpis.some((kpi) => kpi.code === code))
      violations.push({ path: 'input.counts', reason: 'KPI_UNKNOWN', rule: 'B049', params: { code } });
    if (doneCount < 0 || doneCount > totalCount)
      violations.push({ path: 'input.counts', reason: 'FIGURE_OUT_OF_RANGE', params: { least: 0, most: totalCount } });
  }
  const results = kpis.flatMap((kpi): KpiResult[] => {
    const count = counts.find(({ code }) => code === kpi.code);
    if (count === undefined) {
      violations.push({ path: 'input.counts', reason: 'KPI_MISSING', rule: 'B049', params: { code: kpi.code } });
      return [];
    }
    const reached = hundredths(count);
    const { doneCount, totalCount } = count;
    const percent = (reached / 100).toFixed(2);
    return [{ ...kpi, doneCount, totalCount, percent, isMet: reached >= kpi.targetPercent * 100 }];
  });
  refuseAll(violations);
  return results;
}

/** What has to be in a folder and is not (A012). */
export const missingPapers = ({ kind, papers }: Pick<PersonnelArchive, 'kind' | 'papers'>): string[] =>
  archivePapers[kind].papers.filter((code) => !papers.some((paper) => paper.code === code));

const ofStaff: readonly string[] = archivesOfStaff.kinds;

export function requireArchiveStaff(kind: string, staffId: string | null): void {
  if (staffId === null && ofStaff.includes(kind))
    throw new DomainError('BAD_USER_INPUT', 'ARCHIVE_NEEDS_STAFF', { rule: 'A012', path: 'input.staffId' });
}

/** A folder is lent from tomorrow's look on for some days at most. */
export function requireLoan(dueOn: string, today: string, mostDays: number): void {
  if (dueOn < today) throw new DomainError('BAD_USER_INPUT', 'RANGE_EMPTY', { path: 'input.dueOn' });
  if (dueOn > addDays(today, mostDays))
    throw new DomainError('BAD_USER_INPUT', 'LOAN_TOO_LONG', {
      rule: 'A012',
      path: 'input.dueOn',
      params: { most: mostDays },
    });
}

type Next = {
  to: Pick<Position, 'number' | 'rotationGroup'>;
  group: string | null;
  movesOn: string;
  windowDays: number;
};

/** Rotation goes to another position of the group (A202), not long before the half-year is over. */
export function requireRotation(rotation: PostRotation, { to, group, movesOn, windowDays }: Next): void {
  if (to.number === rotation.positionCode || group === null || to.rotationGroup !== group)
    throw new DomainError('BAD_USER_INPUT', 'ROTATION_GROUP', { rule: 'A202', path: 'input.toPositionCode' });
  const earliest = addDays(rotation.dueOn, -windowDays);
  if (movesOn < earliest)
    throw new DomainError('CONFLICT', 'ROTATION_TOO_EARLY', { rule: 'A202', params: { earliest } });
}
