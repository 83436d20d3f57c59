import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { DunningCase, DunningStep } from '../domain/dunning-case.ts';
import type { Expenditure } from '../domain/expenditure.ts';
import type { ExpenseClaim } from '../domain/expense-claim.ts';
import type { ProviderPayment } from '../domain/provider-payment.ts';
import type { Refund } from '../domain/refund.ts';

const optional = { nullable: true };

export const refundEntity = defineEntity<Refund>({
  name: 'Refund',
  table: 'refund',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    billingAccountId: column.uuid(),
    householdId: column.uuid(optional),
    source: column.text(),
    chargeId: column.uuid(optional),
    chargeTypeCode: column.text(optional),
    amount: column.bigint(),
    currency: column.text(),
    means: column.text(),
    reasonCode: column.text(),
    requestedBy: column.text(),
    measuredAmount: column.bigint(optional),
    approverRole: column.text(),
    decidedBy: column.text(optional),
    decidedAt: column.instant(optional),
    sessionId: column.uuid(optional),
    reference: column.text(optional),
    providerPaymentId: column.uuid(optional),
    paidAt: column.instant(optional),
  },
});

export const expenseClaimEntity = defineEntity<ExpenseClaim>({
  name: 'ExpenseClaim',
  table: 'expense_claim',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    claimantId: column.uuid(),
    claimantSub: column.text(),
    purposeSealed: column.text(),
    lines: column.json(),
    amount: column.bigint(),
    currency: column.text(),
    measuredAmount: column.bigint(optional),
    approverRole: column.text(),
    checkedBy: column.text(optional),
    checkedAt: column.instant(optional),
    decidedBy: column.text(optional),
    decidedAt: column.instant(optional),
    means: column.text(optional),
    reference: column.text(optional),
    sessionId: column.uuid(optional),
    paidAt: column.instant(optional),
  },
});

export const expenditureEntity = defineEntity<Expenditure>({
  name: 'Expenditure',
  table: 'expenditure',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    payeeSealed: column.text(),
    documentNumber: column.text(),
    documentOn: column.date(),
    lines: column.json(),
    amount: column.bigint(),
    currency: column.text(),
    proofFileIds: column.uuids(),
    approverRole: column.text(),
    recordedBy: column.text(),
    decidedBy: column.text(optional),
    decidedAt: column.instant(optional),
    means: column.text(optional),
    reference: column.text(optional),
    paidBy: column.text(optional),
    paidAt: column.instant(optional),
    transactionId: column.uuid(optional),
    reversedAt: column.instant(optional),
    reasonCode: column.text(optional),
  },
});

export const dunningCaseEntity = defineEntity<DunningCase>({
  name: 'DunningCase',
  table: 'dunning_case',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    billingAccountId: column.uuid(),
    unitId: column.uuid(optional),
    householdId: column.uuid(optional),
    currency: column.text(),
    listedOn: column.date(),
    listedAmount: column.bigint(),
    oldestDueOn: column.date(),
    cause: column.text(optional),
    measure: column.text(optional),
    firstRemindedAt: column.instant(optional),
    letterDueAt: column.instant(optional),
    letterSentAt: column.instant(optional),
    trackingNumber: column.text(optional),
    visitedAt: column.instant(optional),
    legalAt: column.instant(optional),
    settledAt: column.instant(optional),
  },
});

export const dunningStepEntity = defineEntity<DunningStep>({
  name: 'DunningStep',
  table: 'dunning_step',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    caseId: column.uuid(),
    kind: column.text(),
    channel: column.text(),
    occurredAt: column.instant(),
    amount: column.bigint(),
    payBy: column.date(optional),
    periodFrom: column.date(optional),
    periodTo: column.date(optional),
    trackingNumber: column.text(optional),
    proofFileIds: column.uuids(),
    noteSealed: column.text(optional),
    staffId: column.uuid(optional),
  },
});

export const providerPaymentEntity = defineEntity<ProviderPayment>({
  name: 'ProviderPayment',
  table: 'provider_payment',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    billingAccountId: column.uuid(),
    householdId: column.uuid(optional),
    amount: column.bigint(),
    currency: column.text(),
    merchantId: column.text(optional),
    codeUrl: column.text(optional),
    expiresAt: column.instant(),
    transactionNumber: column.text(optional),
    paidAt: column.instant(optional),
    paymentId: column.uuid(optional),
    failure: column.text(optional),
  },
});

export const refundEntities = [
  refundEntity,
  expenseClaimEntity,
  expenditureEntity,
  dunningCaseEntity,
  dunningStepEntity,
  providerPaymentEntity,
];
