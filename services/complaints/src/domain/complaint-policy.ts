/** Time limits by grade, warnings and escalation (A094-A099). A day counts as in settled reading 2; 0 is the same day. */
export const limitFigures = {
  /** A major complaint reaches the director. */
  majorReferralDays: { value: 0, unit: 'day', rule: 'A094' },
  /** A major complaint gets a clear reply. */
  majorAnswerDays: { value: 2, unit: 'day', rule: 'A094' },
  majorSolutionDays: { value: 10, unit: 'day', rule: 'A094' },
  /** An important complaint reaches the department's supervisor. */
  importantReferralHours: { value: 1, unit: 'hour', rule: 'A096' },
  importantSolutionDays: { value: 3, unit: 'day', rule: 'A096' },
  minorSolutionDays: { value: 2, unit: 'day', rule: 'A097' },
  /** The resident is told the result. */
  resultTellingDays: { value: 0, unit: 'day', rule: 'A098' },
  /** No figure in the standard: "at once", as for an emergency repair. */
  stopHarmMinutes: { value: 30, unit: 'minute', rule: 'A099' },
  /** No figure in the standard: as for repairs. */
  returnVisitDays: { value: 2, unit: 'day', rule: 'A037' },
  /** Attempts after which a resident who is never met counts as visited. */
  returnVisitAttempts: { value: 3, unit: 'attempt', rule: 'A037' },
  /** Between two attempts. */
  returnVisitRetryHours: { value: 4, unit: 'hour', rule: 'A037' },
  /** After the archive, by the resident or the desk. */
  reopenDays: { value: 30, unit: 'day', rule: 'A036' },
  /** Share of the time after which a warning goes out. */
  warnShare: { value: 0.8, unit: 'share of the time', rule: 'A036' },
  /** Share of the time after which the director is told; the supervisor is told at the breach. */
  directorShare: { value: 2, unit: 'share of the time', rule: 'A036' },
  /** Letters and night sheets are entered the next morning. */
  backdatingHours: { value: 72, unit: 'hour', rule: 'A032' },
  /** True: the days are working days. */
  countsWorkingDays: { value: false, unit: 'yes or no', rule: 'A094' },
} as const;

/** What somebody may grant by themselves as a remedy; beyond it the director decides (A207). */
export const authorityFigures = {
  clerkRemedyAmount: { value: 20000, unit: 'minor unit', rule: 'A207', most: 100000000 },
  supervisorRemedyAmount: { value: 100000, unit: 'minor unit', rule: 'A207', most: 100000000 },
  deputyRemedyAmount: { value: 300000, unit: 'minor unit', rule: 'A207', most: 100000000 },
  /** May put a complaint under a lower grade; everybody at the desk may put it under a higher one. */
  gradeLoweringRoles: {
    value: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    unit: 'role',
    rule: 'A095',
  },
  /** Receive an agitated resident in a separate room (A092). */
  separateReceptionRoles: {
    value: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    unit: 'role',
    rule: 'A092',
  },
} as const;

/** What hr's authority matrix calls the granting of remedies; a grant takes the place of the figures above. */
export const remedyAct = { action: 'WAIVE_CHARGE', rule: 'A207' } as const;

/** When complaints count as one recurring problem, and what then has to happen (A038). */
export const analysisFigures = {
  recurrenceWindowDays: { value: 30, unit: 'day', rule: 'A038' },
  /** Complaints of one category in one building. */
  recurrenceCount: { value: 3, unit: 'complaint', rule: 'A038', least: 2 },
  /** Until cause, prevention and owner are named. */
  preventionPlanDays: { value: 7, unit: 'day', rule: 'A038' },
  /** After the plan, until its effect is checked. */
  effectCheckDays: { value: 30, unit: 'day', rule: 'A038', least: 1 },
  /** Complaints in that time with which the prevention still counts as effective. */
  toleratedRecurrences: { value: 0, unit: 'complaint', rule: 'A038' },
  reportReviewDays: { value: 5, unit: 'day', rule: 'A038' },
} as const;

/** The tables a community may override, by the names they go by in `setComplaintPolicy`. */
export const limitPolicy = { name: 'limits', figures: limitFigures };
export const authorityPolicy = { name: 'authority', figures: authorityFigures };
export const analysisPolicy = { name: 'analysis', figures: analysisFigures };

export const policies = [limitPolicy, authorityPolicy, analysisPolicy];

type Values<F> = {
  [K in keyof F]: F[K] extends { value: number }
    ? number
    : F[K] extends { value: boolean }
      ? boolean
      : F[K] extends { value: readonly string[] }
        ? readonly string[]
        : string;
};

/** The figures as they hold for one community. */
export type LimitValues = Values<typeof limitFigures>;
export type AuthorityValues = Values<typeof authorityFigures>;
export type AnalysisValues = Values<typeof analysisFigures>;

/** Ratings of the resident's opinion. */
export const ratingRange = {
  least: { value: 1, unit: 'point', rule: 'A037' },
  most: { value: 5, unit: 'point', rule: 'A037' },
} as const;

/** Of complaints (投诉), recurring problems (重复问题) and reports (投诉报告). */
export const numberPrefixes = { complaint: 'TS', problem: 'CF', report: 'TB' } as const;

/** Sizes of bulk work. */
export const bulkLimits = { importRows: { value: 500, unit: 'row', rule: 'A032' } } as const;

/** Why a complaint is taken back. */
export const withdrawReasons = ['WITHDRAWN_BY_RESIDENT', 'DUPLICATE', 'NOT_OUR_COMMUNITY'] as const;

/** The department that keeps the register. */
export const customerServiceDepartment = 'CUSTOMER_SERVICE';

/** The channel of residents who write themselves. */
export const appChannel = 'APP';

/** The channel of other agencies: a source and key in place of the person's own words. */
export const externalAgencyChannel = 'EXTERNAL_AGENCY';
