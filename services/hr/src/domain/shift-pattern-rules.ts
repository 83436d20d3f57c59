import { DomainError, type Violation } from '@steward/core';

import type { ShiftPattern } from './duty-roster.ts';
import { builtInPatterns } from './duty-time-policy.ts';
import { moveBy } from './duty-transition-rules.ts';

const codePattern = /^[A-Z][A-Z0-9_]{0,39}$/;

type Terms = { code: string; name: string; roles: readonly string[]; startTime: string; endTime: string };

/** What is wrong with a shift that a community adds. */
export function patternViolations({ code, name, roles, startTime, endTime }: Terms): Violation[] {
  const violations: Violation[] = [];
  if (!codePattern.test(code)) violations.push({ path: 'input.code', reason: 'CODE_MALFORMED' });
  if (code in builtInPatterns) violations.push({ path: 'input.code', reason: 'SHIFT_PATTERN_CODE_TAKEN' });
  if (name.trim() === '') violations.push({ path: 'input.name', reason: 'TEXT_REQUIRED' });
  if (roles.length === 0) violations.push({ path: 'input.roles', reason: 'SHIFT_PATTERN_ROLES' });
  if (startTime === endTime) violations.push({ path: 'input.endTime', reason: 'SHIFT_PATTERN_EMPTY' });
  return violations;
}

/** Not worked from a day on; that of a shift still to come may be its first day. */
export function retire(pattern: ShiftPattern, validTo: string): ShiftPattern {
  if (validTo < pattern.validFrom) throw new DomainError('BAD_USER_INPUT', 'RANGE_EMPTY', { path: 'input.validTo' });
  return { ...moveBy(pattern, 'retireShiftPattern', 'RETIRED'), validTo };
}
