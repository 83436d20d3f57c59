/** What the events of residents and hr tell: enough to decide here, nothing personal. */

export type CommunityReference = {
  id: string;
  tenantId: string;
  timeZone: string;
  currency: string;
  status: 'ACTIVE' | 'LEFT';
};

export type PlaceReference = {
  id: string;
  tenantId: string;
  communityId: string;
  /** The building it stands in, itself included; null on the grounds. */
  buildingId: string | null;
  kind: 'BUILDING' | 'SECTION' | 'UNIT' | 'COMMON_AREA';
  /** Codes from the building down, by which people name the place. */
  path: string;
};

/** Days are half-open. */
export type HouseholdUnit = {
  id: string;
  tenantId: string;
  householdId: string;
  unitId: string;
  validFrom: string;
  validTo: string | null;
};

export type StaffReference = {
  id: string;
  tenantId: string;
  /** First day no longer employed. */
  leftOn: string | null;
};

export type StaffPostReference = {
  id: string;
  tenantId: string;
  staffId: string;
  communityId: string;
  departmentCode: string;
  role: string;
  validFrom: string;
  validTo: string | null;
};
