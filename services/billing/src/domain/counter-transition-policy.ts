/** Roles of staff that the counter knows. */
export type CounterRole =
  | 'director'
  | 'administrativeSupervisor'
  | 'supervisor'
  | 'clerk'
  | 'cashier'
  | 'maintenance'
  | 'guard'
  | 'environment'
  | 'trainer';

/** What can be done in which status, where it leads, and who does it in their communities. */
export type CounterTransition = {
  from: readonly string[];
  to: readonly string[];
  roles: readonly CounterRole[];
  rule: string;
};

/** The only table of transitions of the counter. */
export const counterTransitions = {
  recordPayment: { from: [], to: ['RECEIVED'], roles: ['cashier'], rule: 'A075' },
  voidPayment: { from: ['RECEIVED'], to: ['VOIDED'], roles: ['supervisor', 'director'], rule: 'A076' },
  clearMeans: {
    from: ['RECEIVED'],
    to: ['same'],
    roles: ['cashier', 'supervisor', 'administrativeSupervisor'],
    rule: 'B045',
  },
  bounceMeans: { from: ['RECEIVED'], to: ['VOIDED'], roles: ['supervisor', 'director'], rule: 'B045' },
  agreeDoorCollection: { from: [], to: ['AGREED'], roles: ['cashier', 'clerk'], rule: 'A077' },
  printDoorReceipt: { from: ['AGREED'], to: ['same'], roles: ['cashier', 'clerk', 'supervisor'], rule: 'A077' },
  collectAtDoor: { from: ['AGREED'], to: ['COLLECTED'], roles: ['cashier', 'clerk'], rule: 'A077' },
  failDoorCollection: { from: ['AGREED'], to: ['FAILED'], roles: ['cashier', 'clerk'], rule: 'A077' },
  openCashierSession: { from: [], to: ['OPEN'], roles: ['cashier'], rule: 'B044' },
  countTill: { from: ['OPEN'], to: ['COUNTED'], roles: ['cashier', 'director'], rule: 'B046' },
  dropCash: { from: ['COUNTED'], to: ['DROPPED'], roles: ['cashier', 'director'], rule: 'B047' },
  handInCash: {
    from: ['DROPPED'],
    to: ['HANDED_IN'],
    roles: ['cashier', 'supervisor', 'administrativeSupervisor'],
    rule: 'A233',
  },
  makeGoodCashShortage: { from: ['SHORT'], to: ['MADE_GOOD'], roles: ['cashier', 'supervisor'], rule: 'B043' },
  requestTillLoan: { from: [], to: ['ASKED'], roles: ['cashier', 'supervisor'], rule: 'B048' },
  decideTillLoan: { from: ['ASKED'], to: ['GRANTED', 'REFUSED'], roles: ['director'], rule: 'B048' },
  repayTillLoan: { from: ['GRANTED'], to: ['REPAID'], roles: ['cashier'], rule: 'B048' },
  checkSafe: { from: ['DUE'], to: ['CHECKED'], roles: ['cashier', 'supervisor'], rule: 'A234' },
  recordSafeMovement: {
    from: [],
    to: ['UNDER_WAY'],
    roles: ['cashier', 'supervisor', 'administrativeSupervisor'],
    rule: 'A233',
  },
  decideSafeMovement: {
    from: ['UNDER_WAY'],
    to: ['CONFIRMED', 'REJECTED'],
    roles: ['cashier', 'supervisor', 'administrativeSupervisor', 'director'],
    rule: 'A233',
  },
  closeCashMonth: { from: ['DUE'], to: ['CLOSED'], roles: ['cashier', 'supervisor'], rule: 'A229' },
  requestRefund: { from: [], to: ['REQUESTED'], roles: ['cashier', 'clerk', 'supervisor'], rule: 'A018' },
  decideRefund: {
    from: ['REQUESTED'],
    to: ['APPROVED', 'REJECTED'],
    roles: ['supervisor', 'director'],
    rule: 'A018',
  },
  withdrawRefund: {
    from: ['REQUESTED', 'APPROVED'],
    to: ['REJECTED'],
    roles: ['cashier', 'clerk', 'supervisor'],
    rule: 'A018',
  },
  payRefund: { from: ['APPROVED'], to: ['PAID', 'SENT'], roles: ['cashier'], rule: 'A018' },
  submitExpenseClaim: {
    from: [],
    to: ['SUBMITTED'],
    roles: ['cashier', 'clerk', 'maintenance', 'guard', 'environment', 'trainer', 'supervisor'],
    rule: 'A018',
  },
  checkExpenseClaim: { from: ['SUBMITTED'], to: ['CHECKED', 'REJECTED'], roles: ['supervisor'], rule: 'A018' },
  decideExpenseClaim: {
    from: ['CHECKED'],
    to: ['APPROVED', 'REJECTED'],
    roles: ['administrativeSupervisor', 'director'],
    rule: 'A018',
  },
  payExpenseClaim: { from: ['APPROVED'], to: ['PAID'], roles: ['cashier'], rule: 'A018' },
  recordExpenditure: {
    from: [],
    to: ['RECORDED'],
    roles: ['cashier', 'supervisor', 'administrativeSupervisor'],
    rule: 'A003',
  },
  decideExpenditure: {
    from: ['RECORDED'],
    to: ['APPROVED', 'REJECTED'],
    roles: ['administrativeSupervisor', 'director'],
    rule: 'A003',
  },
  payExpenditure: { from: ['APPROVED'], to: ['PAID'], roles: ['cashier', 'administrativeSupervisor'], rule: 'A003' },
  reverseExpenditure: {
    from: ['PAID'],
    to: ['REVERSED'],
    roles: ['administrativeSupervisor', 'director'],
    rule: 'A003',
  },
  requestInvoice: { from: [], to: ['REQUESTED'], roles: ['cashier', 'clerk'], rule: 'A076' },
  issueInvoice: { from: ['REQUESTED'], to: ['ISSUED'], roles: ['cashier', 'supervisor'], rule: 'A076' },
  findDunningCause: {
    from: ['LISTED', 'REMINDED', 'LETTER_SENT', 'VISITED'],
    to: ['same'],
    roles: ['clerk', 'supervisor'],
    rule: 'A078',
  },
  remindDebtor: {
    from: ['LISTED', 'REMINDED'],
    to: ['REMINDED'],
    roles: ['clerk', 'cashier', 'supervisor'],
    rule: 'A079',
  },
  sendFormalLetter: { from: ['REMINDED'], to: ['LETTER_SENT'], roles: ['clerk', 'supervisor'], rule: 'A080' },
  visitDebtor: {
    from: ['REMINDED', 'LETTER_SENT', 'VISITED'],
    to: ['VISITED'],
    roles: ['clerk', 'supervisor'],
    rule: 'A081',
  },
  handDebtToLegal: { from: ['LETTER_SENT', 'VISITED'], to: ['LEGAL'], roles: ['director'], rule: 'A082' },
} as const satisfies Record<string, CounterTransition>;

export type CounterAction = keyof typeof counterTransitions;
