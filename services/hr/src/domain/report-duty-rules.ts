import type { Violation } from '@steward/core';

import { reportDueDays } from './conduct-policy.ts';
import type { ReportFrequency } from './conduct.ts';
import { daysAfter, isFirstOfMonth, isMonday, monthsBefore } from './period-rules.ts';

type Terms = { name: string; frequency: ReportFrequency; dueDay: number };

export function reportDutyViolations({ name, frequency, dueDay }: Terms): Violation[] {
  const most = reportDueDays[frequency];
  const violations: Violation[] = [];
  if (name.trim() === '') violations.push({ path: 'input.name', reason: 'TEXT_REQUIRED' });
  if (dueDay < 1 || dueDay > most)
    violations.push({ path: 'input.dueDay', reason: 'DUE_DAY', rule: 'B051', params: { most } });
  return violations;
}

/** The first day of the period that ended with the day before, or null if none of the frequency did. */
export function periodEndedBefore(day: string, frequency: ReportFrequency): string | null {
  if (frequency === 'WEEKLY') return isMonday(day) ? daysAfter(day, -7) : null;
  if (!isFirstOfMonth(day)) return null;
  if (frequency === 'MONTHLY') return monthsBefore(day, 1);
  return ['01', '04', '07', '10'].includes(day.slice(5, 7)) ? monthsBefore(day, 3) : null;
}

/** The last day on which a report is in time: day 1 is the first day after its period. */
export const dueOnOf = (endsOn: string, dueDay: number): string => daysAfter(endsOn, dueDay - 1);
