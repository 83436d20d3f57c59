export type HouseholdSegment = 'MAIN_MERCHANT' | 'SMALL_MERCHANT' | 'RESIDENT';
export type HoldingTenure = 'OWNED' | 'RENTED';
export type HouseholdRole = 'OWNER' | 'RENTER' | 'FAMILY' | 'AGENT';

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

/** Days are half-open `[validFrom, validTo)`, in the zone of the community. */
export type DayRange = { validFrom: string; validTo: string | null };

export type HoldingTerms = DayRange & { unitId: string; tenure: HoldingTenure };

/** A unit held by a household. */
export type HouseholdHolding = HoldingTerms & { id: string; tenantId: string; householdId: string };

/** Exactly one of the two is set. */
export type Party = { personId: string | null; organisationId: string | null };

export type MembershipTerms = DayRange & Party & { role: HouseholdRole };

/** Someone's belonging to a household. */
export type HouseholdMembership = MembershipTerms & { id: string; tenantId: string; householdId: string };

/** A paper in a household's file. */
export type HouseholdDocument = {
  id: string;
  tenantId: string;
  householdId: string;
  kindCode: string;
  fileId: string | null;
  receivedAt: Date;
};
