import { DomainError, type Violation } from '@steward/core';

import type { FollowUp, QualityFigure } from './staff-meeting.ts';
import { qualityCodes, trainingLimits } from './training-policy.ts';

export type FollowUpTerms = { staffId: string; description: string; dueOn: string };

/** What is wrong with what people undertake: by a day from today on, in words, and not too many at once. */
export function followUpViolations(terms: readonly FollowUpTerms[], today: string, path: string): Violation[] {
  const most = trainingLimits.followUps.value;
  if (terms.length > most) return [{ path, reason: 'TOO_MANY_ROWS', params: { most } }];
  return terms.flatMap(({ description, dueOn }, index) => {
    const violations: Violation[] = [];
    if (description.trim() === '') violations.push({ path: `${path}.${index}.description`, reason: 'TEXT_REQUIRED' });
    if (dueOn < today) violations.push({ path: `${path}.${index}.dueOn`, reason: 'IN_THE_PAST' });
    return violations;
  });
}

/** Minutes in writing, of a meeting whose agenda was set (A240). */
export function meetingViolations(minutes: string, agenda: string | null): Violation[] {
  const violations: Violation[] = [];
  if (agenda === null) violations.push({ path: 'input.id', reason: 'AGENDA_MISSING', rule: 'A240' });
  if (minutes.trim() === '') violations.push({ path: 'input.minutes', reason: 'TEXT_REQUIRED', rule: 'A240' });
  return violations;
}

/** Figures above zero that tell of something to be mended. */
export const poorFigures = (figures: readonly QualityFigure[]): string[] =>
  figures.filter(({ code, count }) => count > 0 && isPoor(code)).map(({ code }) => code);

const isPoor = (code: string): boolean => (qualityCodes.poor as readonly string[]).includes(code);

/** The month's figures in their order, 0 where nothing was counted. */
export const figuresOf = (counted: ReadonlyMap<string, number>): QualityFigure[] =>
  qualityCodes.codes.map((code) => ({ code, count: counted.get(code) ?? 0 }));

/** An analysis in writing, and a remedy wherever a figure is poor (A256). */
export function reviewViolations(
  figures: readonly QualityFigure[],
  analysis: string,
  remedies: readonly FollowUpTerms[],
): Violation[] {
  const violations: Violation[] = [];
  if (analysis.trim() === '') violations.push({ path: 'input.analysis', reason: 'TEXT_REQUIRED', rule: 'A256' });
  const poor = poorFigures(figures);
  if (remedies.length === 0 && poor.length > 0)
    violations.push({
      path: 'input.remedies',
      reason: 'REMEDY_MISSING',
      rule: 'A256',
      params: { codes: poor.join(', ') },
    });
  return violations;
}

/** A review ends when each of its remedies is done or given up (A256). */
export function requireDone(remedies: readonly Pick<FollowUp, 'number' | 'status'>[]): void {
  const open = remedies.filter(({ status }) => status === 'OPEN');
  if (open.length > 0)
    throw new DomainError('CONFLICT', 'REMEDY_OPEN', {
      rule: 'A256',
      violations: open.map(({ number }) => ({ reason: 'REMEDY_OPEN', rule: 'A256', params: { number } })),
    });
}
