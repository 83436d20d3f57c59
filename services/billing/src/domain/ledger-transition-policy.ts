type Role = 'director' | 'deputyDirector' | 'administrativeSupervisor' | 'supervisor' | 'clerk' | 'cashier';

/** What can be done with the books in which status, where it leads, and who does it in their communities. */
export type LedgerTransition = {
  from: readonly string[];
  to: readonly string[];
  roles: readonly Role[];
  rule: string;
};

/** The only table of transitions of the books. */
export const ledgerTransitions = {
  reverseCharge: { from: ['OPEN', 'SETTLED'], to: ['REVERSED'], roles: ['supervisor', 'director'], rule: 'A013' },
  reconcileBooks: { from: [], to: ['RECONCILED'], roles: ['cashier', 'clerk', 'supervisor'], rule: 'A232' },
  closeLedgerPeriod: { from: [], to: ['CLOSED'], roles: ['administrativeSupervisor', 'director'], rule: 'A232' },
  publishAccounts: { from: [], to: ['PUBLISHED'], roles: ['director'], rule: 'A003' },
  reviewCollectionReport: { from: ['ISSUED'], to: ['REVIEWED'], roles: ['supervisor', 'director'], rule: 'A235' },
  draftAnnualBudget: { from: ['DRAFT'], to: ['DRAFT'], roles: ['clerk', 'supervisor'], rule: 'A015' },
  approveAnnualBudget: { from: ['DRAFT'], to: ['APPROVED'], roles: ['director'], rule: 'A015' },
} as const satisfies Record<string, LedgerTransition>;

export type LedgerAction = keyof typeof ledgerTransitions;
