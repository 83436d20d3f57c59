import type { memberTenures } from './household-policy.ts';

export type HouseholdSegment = 'MAIN_MERCHANT' | 'SMALL_MERCHANT' | 'RESIDENT';
export type HoldingTenure = 'OWNED' | 'RENTED';
export type HouseholdRole = keyof typeof memberTenures;

/** Those who together hold one or more units: one household, one file. */
export type Household = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  segment: HouseholdSegment;
  isKeyAccount: boolean;
};

/** Half-open days `[validFrom, validTo)`; null: open. An empty range never took place. */
export type DayRange = { validFrom: string; validTo: string | null };

/** By which right which unit is held, and when. */
export type HoldingTerms = DayRange & { unitId: string; tenure: HoldingTenure };

export type HouseholdHolding = HoldingTerms & { id: string; tenantId: string; householdId: string };

/** Who belongs to a household as what, and when; exactly one of the two ids is set. */
export type MembershipTerms = DayRange & {
  personId: string | null;
  organisationId: string | null;
  role: HouseholdRole;
};

export type HouseholdMembership = MembershipTerms & { id: string; tenantId: string; householdId: string };

/** A paper of the household's file. */
export type HouseholdDocument = {
  id: string;
  tenantId: string;
  householdId: string;
  kindCode: string;
  fileId: string | null;
  receivedAt: Date;
};
