/** Leave, overtime, conduct and pay: figures a community may override. */

export const payFigures = {
  /** Paid days of a month by which a day's pay is reckoned (Ministry of Labour, 2008 no. 3). */
  monthlyPaidDays: { value: 21.75, unit: 'day, a rate', rule: 'A011', least: 1, most: 31 },
  /** Hours of a working day. */
  dailyHours: { value: 8, unit: 'hour', rule: 'A011', least: 1, most: 12 },
  /** Times a day's pay that a day of absence costs. */
  absenceFactor: { value: 1, unit: 'factor', rule: 'A011', most: 10 },
  /** Up to so many minutes nobody counts as late or as gone early. */
  graceMinutes: { value: 5, unit: 'minute', rule: 'A011' },
  lateAmount: { value: 2000, unit: 'minor unit', rule: 'A011' },
  earlyAmount: { value: 2000, unit: 'minor unit', rule: 'A011' },
  /** Labour Law of the PRC, article 44. */
  workdayOvertimeFactor: { value: 1.5, unit: 'factor', rule: 'A011', most: 10 },
  restDayOvertimeFactor: { value: 2, unit: 'factor', rule: 'A011', most: 10 },
  holidayOvertimeFactor: { value: 3, unit: 'factor', rule: 'A011', most: 10 },
  /** What a penalty point costs. */
  pointAmount: { value: 1000, unit: 'minor unit', rule: 'B041' },
  annualLeavePaid: { value: 1, unit: 'share', rule: 'B035', most: 1 },
  sickLeavePaid: { value: 0.8, unit: 'share', rule: 'B035', most: 1 },
  personalLeavePaid: { value: 0, unit: 'share', rule: 'B035', most: 1 },
  marriageLeavePaid: { value: 1, unit: 'share', rule: 'B035', most: 1 },
  bereavementLeavePaid: { value: 1, unit: 'share', rule: 'B035', most: 1 },
  maternityLeavePaid: { value: 1, unit: 'share', rule: 'B035', most: 1 },
  compensatoryLeavePaid: { value: 1, unit: 'share', rule: 'B035', most: 1 },
} as const;

export const payPolicy = { name: 'pay', figures: payFigures };

export type PayValues = { [K in keyof typeof payFigures]: number };

/** Kinds of leave with the figure that says what share of the pay goes on. */
export const leaveKinds = {
  ANNUAL: 'annualLeavePaid',
  SICK: 'sickLeavePaid',
  PERSONAL: 'personalLeavePaid',
  MARRIAGE: 'marriageLeavePaid',
  BEREAVEMENT: 'bereavementLeavePaid',
  MATERNITY: 'maternityLeavePaid',
  COMPENSATORY: 'compensatoryLeavePaid',
} as const satisfies Record<string, keyof PayValues>;

/** The conduct table: points of each fault (B041). */
export const conductKinds = {
  CASH_SHORTAGE: { points: 5, rule: 'B041' },
  GROOMING: { points: 5, rule: 'B041' },
  MISCOUNT: { points: 5, rule: 'B041' },
  DESK_ACCESS: { points: 5, rule: 'B041' },
  CUSTOMER_SCRIPT: { points: 3, rule: 'B041' },
  SNACKS: { points: 3, rule: 'B041' },
  COMPUTER_MISUSE: { points: 3, rule: 'B041' },
  CASH_AT_DESK: { points: 3, rule: 'B041' },
  PHONE_AT_DESK: { points: 3, rule: 'B041' },
  BAG_AT_DESK: { points: 3, rule: 'B041' },
  REVENUE_DISCLOSED: { points: 10, rule: 'B041' },
  /** A poor appraisal; booked by the appraisal alone. */
  APPRAISAL: { points: 5, rule: 'A009' },
} as const;

/** The fault of a poor appraisal: nobody books it by hand. */
export const appraisalFault = 'APPRAISAL';

/** The kind of a reward; it has no points. */
export const rewardKind = 'REWARD';

/** The longest overtime of one request. */
export const overtimeLimits = { hours: { value: 24, unit: 'hour' } } as const;

/** Of leave, overtime, conduct and payroll sheets. */
export const payPrefixes = { leave: 'QJ', overtime: 'JB', conduct: 'JC', sheet: 'GZ' } as const;
