/** Time limits and limits of the charge run, notices and late fees. */
export const chargeFigures = {
  /** Until a posted run's payment notices have to be with the households. */
  paymentNoticeDays: { value: 3, unit: 'day', rule: 'A254' },
  /** Share of that time after which the clerk is warned. */
  paymentNoticeWarnShare: { value: 0.8, unit: 'share of the time', rule: 'A254' },
  /** Until what is charged to somebody later than to everybody else is due. */
  laterDueDays: { value: 15, unit: 'day', rule: 'A230' },
  /** The standard gives no late fee: none unless the community agreed one. Thousandths of what is outstanding, per day. */
  lateFeeDailyPermille: { value: 0, unit: 'permille per day', rule: 'A230', most: 10 },
  /** Days after the last day in time that stay free. */
  lateFeeGraceDays: { value: 0, unit: 'day', rule: 'A230', most: 365 },
  /** All late fees of a charge together, of what is outstanding. */
  lateFeeCapPercent: { value: 100, unit: 'percent', rule: 'A230', most: 100 },
} as const;

/**
 * Tax within what no tariff prices; which rate a company owes is its own affair, so there is none until it says so. Prices
 * of these kinds are with tax. Deposits have none.
 */
export const taxFigures = {
  paidServiceTaxPercent: { value: 0, unit: 'percent', rule: 'B050', most: 50 },
  decorationWasteTaxPercent: { value: 0, unit: 'percent', rule: 'A087', most: 50 },
  commissionTaxPercent: { value: 0, unit: 'percent', rule: 'A226', most: 50 },
  sharedCostTaxPercent: { value: 0, unit: 'percent', rule: 'A249', most: 50 },
  lateFeeTaxPercent: { value: 0, unit: 'percent', rule: 'A230', most: 50 },
  venueRentTaxPercent: { value: 0, unit: 'percent', rule: 'B011', most: 50 },
  passFeeTaxPercent: { value: 0, unit: 'percent', rule: 'A087', most: 50 },
} as const;

/** Meters, prepayment and what is shared out. */
export const meterFigures = {
  /** A use so many times the mean of the meter has to be confirmed by whoever reads it. */
  implausibleFactor: { value: 3, unit: 'factor of the mean use', rule: 'A249', least: 1 },
  /** Readings before a mean says anything. */
  plausibilityReadings: { value: 2, unit: 'reading', rule: 'A249', least: 1 },
  /** A prepaid electricity balance below it is told to the household, with a written record. */
  lowElectricityAmount: { value: 5000, unit: 'minor unit', rule: 'A246', most: 100000000 },
  /** The same for prepaid water. */
  lowWaterAmount: { value: 2000, unit: 'minor unit', rule: 'A246', most: 100000000 },
} as const;

export const chargesPolicy = { name: 'charges', figures: chargeFigures };
export const metersPolicy = { name: 'meters', figures: meterFigures };
export const taxPolicy = { name: 'taxes', figures: taxFigures };

/** The tables of this area that a community may override. */
export const chargesPolicies = [chargesPolicy, metersPolicy, taxPolicy];

type Values<F> = { [K in keyof F]: F[K] extends { value: number } ? number : string };

export type ChargeValues = Values<typeof chargeFigures>;
export type MeterValues = Values<typeof meterFigures>;
export type TaxValues = Values<typeof taxFigures>;

/** The figure that says the tax within a kind of charge. */
export const taxFigureOf: Readonly<Record<string, keyof TaxValues>> = {
  PAID_SERVICE: 'paidServiceTaxPercent',
  DECORATION_WASTE: 'decorationWasteTaxPercent',
  AGENCY_COMMISSION: 'commissionTaxPercent',
  VENUE_RENT: 'venueRentTaxPercent',
  PASS_FEE: 'passFeeTaxPercent',
};

/** Of tariffs (收费标准), meters (表计), apportionments (分摊), runs (计费批次), opening balances (期初), requests of charges (收费申请) and waivers (减免). */
export const chargesPrefixes = {
  tariff: 'SF',
  apportionment: 'FT',
  run: 'JF',
  opening: 'QC',
  request: 'SQ',
  waiver: 'JM',
} as const;

/** Sizes of bulk work. */
export const chargesLimits = {
  importRows: { value: 500, unit: 'row', rule: 'A249' },
  /** What one unit of quantity may cost a month: ten million yuan. More is a slip, and no run could post it. */
  mostRate: { value: 1_000_000_000, unit: 'minor unit', rule: 'A249' },
  /** Units of one step of a run; a step is one transaction. */
  chunkUnits: 1000,
  /** Households told in one step. */
  noticeHouseholds: 500,
  /** Accounts whose advance pays what they owe in one step. */
  advanceAccounts: 200,
} as const;
