import type { Transition } from './procedure.ts';
import type { RentalMandateStatus } from './rental-mandate.ts';

/** Terms of mandates to let and sell; the standard gives no figures, so these are the platform's. */
export const rentalMandatePolicy = {
  name: 'rental-mandates',
  figures: {
    longestDays: { value: 365, unit: 'day', rule: 'A226', least: 1 },
    /** Before the first day on which a mandate no longer holds. */
    reminderDays: { value: 14, unit: 'day', rule: 'A226', least: 1 },
    /** Of a month's rent; terms may ask for less. */
    rentalCommissionShare: { value: 0.5, unit: "share of a month's rent", rule: 'A226', most: 1 },
    /** Of the price; terms may ask for less. */
    saleCommissionShare: { value: 0.02, unit: 'share of the price', rule: 'A226', most: 1 },
  },
} as const;

export const commissionFigures = { RENTAL: 'rentalCommissionShare', SALE: 'saleCommissionShare' } as const;

/** The only table of transitions of a mandate; it lapses by its timer. */
export const rentalMandateTransitions = {
  openRentalMandate: {
    from: [],
    to: ['DRAFT'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A226',
  },
  changeRentalMandateTerms: {
    from: ['DRAFT'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A226',
  },
  signRentalMandate: {
    from: ['DRAFT'],
    to: ['ACTIVE'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A226',
  },
  planRentalMandateViewing: {
    from: ['ACTIVE'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A226',
  },
  closeRentalMandate: {
    from: ['ACTIVE'],
    to: ['CLOSED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor'],
    own: [],
    rule: 'A226',
  },
  withdrawRentalMandate: {
    from: ['DRAFT', 'ACTIVE'],
    to: ['WITHDRAWN'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A226',
  },
} as const satisfies Record<string, Transition<RentalMandateStatus>>;

export const withdrawMandateReasons: readonly string[] = [
  'WITHDRAWN_BY_OWNER',
  'CONCLUDED_ELSEWHERE',
  'ENTERED_BY_MISTAKE',
];

export const rentalMandateNumberPrefix = 'WT';

/** The paper in the household's file, and what billing is asked for. */
export const mandatePaperKind = 'RENTAL_MANDATE';
export const commissionChargeType = 'AGENCY_COMMISSION';

/** Timers: the reminder before a mandate lapses, and its end. */
export const mandateReminderTimer = 'rental-mandate-reminder';
export const mandateLapseTimer = 'rental-mandate-lapse';
