/** How payments are taken and booked. */
export const counterFigures = {
  /** A payment typed in later, e.g. of a door collection in the evening. */
  backdatingHours: { value: 24, unit: 'hour', rule: 'A075' },
  /** What is paid beyond the debts is kept as an advance; false: it is refused. */
  takesAdvances: { value: true, unit: 'yes or no', rule: 'A075' },
  /** Before an appointment at the door, so that the receipt can be written and carried along. */
  doorNoticeHours: { value: 2, unit: 'hour', rule: 'A077' },
  /** Around the agreed time, within which the collector has to be there. */
  doorGraceMinutes: { value: 30, unit: 'minute', rule: 'A077' },
} as const;

/** The till, the safe and the way of the money to finance. */
export const cashFigures = {
  /** Of a shift, unless the one before handed over another. */
  floatAmount: { value: 50000, unit: 'minor unit', rule: 'B044', most: 10000000 },
  /** Hour of the local day by which the day's cash is with finance. */
  handInHour: { value: 18, unit: 'hour of the day', rule: 'A233', most: 24 },
  /** Hour by which the safe is checked and its combination scrambled. */
  safeCheckHour: { value: 19, unit: 'hour of the day', rule: 'A234', most: 24 },
  /** Days into the next month by which the cash journal is closed. */
  monthCloseDays: { value: 1, unit: 'day', rule: 'A229' },
  /** Difference between count and books that is told to the director at once, not only to the supervisor. */
  seriousVarianceAmount: { value: 10000, unit: 'minor unit', rule: 'B043', most: 100000000 },
  /** Nobody lends from the till without approval; an approved loan is at most this. */
  loanAmount: { value: 100000, unit: 'minor unit', rule: 'B048', most: 10000000 },
} as const;

/** What a role may approve by itself; beyond it the director decides (A018). */
export const refundFigures = {
  supervisorRefundAmount: { value: 100000, unit: 'minor unit', rule: 'A018', most: 100000000 },
  supervisorExpenseAmount: { value: 50000, unit: 'minor unit', rule: 'A018', most: 100000000 },
  /** Of what finance pays to suppliers. */
  supervisorExpenditureAmount: { value: 500000, unit: 'minor unit', rule: 'A003', most: 1000000000 },
  /** Refunds of one account, and claims of one person, that are added up, so that none is split; 0: each by itself. */
  addedUpDays: { value: 30, unit: 'day', rule: 'A018' },
  /** After the expense, for a claim with its vouchers. */
  expenseClaimDays: { value: 90, unit: 'day', rule: 'A018' },
} as const;

/** What hr's authority matrix calls the decisions of the counter; a grant takes the place of the figures above. */
export const counterActs = {
  decideRefund: { action: 'REFUND_PAYMENT', rule: 'A018' },
  decideExpenseClaim: { action: 'APPROVE_CLAIM', rule: 'A018' },
  decideExpenditure: { action: 'APPROVE_CLAIM', rule: 'A003' },
} as const;

/** The ladder of dunning (A078-A082). */
export const dunningFigures = {
  /** After the due day, before a debt is on the overdue list. */
  overdueDays: { value: 1, unit: 'day', rule: 'A078' },
  /** After the list, for finding the cause and choosing a measure. */
  causeDays: { value: 7, unit: 'day', rule: 'A078' },
  /** The term that a phone call or message names, in days from it. */
  reminderTermDays: { value: 15, unit: 'day', rule: 'A079' },
  /** After the recorded phone or SMS notice the formal letter falls due (settled reading 7). */
  formalLetterMonths: { value: 3, unit: 'month', rule: 'A080' },
  /** After the formal letter, a visit to those who live in the estate. */
  visitAfterDays: { value: 15, unit: 'day', rule: 'A081' },
  /** Arrears at least that old count as long refused. */
  legalAfterMonths: { value: 12, unit: 'month', rule: 'A082' },
} as const;

