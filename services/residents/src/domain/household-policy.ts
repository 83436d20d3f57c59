/**
 * By which right the household must hold a unit for a member's role; null: none is needed. A renter may belong to a
 * household of their own that rents, or to that of the owner who lets.
 */
export const memberTenures = {
  OWNER: ['OWNED'],
  RENTER: ['OWNED', 'RENTED'],
  FAMILY: null,
  AGENT: null,
} as const satisfies Record<string, readonly string[] | null>;

/** Roles that only a person can have. */
export const personalRoles: readonly string[] = ['FAMILY'];

/** What can be done with a household; it has no states. */
export const householdActions = [
  'addHouseholdUnit',
  'releaseHouseholdUnit',
  'startHouseholdMembership',
  'endHouseholdMembership',
  'changeHouseholdSegment',
  'changeHouseholdKeyAccount',
  'createHouseholdDocumentUpload',
  'fileHouseholdDocument',
] as const;
