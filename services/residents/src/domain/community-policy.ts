/** What can be done in a community; in one that was left, records only stay readable. */
export const communityActions = {
  ACTIVE: [
    'updateCommunity',
    'leaveCommunity',
    'registerPlaces',
    'registerPerson',
    'registerOrganisation',
    'registerHouseholds',
    'addHouseholdUnit',
    'startHouseholdMembership',
  ],
  LEFT: [],
} as const satisfies Record<string, readonly string[]>;
