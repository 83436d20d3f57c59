import { DomainError, type Violation } from '@steward/core';

import { communityActions } from './community-policy.ts';
import type { Community, CommunityAction } from './community.ts';
import { areaViolations, localeViolations, optionalTextViolations, textViolations } from './text-rules.ts';

const codePattern = /^[A-Za-z0-9_-]{1,40}$/;
const currencyPattern = /^[A-Z]{3}$/;
/** Names of the IANA database: an area and a place. Fixed offsets (`UTC+8`) are no zones of it. */
const zonePattern = /^(UTC|[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/;

type NewCommunity = {
  id?: string | null;
  code: string;
  name: string;
  address?: string | null;
  timeZone: string;
  locale: string;
  currency: string;
  builtAreaM2?: string | null;
};

type Checks = { isId(text: string): boolean; isTimeZone(text: string): boolean };

/** What is wrong with a community that is to be taken under management; ids and zones are judged by the platform. */
export function communityViolations(input: NewCommunity, { isId, isTimeZone }: Checks): Violation[] {
  const violations: Violation[] = [];
  if (input.id != null && !isId(input.id)) violations.push({ path: 'input.id', reason: 'ID_MALFORMED' });
  if (!codePattern.test(input.code)) violations.push({ path: 'input.code', reason: 'CODE_MALFORMED' });
  if (!zonePattern.test(input.timeZone) || !isTimeZone(input.timeZone)) {
    violations.push({ path: 'input.timeZone', reason: 'TIME_ZONE_UNKNOWN' });
  }
  if (!currencyPattern.test(input.currency)) violations.push({ path: 'input.currency', reason: 'CURRENCY_MALFORMED' });
  violations.push(...localeViolations(input.locale, 'input.locale'));
  return [...violations, ...descriptionViolations(input)];
}

/** What is wrong with the descriptive fields, in an entry or a change. */
export const descriptionViolations = (
  input: Partial<Record<'name' | 'address' | 'builtAreaM2', string | null>>,
): Violation[] => [
  ...textViolations(input.name, 'input.name'),
  ...optionalTextViolations(input.address, 'input.address'),
  ...areaViolations(input.builtAreaM2, 'input.builtAreaM2'),
];

/** Refuses what the state of the community does not allow. */
export function requireCommunityAction(community: Community, action: CommunityAction): void {
  const allowed: readonly string[] = communityActions[community.status];
  if (!allowed.includes(action)) throw new DomainError('CONFLICT', 'COMMUNITY_LEFT');
}

/** The community after its management has ended. */
export function leave(community: Community): Community {
  requireCommunityAction(community, 'leaveCommunity');
  return { ...community, status: 'LEFT' };
}
