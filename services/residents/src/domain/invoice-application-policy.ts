import type { InvoiceApplicationStatus } from './invoice-application.ts';
import type { Transition } from './procedure.ts';

/** By when an invoice is issued; the standard gives no figure. */
export const invoicePolicy = {
  name: 'invoices',
  figures: {
    issueWorkingDays: { value: 2, unit: 'working day', rule: 'A309', least: 1 },
    warnShare: { value: 0.8, unit: 'share of the time', rule: 'A309', most: 1 },
    directorShare: { value: 2, unit: 'share of the time', rule: 'A309', least: 1 },
  },
} as const;

/** The only table of transitions of a application for an invoice. */
export const invoiceApplicationTransitions = {
  applyForInvoice: {
    from: [],
    to: ['REQUESTED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'cashier'],
    own: ['resident'],
    rule: 'A309',
  },
  issueAppliedInvoice: {
    from: ['REQUESTED'],
    to: ['ISSUED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'cashier'],
    own: [],
    rule: 'A309',
  },
  refuseInvoiceApplication: {
    from: ['REQUESTED'],
    to: ['REFUSED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'cashier'],
    own: [],
    rule: 'A309',
  },
  withdrawInvoiceApplication: {
    from: ['REQUESTED'],
    to: ['WITHDRAWN'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'cashier'],
    own: ['resident'],
    rule: 'A309',
  },
} as const satisfies Record<string, Transition<InvoiceApplicationStatus>>;

export const invoicePurposes: readonly string[] = [
  'MANAGEMENT_FEE',
  'PARKING',
  'PAID_SERVICE',
  'DECORATION',
  'COMMISSION',
  'OTHER',
];

export const refuseInvoiceApplicationReasons: readonly string[] = ['NOT_PAID', 'DATA_WRONG', 'DUPLICATE'];

export const invoiceApplicationNumberPrefix = 'FP';
export const invoiceClock = 'INVOICE';
