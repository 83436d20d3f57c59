import type { HouseholdSegment } from './household.ts';
import type { KeyAccountVisitStatus } from './key-account-visit.ts';
import type { Transition } from './procedure.ts';

/** How often key accounts are visited, by segment; the standard gives no figures, so these are the platform's. */
export const keyAccountVisitPolicy = {
  name: 'key-account-visits',
  figures: {
    mainMerchantDays: { value: 30, unit: 'day', rule: 'A204', least: 1 },
    smallMerchantDays: { value: 60, unit: 'day', rule: 'A204', least: 1 },
    residentDays: { value: 90, unit: 'day', rule: 'A204', least: 1 },
    /** From the day on which a visit becomes due. */
    visitDays: { value: 7, unit: 'day', rule: 'A204' },
    /** Until the complaint of an unsatisfied key account is entered. */
    complaintHours: { value: 24, unit: 'hour', rule: 'A204', least: 1 },
    backdatingHours: { value: 72, unit: 'hour', rule: 'A204' },
    warnShare: { value: 0.8, unit: 'share of the time', rule: 'A204', most: 1 },
    directorShare: { value: 2, unit: 'share of the time', rule: 'A204', least: 1 },
  },
} as const;

/** Which figure says how often a segment is visited. */
export const visitIntervals = {
  MAIN_MERCHANT: 'mainMerchantDays',
  SMALL_MERCHANT: 'smallMerchantDays',
  RESIDENT: 'residentDays',
} as const satisfies Record<HouseholdSegment, keyof typeof keyAccountVisitPolicy.figures>;

/** The only table of transitions of a return visit of a key account; its timer opens it. */
export const keyAccountVisitTransitions = {
  recordKeyAccountVisit: {
    from: ['DUE'],
    to: ['same', 'DONE', 'COMPLAINT_AWAITED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A204',
  },
} as const satisfies Record<string, Transition<KeyAccountVisitStatus>>;

export const keyAccountVisitNumberPrefix = 'HF';

/** The timer of a household at which its next visit becomes due. */
export const keyAccountVisitTimer = 'key-account-visit';

/** What runs until it is made, and until the complaint is entered. */
export const keyAccountVisitClocks = { visit: 'KEY_ACCOUNT_VISIT', complaint: 'KEY_ACCOUNT_COMPLAINT' } as const;
