import { DomainError, type Violation } from '@steward/core';

import { contactViolations } from './contact-rules.ts';
import { communityActions } from './community-policy.ts';
import type { Community } from './community.ts';

const codePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

/** Refuses what can no longer be done in a community that is not managed any more. */
export function requireManaged(community: Community, action: string): void {
  const allowed: readonly string[] = communityActions[community.status];
  if (!allowed.includes(action)) throw new DomainError('CONFLICT', 'COMMUNITY_LEFT');
}

export const areaViolations = (area: string | null | undefined, path: string): Violation[] =>
  area != null && Number(area) <= 0 ? [{ path, reason: 'AREA_NOT_POSITIVE' }] : [];

type Typed = {
  code: string;
  name: string;
  timeZone?: string;
  locale?: string;
  currency?: string;
  builtAreaM2?: string | null;
};

/** What is wrong with a new community; whether a zone exists is for `isTimeZone` to say. */
export function communityViolations(typed: Typed, isTimeZone: (zone: string) => boolean): Violation[] {
  const violations = [...contactViolations(typed, 'input'), ...areaViolations(typed.builtAreaM2, 'input.builtAreaM2')];
  if (!codePattern.test(typed.code)) violations.push({ path: 'input.code', reason: 'CODE_MALFORMED' });
  if (typed.timeZone !== undefined && !isTimeZone(typed.timeZone)) {
    violations.push({ path: 'input.timeZone', reason: 'TIME_ZONE_UNKNOWN' });
  }
  if (typed.currency !== undefined && !/^[A-Z]{3}$/.test(typed.currency)) {
    violations.push({ path: 'input.currency', reason: 'CURRENCY_MALFORMED' });
  }
  return violations;
}
