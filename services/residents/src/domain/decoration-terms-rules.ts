import { DomainError, type Violation } from '@steward/core';

import type { DecorationTerms } from './decoration.ts';
import { textViolations } from './text-rules.ts';

type Hours = Pick<DecorationTerms, 'workFrom' | 'workTo' | 'breakFrom' | 'breakTo' | 'isAllowedAtWeekend'>;

/** Saturday and Sunday of the calendar; the day of the week of a date does not depend on a zone. */
const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** A day and a time of day in the zone of the community. */
type LocalInstant = { day: string; time: string };

/** Whether work is allowed at a time (A084). */
export function isWithinHours(hours: Hours, { day, time }: LocalInstant): boolean {
  if (!hours.isAllowedAtWeekend && isWeekend(day)) return false;
  const { breakFrom, breakTo } = hours;
  const isBreak = breakFrom !== null && breakTo !== null && time >= breakFrom && time < breakTo;
  return time >= hours.workFrom && time < hours.workTo && !isBreak;
}

/** What is wrong with hours and prohibitions to be published. */
export function publishedTermsViolations(terms: Hours & { prohibitions: string }): Violation[] {
  const rule = 'A084';
  const violations: Violation[] = [];
  const { workFrom, workTo, breakFrom, breakTo } = terms;
  if (workFrom >= workTo) violations.push({ path: 'input.workTo', reason: 'RANGE_EMPTY', rule });
  const hasBreak = breakFrom !== null || breakTo !== null;
  const isBreak = breakFrom !== null && breakTo !== null && breakFrom < breakTo;
  if (hasBreak && !(isBreak && workFrom <= breakFrom && breakTo <= workTo))
    violations.push({ path: 'input.breakTo', reason: 'RANGE_EMPTY', rule });
  return [...violations, ...textViolations(terms.prohibitions, 'input.prohibitions')];
}

/** The terms that somebody signs are those in force. */
export function requireInForce(inForce: DecorationTerms | null, termsId: string): DecorationTerms {
  const rule = 'A084';
  if (inForce === null) throw new DomainError('CONFLICT', 'TERMS_NOT_PUBLISHED', { rule });
  if (inForce.id !== termsId) {
    const params = { edition: inForce.edition };
    throw new DomainError('CONFLICT', 'TERMS_OUTDATED', { rule, path: 'input.termsId', params });
  }
  return inForce;
}
