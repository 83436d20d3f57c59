/** Roles of staff that take these steps. */
export type ChargesRole = 'director' | 'administrativeSupervisor' | 'supervisor' | 'clerk' | 'cashier';

/** Who does what, and in which state of the aggregate; `same` keeps it. */
export type ChargesTransition = {
  from: readonly string[];
  to: readonly string[];
  roles: readonly ChargesRole[];
  rule: string;
};

/** A tariff counts when it was approved, by somebody else than who drafted it. */
export const tariffTransitions = {
  approveTariff: { from: ['DRAFT'], to: ['APPROVED'], roles: ['director'], rule: 'A249' },
  endTariff: { from: ['APPROVED'], to: ['same'], roles: ['director'], rule: 'A249' },
  withdrawTariff: { from: ['DRAFT'], to: ['WITHDRAWN'], roles: ['supervisor', 'director'], rule: 'A249' },
} as const satisfies Record<string, ChargesTransition>;

/** What is shared out is computed by the desk and confirmed by a supervisor. */
export const apportionmentTransitions = {
  confirmApportionment: { from: ['DRAFT'], to: ['CONFIRMED'], roles: ['supervisor', 'director'], rule: 'A014' },
  discardApportionment: {
    from: ['DRAFT'],
    to: ['DISCARDED'],
    roles: ['clerk', 'supervisor', 'director'],
    rule: 'A014',
  },
  reverseApportionment: { from: ['CONFIRMED'], to: ['REVERSED'], roles: ['director'], rule: 'A014' },
} as const satisfies Record<string, ChargesTransition>;

/** A run is computed, looked at, posted; it is taken back only by reversal. */
export const chargeRunTransitions = {
  postChargeRun: { from: ['PREVIEWED'], to: ['POSTING'], roles: ['supervisor', 'director'], rule: 'A230' },
  // One that fails for good in a step would keep its kinds from being charged: it is given up before its end, too.
  discardChargeRun: {
    from: ['COMPUTING', 'PREVIEWED'],
    to: ['DISCARDED'],
    roles: ['clerk', 'supervisor', 'director'],
    rule: 'A230',
  },
  reverseChargeRun: { from: ['POSTED'], to: ['REVERSING'], roles: ['director'], rule: 'A230' },
} as const satisfies Record<string, ChargesTransition>;

export const openingTransitions = {
  amendOpeningImport: { from: ['OPEN'], to: ['same'], roles: ['director'], rule: 'A249' },
  withdrawOpeningBalances: { from: ['OPEN'], to: ['same'], roles: ['supervisor', 'director'], rule: 'A249' },
  importOpeningBalances: { from: ['OPEN'], to: ['same'], roles: ['supervisor', 'director'], rule: 'A249' },
  closeOpeningImport: { from: ['OPEN'], to: ['CLOSED'], roles: ['director'], rule: 'A249' },
} as const satisfies Record<string, ChargesTransition>;

/** A single charge is asked for at the desk and decided by somebody else. */
export const chargeRequestTransitions = {
  requestCharge: { from: [], to: ['REQUESTED'], roles: ['cashier', 'clerk', 'supervisor'], rule: 'B011' },
  decideChargeRequest: {
    from: ['REQUESTED'],
    to: ['APPROVED', 'REJECTED'],
    roles: ['supervisor', 'administrativeSupervisor', 'director'],
    rule: 'B011',
  },
  withdrawChargeRequest: {
    from: ['REQUESTED'],
    to: ['WITHDRAWN'],
    roles: ['cashier', 'clerk', 'supervisor'],
    rule: 'B011',
  },
} as const satisfies Record<string, ChargesTransition>;

/** What is forgiven is asked for at the desk and decided by somebody else, as a refund is. */
export const waiverTransitions = {
  requestWaiver: { from: [], to: ['REQUESTED'], roles: ['cashier', 'clerk', 'supervisor'], rule: 'A018' },
  decideWaiver: { from: ['REQUESTED'], to: ['APPROVED', 'REJECTED'], roles: ['supervisor', 'director'], rule: 'A018' },
  withdrawWaiver: {
    from: ['REQUESTED'],
    to: ['WITHDRAWN'],
    roles: ['cashier', 'clerk', 'supervisor'],
    rule: 'A018',
  },
  reverseWaiver: { from: ['APPROVED'], to: ['REVERSED'], roles: ['supervisor', 'director'], rule: 'A018' },
} as const satisfies Record<string, ChargesTransition>;
