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
  parentId: string | null;
  /** The building it stands in, itself included; null on the grounds. */
  buildingId: string | null;
  kind: 'BUILDING' | 'SECTION' | 'UNIT' | 'COMMON_AREA';
  /** Codes from the building down, by which people name the place. */
  path: string;
  warrantyFrom: string | null;
  designLifeYears: number | null;
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

export type OrganisationReference = {
  id: string;
  tenantId: string;
  kind: 'MERCHANT' | 'CONTRACTOR' | 'DEVELOPER';
};

export type StaffReference = {
  id: string;
  tenantId: string;
  /** 工号; null for those hr told of before it was kept here. */
  number: string | null;
  tradeCodes: string[];
  onDutyFrom: Date | null;
  onDutyTo: Date | null;
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
