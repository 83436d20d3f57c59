/** The tenure of a unit that a member's role rests on; null: none. */
export const memberTenures = { OWNER: 'OWNED', RENTER: 'RENTED', FAMILY: null, AGENT: null } as const;

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
