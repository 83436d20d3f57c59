import { fileViews, type FileView } from '@steward/files';
import { columnsAs, rows, snakeCase, type Tx } from '@steward/db';
import {
  byId,
  deadlineColumns,
  listBy,
  loader,
  signatureColumns,
  type Context,
  type DeadlineRow,
  type SignatureRow,
} from '@steward/service-kit';

import type { CashEntry, CashVariance, TillLoan } from '../domain/cashier-session.ts';
import type { DunningStep } from '../domain/dunning-case.ts';
import type { PaymentClearing } from '../domain/payment-clearing.ts';
import type { PaymentAllocation } from '../domain/payment.ts';
import type { InvoiceRequest } from '../domain/receipt.ts';
import { cashierSessionEntity, cashMonthEntity, safeCheckEntity, safeMovementEntity } from './cash-entities.ts';
import type { ProviderBill } from './counter-entities.ts';
import { doorCollectionEntity, paymentEntity, receiptEntity } from './payment-entities.ts';
import {
  dunningCaseEntity,
  expenditureEntity,
  expenseClaimEntity,
  providerPaymentEntity,
  refundEntity,
} from './refund-entities.ts';

const below = (table: string, parent: string, names: string, order: string): string =>
  `select ${columnsAs(`id tenantId ${parent} ${names}`)} from ${table} where ${snakeCase(parent)} = any($1::uuid[]) order by ${order}`;

const allocations = below('payment_allocation', 'paymentId', 'chargeId chargeTypeCode amount', 'id');
const clearings = `
  select ${columnsAs(
    'id tenantId communityId paymentId outcome place bankReference withheldAmount proofFileIds transactionId paidByPaymentId enteredBy enteredAt takenBackAt',
  )}, cleared_on::text as "clearedOn"
    from payment_clearing where payment_id = any($1::uuid[]) and taken_back_at is null`;
const invoices = below(
  'invoice_request',
  'paymentId',
  'status correctsId amount currency titleSealed titleMasked taxNumberSealed invoiceNumber requestedAt issuedAt',
  'requested_at, id',
);
const variances = below(
  'cash_variance',
  'sessionId',
  'communityId foundIn kind amount status foundAt madeGoodAt',
  'found_at, id',
);
const entries = below('cash_entry', 'sessionId', 'communityId kind amount occurredAt causeId', 'occurred_at, id');
const loans = below(
  'till_loan',
  'sessionId',
  'communityId status amount borrowerId purposeSealed askedBy askedAt decidedAt repaidAt',
  'asked_at, id',
);
const steps = `
  select ${columnsAs('id tenantId caseId kind channel occurredAt amount trackingNumber proofFileIds noteSealed staffId')},
         pay_by::text as "payBy", period_from::text as "periodFrom", period_to::text as "periodTo"
    from dunning_step where case_id = any($1::uuid[]) order by occurred_at, id`;
const bills = `
  select ${columnsAs('tenantId communityId lineCount paidAmount refundedAmount feeAmount differences comparedAt')},
         on_day::text as "onDay"
    from provider_bill where community_id = any($1::uuid[]) order by on_day desc limit 62`;
const ofAggregate = (what: string, table: string, order: string): string =>
  `select ${what} from ${table} where aggregate_id = any($1::uuid[]) order by ${order}`;

const tills = `
  select session_id as id, sum(amount)::bigint as sum from cash_entry where session_id = any($1::uuid[]) group by 1`;

/** One read per kind and request, however many objects ask. */
export const counterLoaders = (ctx: Context) => ({
  payment: byId(ctx, paymentEntity),
  receipt: byId(ctx, receiptEntity),
  doorCollection: byId(ctx, doorCollectionEntity),
  cashierSession: byId(ctx, cashierSessionEntity),
  safeCheck: byId(ctx, safeCheckEntity),
  safeMovement: byId(ctx, safeMovementEntity),
  cashMonth: byId(ctx, cashMonthEntity),
  refund: byId(ctx, refundEntity),
  expenseClaim: byId(ctx, expenseClaimEntity),
  expenditure: byId(ctx, expenditureEntity),
  dunningCase: byId(ctx, dunningCaseEntity),
  providerPayment: byId(ctx, providerPaymentEntity),
  allocationsOf: listBy<PaymentAllocation>(ctx, allocations, ({ paymentId }) => paymentId),
  clearingsOf: listBy<PaymentClearing>(ctx, clearings, ({ paymentId }) => paymentId),
  invoicesOf: listBy<InvoiceRequest>(ctx, invoices, ({ paymentId }) => paymentId),
  variancesOf: listBy<CashVariance>(ctx, variances, ({ sessionId }) => sessionId),
  cashEntriesOf: listBy<CashEntry>(ctx, entries, ({ sessionId }) => sessionId),
  loansOf: listBy<TillLoan>(ctx, loans, ({ sessionId }) => sessionId),
  dunningStepsOf: listBy<DunningStep>(ctx, steps, ({ caseId }) => caseId),
  providerBillsOf: listBy<ProviderBill>(ctx, bills, ({ communityId }) => communityId),
  counterDeadlines: listBy<DeadlineRow>(
    ctx,
    ofAggregate(deadlineColumns, 'deadline', 'started_at, id'),
    (row) => row.aggregateId,
  ),
  counterSignatures: listBy<SignatureRow>(
    ctx,
    ofAggregate(signatureColumns, 'signature', 'signed_at, id'),
    (row) => row.aggregateId,
  ),
  takenByProvider: loader<string, boolean>(ctx, async (tx: Tx, ids) => {
    const found = await rows<{ id: string }>(
      tx,
      'select payment_id as id from provider_payment where payment_id = any($1::uuid[])',
      [ids],
    );
    const taken = new Set(found.map(({ id }) => id));
    return ids.map((id) => taken.has(id));
  }),
  inTill: loader<string, number>(ctx, async (tx: Tx, ids) => {
    const found = await rows<{ id: string; sum: number }>(tx, tills, [ids]);
    const sums = new Map(found.map(({ id, sum }) => [id, sum]));
    return ids.map((id) => sums.get(id) ?? 0);
  }),
  file: loader<string, FileView>(ctx, async (tx, ids) => {
    const found = await fileViews(tx, ids);
    return ids.map((id) => found.get(id) ?? null);
  }),
});
