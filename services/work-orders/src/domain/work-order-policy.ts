/** Time limits of the work (settled reading 9), warnings and escalation. */
export const workFigures = {
  emergencyDispatchMinutes: { value: 15, unit: 'minute', rule: 'B013' },
  dispatchMinutes: { value: 30, unit: 'minute', rule: 'B013' },
  /** At least this long from the entry, however long ago the request was made: nobody could see it before. */
  dispatchAfterEntryMinutes: { value: 10, unit: 'minute', rule: 'B013' },
  emergencyOnSiteMinutes: { value: 30, unit: 'minute', rule: 'A068' },
  /** On site where neither an appointment nor a convenient time was given. */
  onSiteHours: { value: 24, unit: 'hour', rule: 'A109' },
  /** After the appointment, or after the time to be on site. */
  completionHours: { value: 24, unit: 'hour', rule: 'B015' },
  /** Share of the time after which a warning goes out. */
  warnShare: { value: 0.8, unit: 'share of the time', rule: 'B015' },
  /** Share of the time after which the director is told; the supervisor is told at the breach. */
  directorShare: { value: 2, unit: 'share of the time', rule: 'B015' },
  longestPauseDays: { value: 7, unit: 'day', rule: 'B015' },
  /** Night sheets are typed in the next morning. */
  backdatingHours: { value: 24, unit: 'hour', rule: 'A205' },
  urgeAgainHours: { value: 2, unit: 'hour', rule: 'A008' },
} as const;

/** Time limits after the work is done. */
export const afterWorkFigures = {
  safetyReturnVisitDays: { value: 2, unit: 'day', rule: 'A070' },
  leakReturnVisitDays: { value: 3, unit: 'day', rule: 'A071' },
  otherReturnVisitDays: { value: 2, unit: 'day', rule: 'A072' },
  /** No figure in the standard: a day more than the return visit has, which asks for the signature that is missing. */
  acceptanceDays: { value: 3, unit: 'day', rule: 'A110' },
  /** No figure in the standard: without a limit an untested leak would never be visited. */
  waterTestDays: { value: 2, unit: 'day', rule: 'A071' },
  /** True: the days of return visits are working days. */
  countsWorkingDays: { value: false, unit: 'yes or no', rule: 'A069' },
  /** Attempts after which a household that is never met counts as visited. */
  returnVisitAttempts: { value: 3, unit: 'attempt', rule: 'A069' },
  /** Between two attempts. */
  returnVisitRetryHours: { value: 4, unit: 'hour', rule: 'A069' },
  /** "At once": on site again after a failed test, refused acceptance or unsatisfied visit. */
  reworkOnSiteMinutes: { value: 30, unit: 'minute', rule: 'A073' },
} as const;

/** Weekly samples and monthly reports. */
export const reviewFigures = {
  sampleShare: { value: 0.1, unit: 'share of the completed orders', rule: 'A242' },
  sampleAtLeast: { value: 3, unit: 'order', rule: 'A242' },
  sampleAtMost: { value: 20, unit: 'order', rule: 'A242' },
  sampleVisitDays: { value: 7, unit: 'day', rule: 'A242' },
  reportCheckDays: { value: 5, unit: 'day', rule: 'A244' },
} as const;

/** The tables a community may override, by the names they go by in `setWorkOrderPolicy`. */
export const workPolicy = { name: 'work', figures: workFigures };
export const afterWorkPolicy = { name: 'after-work', figures: afterWorkFigures };
export const reviewPolicy = { name: 'review', figures: reviewFigures };

type Values<F> = {
  [K in keyof F]: F[K] extends { value: number } ? number : F[K] extends { value: boolean } ? boolean : string;
};

/** The figures as they hold for one community. */
export type WorkValues = Values<typeof workFigures>;
export type AfterWorkValues = Values<typeof afterWorkFigures>;
export type ReviewValues = Values<typeof reviewFigures>;

/** Ratings of the household's opinion. */
export const ratingRange = {
  least: { value: 1, unit: 'point', rule: 'A008' },
  most: { value: 5, unit: 'point', rule: 'A008' },
} as const;

/** Of work orders (维修), samples and monthly reports. */
export const numberPrefixes = { order: 'WX', sample: 'WS', report: 'WR' } as const;

/** Sizes of bulk work. */
export const bulkLimits = {
  importRows: { value: 500, unit: 'row', rule: 'A205' },
  assignRows: { value: 200, unit: 'order', rule: 'B013' },
} as const;

/**
 * Roles of a post that orders can be given to: who carries out repairs, and the supervisor who takes one on. Guards,
 * cashiers and the desk are sent to nobody's flat with a tool.
 */
export const dispatchRoles = {
  value: ['maintenance', 'environment', 'supervisor'],
  unit: 'role',
  rule: 'B013',
} as const;

/** Why work pauses. */
export const pauseReasons = [
  'WAITING_FOR_MATERIAL',
  'WAITING_FOR_CUSTOMER',
  'WAITING_FOR_CONTRACTOR',
  'WAITING_FOR_APPROVAL',
  'WEATHER',
] as const;

/** Why an order is not carried out. */
export const cancelReasons = [
  'WITHDRAWN_BY_CUSTOMER',
  'DUPLICATE',
  'NOT_OUR_DUTY',
  'QUOTE_DECLINED',
  'ALREADY_REPAIRED',
] as const;

/** What was given up for these tells of no damage of the estate: it is counted elsewhere, or not there at all (A244). */
export const noDamageReasons: readonly (typeof cancelReasons)[number][] = ['DUPLICATE', 'NOT_OUR_DUTY'];

/** The department whose supervisor is told of breaches of the customer's side: visits, samples, reports. */
export const customerServiceDepartment = 'CUSTOMER_SERVICE';

/** Channels that code knows: a defect found at move-in goes to the developer first (A058); residents write in the app. */
export const moveInInspectionChannel = 'MOVE_IN_INSPECTION';
export const appChannel = 'APP';
export const externalAgencyChannel = 'EXTERNAL_AGENCY';

/** The timer that takes the orders of whoever has left back, on the first day without them. */
export const staffReleaseTimer = 'staff-release';

/** The timer that ends a pause at its time. */
export const pauseEndTimer = 'work-order-pause-end';
