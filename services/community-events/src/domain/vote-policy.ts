/** Votes of the owners by the Civil Code of the PRC, article 278; no community may change what the law says. */
export const voteThresholds = {
  /** Of the area and of the owners, who take part. */
  quorum: { value: { numerator: 2, denominator: 3 }, unit: 'share', rule: 'Civil Code 278' },
  /** Of both among those who take part, for the listed matters. */
  special: { value: { numerator: 3, denominator: 4 }, unit: 'share', rule: 'Civil Code 278' },
} as const;

/** Raising the maintenance fund, rebuilding, changing what common parts are for (278, items 6 to 8). */
export const specialMatters = ['MAINTENANCE_FUND_RAISING', 'REBUILDING', 'COMMON_PART_CHANGE'] as const;

/** No figure in the law: everybody has a week to vote. */
export const votePeriod = { leastDays: { value: 7, unit: 'day', rule: 'Civil Code 278' } } as const;
