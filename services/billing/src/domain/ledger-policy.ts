/** Numbers of billing accounts (账户), charges (收费) and what is made of the ledger: close, report, budget. */
export const numberPrefixes = {
  billingAccount: 'ZH',
  charge: 'YS',
  period: 'QJ',
  head: 'LT',
  reconciliation: 'DZ',
  report: 'SB',
  budget: 'NS',
  publishedAccounts: 'GS',
} as const;

/** The kind of charge that the fee of a paid service is. */
export const paidServiceType = 'PAID_SERVICE';

/** Charges that are security: kept for whoever pays them, never income (A225). */
export const depositTypes: readonly string[] = ['DECORATION_DEPOSIT'];

/** What a charge may be taken back for. */
export const reversalReasons = [
  'WRONG_AMOUNT',
  'WRONG_PARTY',
  'DUPLICATE',
  'NOT_DUE',
  'REQUEST_WITHDRAWN',
  'REFUND',
] as const;

/** Arrears, and what is done about the monthly report on them. */
export const collectionFigures = {
  /** Arrears up to so old are recent. */
  recentArrearsDays: { value: 90, unit: 'day', rule: 'A235', least: 1, most: 3650 },
  /** Arrears older than this are long. */
  longArrearsDays: { value: 365, unit: 'day', rule: 'A235', least: 1, most: 3650 },
  /** Until the monthly report has a plan, gone through together. */
  reportReviewDays: { value: 5, unit: 'day', rule: 'A235' },
  /** Share of that time after which the supervisor is warned. */
  reportWarnShare: { value: 0.8, unit: 'share of the time', rule: 'A235' },
  /** Share of that time after which the director is told. */
  reportDirectorShare: { value: 2, unit: 'share of the time', rule: 'A235' },
} as const;

export const collectionPolicy = { name: 'collection', figures: collectionFigures };

/** The tables a community may override. */
export const ledgerPolicies = [collectionPolicy];

export type CollectionValues = Record<keyof typeof collectionFigures, number>;

/** The department that answers for what is owed. */
export const customerServiceDepartment = 'CUSTOMER_SERVICE';
