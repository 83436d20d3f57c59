import type { AccessPolicy, Subject, SubjectOf } from '@steward/auth';

import { counterGrants, grantableCounter } from '../commands/counter-grants.ts';
import { subjectOfClaim, subjectOfCommunity, subjectOfHousehold } from '../db/counter-subject-queries.ts';
import type { BillingContext } from '../db/loaders.ts';
import { desk, directors, inherited, near, own, readers, staff } from './grants.ts';

const seers = [...near(readers), own];
const books = near(readers);
const claims = [...near(desk), own];

/** Who may see and do what at the counter; steps of a procedure bring their own rows. */
export const counterAccess: AccessPolicy = {
  ...counterGrants,
  ...grantableCounter,
  'Query.payment': seers,
  'Query.payments': seers,
  'Query.doorCollection': seers,
  'Query.doorCollections': seers,
  'Query.cashierSession': books,
  'Query.cashierSessions': books,
  'Query.safeCheck': books,
  'Query.safeChecks': books,
  'Query.safeMovement': books,
  'Query.safeMovements': books,
  'Query.safeJournal': books,
  'Query.cashMonth': books,
  'Query.cashMonths': books,
  'Query.refund': seers,
  'Query.refunds': seers,
  'Query.expenseClaim': claims,
  'Query.expenseClaims': claims,
  'Query.expenditure': books,
  'Query.expenditures': books,
  'Query.dunningCase': books,
  'Query.dunningCases': books,
  'Query.providerPayment': seers,
  'Query.providerPayments': seers,
  'Query.cashJournal': books,
  'Query.providerBills': books,

  'Mutation.applyAdvance': near(['cashier', 'supervisor', 'director']),
  'Mutation.printReceipt': near(['cashier', 'clerk', 'supervisor']),
  'Mutation.printBill': [...near(['cashier', 'clerk', 'supervisor']), own],
  'Mutation.printServiceSlip': near(['cashier', 'clerk', 'supervisor']),
  'Mutation.printFormalLetter': near(['clerk', 'supervisor']),
  'Mutation.createBillingUpload': near(staff),
  'Mutation.setProviderAccount': near(directors),
  'Mutation.startProviderPayment': [...near(['cashier', 'clerk']), own],

  Payment: seers,
  'Payment.history': near(desk),
  'Payment.session': near(desk),
  'Payment.proofs': near(desk),
  PaymentAllocation: 'inherit',
  PaymentClearing: near(desk),
  Receipt: 'inherit',
  InvoiceRequest: 'inherit',
  'InvoiceRequest.title': near(desk),
  'InvoiceRequest.taxNumber': near(desk),
  DoorCollection: seers,
  'DoorCollection.contactName': near(desk),
  'DoorCollection.history': near(desk),
  CashierSession: books,
  SafeCheck: books,
  SafeMovement: books,
  CashMonth: books,
  Refund: seers,
  'Refund.history': near(desk),
  ExpenseClaim: claims,
  Expenditure: books,
  'Expenditure.payee': near(desk),
  DunningCase: books,
  ProviderPayment: seers,
  'ProviderPayment.history': near(desk),

  ...inherited([
    'CashVariance',
    'CashEntry',
    'TillLoan',
    'ExpenseClaimLine',
    'ExpenditureLine',
    'SafeJournal',
    'SafeEntry',
    'DunningStep',
    'CashJournal',
    'ProviderBill',
    'ProviderBillDifference',
    'PrintedDocument',
    'ApplyAdvancePayload',
    'PrintReceiptPayload',
    'PrintBillPayload',
    'PrintServiceSlipPayload',
    'PrintFormalLetterPayload',
    'CreateBillingUploadPayload',
    'SetProviderAccountPayload',
    'StartProviderPaymentPayload',
    ...['Payment', 'DoorCollection', 'CashierSession', 'SafeCheck', 'SafeMovement', 'CashMonth'].flatMap(listTypes),
    ...['Refund', 'ExpenseClaim', 'Expenditure', 'DunningCase', 'ProviderPayment'].flatMap(listTypes),
    ...Object.keys(counterGrants).map(payloadOf),
  ]),
};

function listTypes(type: string): string[] {
  return [`${type}Connection`, `${type}Edge`];
}

/** `Mutation.countTill` -> `CountTillPayload`. */
function payloadOf(coordinate: string): string {
  const name = coordinate.replace('Mutation.', '');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
}

type Stub = { id: string };
type Loaders = BillingContext['loaders'];
type Loader = keyof Pick<
  Loaders,
  | 'payment'
  | 'doorCollection'
  | 'cashierSession'
  | 'safeCheck'
  | 'safeMovement'
  | 'cashMonth'
  | 'refund'
  | 'expenseClaim'
  | 'expenditure'
  | 'dunningCase'
  | 'providerPayment'
>;

/** A row as it is, or loaded where only the id is known. */
const subjectBy =
  <Row>(loader: Loader, subject: (row: Row) => Subject) =>
  async (found: Stub, ctx: BillingContext) => {
    const row = 'status' in found ? found : await ctx.loaders[loader].load(found.id);
    return row === null ? null : subject(row as Row);
  };

/** On what `own` and `community` are judged. */
export const counterSubjects: SubjectOf = {
  Payment: subjectBy('payment', subjectOfHousehold),
  PaymentClearing: subjectOfCommunity,
  InvoiceRequest: subjectOfCommunity,
  DoorCollection: subjectBy('doorCollection', subjectOfHousehold),
  CashierSession: subjectBy('cashierSession', subjectOfCommunity),
  SafeCheck: subjectBy('safeCheck', subjectOfCommunity),
  SafeMovement: subjectBy('safeMovement', subjectOfCommunity),
  CashMonth: subjectBy('cashMonth', subjectOfCommunity),
  Refund: subjectBy('refund', subjectOfHousehold),
  ExpenseClaim: subjectBy('expenseClaim', subjectOfClaim),
  Expenditure: subjectBy('expenditure', subjectOfCommunity),
  DunningCase: subjectBy('dunningCase', subjectOfCommunity),
  ProviderPayment: subjectBy('providerPayment', subjectOfHousehold),
};
