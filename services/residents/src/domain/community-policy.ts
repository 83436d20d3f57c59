/** What can be done in which state of a community; everything else is refused with COMMUNITY_LEFT. */
export const communityActions = {
  ACTIVE: [
    'updateCommunity',
    'leaveCommunity',
    'registerPlaces',
    'registerPerson',
    'registerOrganisation',
    'registerHouseholds',
  ],
  LEFT: [],
} as const satisfies Record<string, readonly string[]>;

/** Languages in which letters and notices are written. */
export const locales: readonly string[] = ['zh-CN', 'en'];
