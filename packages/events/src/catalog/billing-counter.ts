import { z } from 'zod';

import { defineEvent, type EventDefinition } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'billing';
const id = z.guid();
const instant = z.iso.datetime();
const day = z.iso.date();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const money = z.object({
  amount: z.int().min(0).describe('minor units of the currency'),
  currency: z.string().length(3).describe('ISO 4217'),
});

/** The facts of one aggregate; names, addresses and words stay in billing. */
const factsOf =
  (aggregate: string) =>
  <T extends z.ZodRawShape>(fact: string, description: string, data: T): EventDefinition<z.infer<z.ZodObject<T>>> =>
    defineEvent({ publisher, aggregate, version: 1, fact, description, data: z.object(data) });

// ---- Payment and its receipt

const payment = factsOf('payment');
const means = z.enum(['CASH', 'CHEQUE', 'CARD', 'TRANSFER', 'WALLET', 'SIGNED', 'ON_ACCOUNT']);

export const paymentReceived = payment('received', 'Money was taken and a receipt written.', {
  paymentId: id,
  billingAccountId: id,
  means,
  paid: money,
  advance: money.describe('what stands to the good of the payer'),
  receiptNumber: z.string().min(1),
  sessionId: id.nullable(),
  allocations: z.array(z.object({ chargeId: id, amount: z.int().min(1) })),
});
export const paymentVoided = payment('voided', 'A payment was taken back; its receipt is kept as void.', {
  paymentId: id,
  billingAccountId: id,
  paid: money,
  receiptNumber: z.string().min(1),
  reasonCode: code,
});
export const paymentCleared = payment('cleared', 'The money of a payment has come: to the bank, or into a till.', {
  paymentId: id,
  billingAccountId: id,
  means,
  paid: money,
  withheld: money.describe('what an acquirer kept of it'),
  place: z.enum(['BANK', 'TILL', 'ADVANCE']).describe('of what was signed for also the advance'),
  clearedOn: day,
});
export const paymentReceiptPrinted = payment(
  'receipt-printed',
  'The receipt was put on paper; a copy above 0 is a reprint.',
  {
    paymentId: id,
    receiptNumber: z.string().min(1),
    copy: z.int().min(0),
  },
);
export const paymentInvoiceRequested = payment('invoice-requested', 'The payer asked for a tax invoice.', {
  paymentId: id,
  invoiceRequestId: id,
  invoiced: money,
});
export const paymentInvoiceIssued = payment('invoice-issued', 'The tax invoice was issued.', {
  paymentId: id,
  invoiceRequestId: id,
  invoiced: money,
});

export const paymentInvoiceCancelled = payment(
  'invoice-cancelled',
  'A tax invoice that was not issued is given up: the money is not there any more.',
  { paymentId: id, invoiceRequestId: id, invoiced: money },
);
export const paymentRedInvoiceRequested = payment(
  'red-invoice-requested',
  'Money was given back that an invoice was issued over: a red one has to take so much of it back.',
  { paymentId: id, invoiceRequestId: id, correctsId: id, invoiced: money },
);

// ---- Door collection

const door = factsOf('door-collection');

export const doorCollectionAgreed = door(
  'agreed',
  'A time to collect at the door was agreed and the receipt written.',
  {
    doorCollectionId: id,
    billingAccountId: id,
    collectorId: id,
    appointmentAt: instant,
    asked: money,
  },
);
export const doorCollectionCollected = door('collected', 'The money was collected at the door.', {
  doorCollectionId: id,
  paymentId: id,
  cameAt: instant,
  isPunctual: z.boolean(),
});
export const doorCollectionReceiptPrinted = door(
  'receipt-printed',
  'The receipt that is carried to the door was put on paper; a copy above 0 is a reprint.',
  {
    doorCollectionId: id,
    receiptNumber: z.string().min(1),
    copy: z.int().min(0),
  },
);
export const doorCollectionFailed = door(
  'failed',
  'Nothing was collected; the receipt that was carried along is void.',
  {
    doorCollectionId: id,
    reasonCode: code,
  },
);
export const doorCollectionDeadlines = deadlineEvents(publisher, 'door-collection');

// ---- Cashier session

const session = factsOf('cashier-session');
const ofSession = { sessionId: id, cashierId: id };

export const cashierSessionOpened = session('opened', 'A shift at a till began with its float counted.', {
  ...ofSession,
  float: money,
  takenOverFrom: id.nullable().describe('the shift that left the float; null: the safe'),
});
export const cashierSessionVarianceReported = session(
  'variance-reported',
  'A count was over or short; never netted with another.',
  {
    ...ofSession,
    varianceId: id,
    kind: z.enum(['SURPLUS', 'SHORTAGE']),
    variance: money,
  },
);
export const cashierSessionCounted = session('counted', 'The till was counted at the end of the shift.', {
  ...ofSession,
  expected: money,
  counted: money,
});
export const cashierSessionDropped = session('dropped', 'The cash went into a sealed bag before a witness.', {
  ...ofSession,
  witnessId: id,
  dropped: money,
});
export const cashierSessionHandedIn = session('handed-in', 'The cash is with finance.', {
  ...ofSession,
  handedIn: money,
  handedInAt: instant,
});
export const cashierSessionShortageMadeGood = session('shortage-made-good', 'A shortage was made good in full.', {
  ...ofSession,
  varianceId: id,
  variance: money,
});
const loan = { ...ofSession, loanId: id, loan: money };
export const cashierSessionLoanRequested = session('loan-requested', 'Somebody asked for money from the till.', loan);
export const cashierSessionLoanDecided = session('loan-decided', 'The director decided about money from the till.', {
  ...loan,
  isGranted: z.boolean(),
});
export const cashierSessionLoanRepaid = session('loan-repaid', 'Money lent from the till is back.', loan);
export const cashierSessionDeadlines = deadlineEvents(publisher, 'cashier-session');

