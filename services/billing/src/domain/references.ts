/** What the events of residents tell: enough to charge, nothing personal. Days are half-open. */

export type UnitReference = {
  id: string;
  tenantId: string;
  communityId: string;
  kind: 'BUILDING' | 'SECTION' | 'UNIT' | 'COMMON_AREA';
  /** Codes from the building down. */
  path: string;
  /** The first of them: the building. */
  buildingPath: string;
  usage: string | null;
  /** Exact decimal. */
  areaM2: string | null;
  deliveredOn: string | null;
};

export type Tenure = 'OWNED' | 'RENTED';

export type HouseholdUnit = {
  id: string;
  tenantId: string;
  householdId: string;
  unitId: string;
  tenure: Tenure;
  validFrom: string;
  validTo: string | null;
};

/** A person or an organisation that belongs to a household; exactly one of the ids is set. */
export type HouseholdParty = {
  id: string;
  tenantId: string;
  householdId: string;
  personId: string | null;
  organisationId: string | null;
  role: 'OWNER' | 'RENTER' | 'FAMILY' | 'AGENT';
  validFrom: string;
  validTo: string | null;
};

/** Which billing account owes for a unit on which days. */
export type UnitLiability = {
  id: string;
  tenantId: string;
  communityId: string;
  holdingId: string;
  unitId: string;
  householdId: string;
  billingAccountId: string;
  tenure: Tenure;
  validFrom: string;
  validTo: string | null;
};
