type ByHand = {
  /** Of days, which a run charges too: their charge keeps a run from charging them again. */
  isOfDays: boolean;
};

/**
 * Kinds that may be charged one by one. What meters count, shares, late fees, deposits and final settlements come of what
 * they are computed from or kept for, and are put right there (B011).
 */
export const byHandTypes: Readonly<Record<string, ByHand>> = {
  VENUE_RENT: { isOfDays: false },
  PASS_FEE: { isOfDays: false },
  PAID_SERVICE: { isOfDays: false },
  DECORATION_WASTE: { isOfDays: false },
  AGENCY_COMMISSION: { isOfDays: false },
  MANAGEMENT_FEE: { isOfDays: true },
  CABLE_TV: { isOfDays: true },
  TELEPHONE: { isOfDays: true },
};

/** The reason of a charge that stands in the place of one that was taken back. */
export const correction = 'CORRECTION';

/** What a single charge is asked for. */
export const chargeRequestReasons: readonly string[] = [
  'VENUE_RENTED',
  'PASS_ISSUED',
  'SERVICE_DONE',
  'AGREED',
  correction,
];