// ---- Safe and month

export const safeCheckDue = factsOf('safe-check')('due', 'The safe has to be checked before the day ends.', {
  safeCheckId: id,
  on: day,
});
export const safeCheckChecked = factsOf('safe-check')('checked', 'The safe is locked and its combination scrambled.', {
  safeCheckId: id,
  on: day,
  checkedAt: instant,
});
export const safeCheckDeadlines = deadlineEvents(publisher, 'safe-check');

const month = z.string().regex(/^\d{4}-\d{2}$/);
export const cashMonthDue = factsOf('cash-month')('due', 'A month of the cash journal is over and has to be closed.', {
  cashMonthId: id,
  month,
});
export const cashMonthClosed = factsOf('cash-month')('closed', 'A month of the cash journal was closed.', {
  cashMonthId: id,
  month,
  opening: money,
  received: money,
  paidOut: money,
  closing: money,
});
export const cashMonthDeadlines = deadlineEvents(publisher, 'cash-month');

// ---- Refund and expenses

const refund = factsOf('refund');
const ofRefund = {
  refundId: id,
  billingAccountId: id,
  source: z.enum(['ADVANCE', 'DEPOSIT', 'CHARGE']),
  chargeId: id.nullable(),
  refunded: money,
};
export const refundRequested = refund('requested', 'Money is to be given back; somebody else decides.', ofRefund);
export const refundDecided = refund('decided', 'It was decided whether money is given back.', {
  ...ofRefund,
  isApproved: z.boolean(),
});
export const refundSent = refund('sent', 'The provider was asked to give the money back.', ofRefund);
export const refundPaid = refund('paid', 'The money is back with the payer.', ofRefund);

const claim = factsOf('expense-claim');
const ofClaim = { expenseClaimId: id, claimantId: id, claimed: money };
export const expenseClaimSubmitted = claim('submitted', 'Expenses were claimed with their vouchers.', ofClaim);
export const expenseClaimChecked = claim('checked', 'The supervisor checked a claim.', {
  ...ofClaim,
  isApproved: z.boolean(),
});
export const expenseClaimDecided = claim('decided', 'It was decided whether a claim is paid.', {
  ...ofClaim,
  isApproved: z.boolean(),
});
export const expenseClaimPaid = claim('paid', 'A claim was paid.', ofClaim);

// ---- Dunning

const dunning = factsOf('dunning-case');
const ofCase = { dunningCaseId: id, billingAccountId: id };
export const dunningCaseListed = dunning('listed', 'A debt is overdue.', {
  ...ofCase,
  overdue: money,
  oldestDueOn: day,
});
export const dunningCaseCauseFound = dunning('cause-found', 'Why somebody does not pay, and what is done about it.', {
  ...ofCase,
  causeCode: code,
  measureCode: code,
});
export const dunningCaseReminded = dunning(
  'reminded',
  'The debtor was told amount, period and term by phone or message.',
  {
    ...ofCase,
    owed: money,
    payBy: day,
  },
);
export const dunningCaseLetterSent = dunning('letter-sent', 'The formal letter went out by express mail.', {
  ...ofCase,
  owed: money,
  trackingNumber: z.string().min(1),
});
export const dunningCaseVisited = dunning('visited', 'The debtor was visited at home.', { ...ofCase, owed: money });
export const dunningCaseHandedToLegal = dunning('handed-to-legal', 'The debt is pursued by law.', {
  ...ofCase,
  owed: money,
});
export const dunningCaseSettled = dunning(
  'settled',
  'Nothing is overdue any more: every later step is cancelled.',
  ofCase,
);
export const dunningCaseReopened = dunning(
  'reopened',
  'A payment that ended it was void: it goes on where it stood.',
  ofCase,
);
export const dunningCaseDeadlines = deadlineEvents(publisher, 'dunning-case');

// ---- Payment by telephone

const provider = factsOf('provider-payment');
const ofOrder = { providerPaymentId: id, billingAccountId: id, asked: money };
export const providerPaymentRequested = provider('requested', 'Somebody wants to pay by telephone.', ofOrder);
export const providerPaymentReady = provider('ready', 'There is a code to scan.', ofOrder);
export const providerPaymentPaid = provider('paid', 'The provider has the money.', { ...ofOrder, paymentId: id });
export const providerPaymentEnded = provider('ended', 'Nothing was paid and nothing will be.', {
  ...ofOrder,
  outcome: z.enum(['CLOSED', 'FAILED']),
});