export const counterPolicy = { name: 'counter', figures: counterFigures };
export const cashPolicy = { name: 'cash', figures: cashFigures };
export const refundPolicy = { name: 'refund', figures: refundFigures };
export const dunningPolicy = { name: 'dunning', figures: dunningFigures };

export const counterPolicies = [counterPolicy, cashPolicy, refundPolicy, dunningPolicy];

type Values<F> = { [K in keyof F]: F[K] extends { value: boolean } ? boolean : number };

/** The figures as they hold for one community. */
export type CounterValues = Values<typeof counterFigures>;
export type CashValues = Values<typeof cashFigures>;
export type RefundValues = Values<typeof refundFigures>;
export type DunningValues = Values<typeof dunningFigures>;

/** How people pay (B045), and what a means needs: a number on it, a proof, an open cashier session. */
export const paymentMeansTable = {
  CASH: { needsSession: true, needsReference: false, needsProof: false, rule: 'B045' },
  CHEQUE: { needsSession: true, needsReference: true, needsProof: false, rule: 'B045' },
  CARD: { needsSession: true, needsReference: true, needsProof: false, rule: 'B045' },
  TRANSFER: { needsSession: false, needsReference: true, needsProof: false, rule: 'B045' },
  WALLET: { needsSession: false, needsReference: true, needsProof: false, rule: 'B045' },
  SIGNED: { needsSession: true, needsReference: false, needsProof: true, rule: 'B045' },
  ON_ACCOUNT: { needsSession: true, needsReference: false, needsProof: true, rule: 'B045' },
} as const;

export type PaymentMeans = keyof typeof paymentMeansTable;

/**
 * Means whose money comes later (B045). A promise, a cheque or a signed bill, gives nothing that could be paid back before
 * it is kept; what is signed for is still owed until it is collected, at the bank or at the till; who takes cards and
 * payments by telephone keeps a fee of them.
 */
export const clearingTable = {
  CHEQUE: { isPromise: true, isOwed: false, mayWithhold: false, rule: 'B045' },
  CARD: { isPromise: false, isOwed: false, mayWithhold: true, rule: 'B045' },
  WALLET: { isPromise: false, isOwed: false, mayWithhold: true, rule: 'B045' },
  SIGNED: { isPromise: true, isOwed: true, mayWithhold: false, rule: 'B045' },
  ON_ACCOUNT: { isPromise: true, isOwed: true, mayWithhold: false, rule: 'B045' },
} as const;

export type ClearingMeans = keyof typeof clearingTable;

/** The five things of the fee desk, in the order they are said. */
export const deskConfirmation = {
  items: ['NAME', 'ADDRESS', 'PAID_SO_FAR', 'MONTHS_DUE', 'AMOUNT'],
  rule: 'A075',
} as const;
export const confirmationItems = deskConfirmation.items;
export type ConfirmationItem = (typeof confirmationItems)[number];

/** The five things confirmed before somebody goes to the door. */
export const doorConfirmation = {
  items: ['CONTACT_NAME', 'OWNER_NAME', 'ADDRESS', 'APPOINTMENT', 'AMOUNT'],
  rule: 'A077',
} as const;
export const doorItems = doorConfirmation.items;
export type DoorItem = (typeof doorItems)[number];

/**
 * Of payments (收款), door collections (上门), sessions (班次), loans, refunds, claims, expenditures (支出), cash to and from the safe (存取), invoices, dunning and safe checks.
 */
export const counterPrefixes = {
  payment: 'SK',
  doorCollection: 'SM',
  cashierSession: 'BC',
  tillLoan: 'JK',
  refund: 'TK',
  expenseClaim: 'BX',
  expenditure: 'ZC',
  safeMovement: 'CQ',
  invoiceRequest: 'FP',
  dunningCase: 'CJ',
  safeCheck: 'BG',
  cashMonth: 'YJ',
  providerOrder: 'WX',
} as const;
