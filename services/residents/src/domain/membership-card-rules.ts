import type { Violation } from '@steward/core';

import { membershipCardTransitions, type membershipCardPolicy } from './membership-card-policy.ts';
import type { MembershipCard, MembershipCardTier } from './membership-card.ts';
import { procedureRules } from './procedure.ts';

export const membershipCardRules = procedureRules(membershipCardTransitions);

/** What an applicant is in the community today: one row for each household that they belong to. */
export type Standing = { isKeyAccount: boolean; days: number; unitCount: number };

type Figures = Record<keyof typeof membershipCardPolicy.figures, number>;
type Judged = { tier: MembershipCardTier; isOrganisation: boolean; standing: readonly Standing[]; figures: Figures };

const path = 'input.tier';

const tooShort = (rule: string, needed: number): Violation => ({
  path,
  reason: 'MEMBERSHIP_TOO_SHORT',
  rule,
  params: { needed },
});

function tierViolations({ tier, isOrganisation, standing, figures }: Judged): Violation[] {
  const longest = Math.max(...standing.map(({ days }) => days));
  if (tier === 'MEMBER') return longest < figures.memberDays ? [tooShort('A302', figures.memberDays)] : [];
  if (tier === 'VIP') {
    const isKey = standing.some(({ isKeyAccount }) => isKeyAccount);
    return isKey || longest >= figures.vipDays ? [] : [tooShort('A309', figures.vipDays)];
  }
  const units = standing.reduce((sum, { unitCount }) => sum + unitCount, 0);
  const violations: Violation[] = [];
  if (!isOrganisation) violations.push({ path, reason: 'BULK_NEEDS_ORGANISATION', rule: 'A302' });
  if (units < figures.bulkUnits)
    violations.push({ path, reason: 'TOO_FEW_UNITS', rule: 'A302', params: { units, needed: figures.bulkUnits } });
  return violations;
}

/** Everything that speaks against a card; nobody from outside has one (A302). */
export const eligibilityViolations = (judged: Judged): Violation[] =>
  judged.standing.length === 0 ? [{ path, reason: 'NOT_A_MEMBER', rule: 'A302' }] : tierViolations(judged);

/** A card that holds for longer yet is not renewed: from `renewableFrom` on. */
export const renewalViolations = (renewableFrom: string, today: string): Violation[] =>
  today < renewableFrom
    ? [{ path: 'input.id', reason: 'NOT_YET_RENEWABLE', rule: 'A302', params: { renewableFrom } }]
    : [];

/** Files are kept of VIPs alone (A309). */
export function profileViolations({ tier }: MembershipCard, profile: string): Violation[] {
  const rule = 'A309';
  const violations: Violation[] = [];
  if (tier !== 'VIP') violations.push({ path: 'input.id', reason: 'NO_VIP', rule });
  if (profile.trim() === '') violations.push({ path: 'input.profile', reason: 'TEXT_REQUIRED', rule });
  return violations;
}

export const hasExpired = ({ status, validTo }: MembershipCard, today: string): boolean =>
  status === 'ACTIVE' && validTo !== null && validTo <= today;
