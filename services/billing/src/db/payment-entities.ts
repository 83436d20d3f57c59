import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { DoorCollection } from '../domain/door-collection.ts';
import type { PaymentClearing } from '../domain/payment-clearing.ts';
import type { Payment, PaymentAllocation } from '../domain/payment.ts';
import type { InvoiceRequest, Receipt } from '../domain/receipt.ts';

const optional = { nullable: true };

export const paymentEntity = defineEntity<Payment>({
  name: 'Payment',
  table: 'payment',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    billingAccountId: column.uuid(),
    unitId: column.uuid(optional),
    householdId: column.uuid(optional),
    means: column.text(),
    amount: column.bigint(),
    currency: column.text(),
    tendered: column.bigint(optional),
    changeGiven: column.bigint(),
    reference: column.text(optional),
    confirmed: column.texts(),
    proofFileIds: column.uuids(),
    receivedAt: column.instant(),
    sessionId: column.uuid(optional),
    advanceAmount: column.bigint(),
    meterId: column.uuid(optional),
    receiptId: column.uuid(),
    transactionId: column.uuid(),
    voidedAt: column.instant(optional),
    voidReason: column.text(optional),
  },
});

export const paymentAllocationEntity = defineEntity<PaymentAllocation>({
  name: 'PaymentAllocation',
  table: 'payment_allocation',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    paymentId: column.uuid(),
    chargeId: column.uuid(),
    chargeTypeCode: column.text(),
    amount: column.bigint(),
  },
});

export const paymentClearingEntity = defineEntity<PaymentClearing>({
  name: 'PaymentClearing',
  table: 'payment_clearing',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    paymentId: column.uuid(),
    outcome: column.text(),
    place: column.text(),
    clearedOn: column.date(),
    bankReference: column.text(optional),
    withheldAmount: column.bigint(),
    proofFileIds: column.uuids(),
    transactionId: column.uuid(optional),
    paidByPaymentId: column.uuid(optional),
    enteredBy: column.text(),
    enteredAt: column.instant(),
    takenBackAt: column.instant(optional),
  },
});

export const receiptEntity = defineEntity<Receipt>({
  name: 'Receipt',
  table: 'receipt',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    book: column.text(),
    sequence: column.int(),
    number: column.text(),
    status: column.text(),
    billingAccountId: column.uuid(),
    amount: column.bigint(),
    currency: column.text(),
    paymentId: column.uuid(optional),
    doorCollectionId: column.uuid(optional),
    printCount: column.int(),
    preparedAt: column.instant(),
    issuedAt: column.instant(optional),
    voidedAt: column.instant(optional),
    voidReason: column.text(optional),
  },
});

export const invoiceRequestEntity = defineEntity<InvoiceRequest>({
  name: 'InvoiceRequest',
  table: 'invoice_request',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    paymentId: column.uuid(),
    status: column.text(),
    correctsId: column.uuid(optional),
    amount: column.bigint(),
    currency: column.text(),
    titleSealed: column.text(),
    titleMasked: column.text(),
    taxNumberSealed: column.text(optional),
    invoiceNumber: column.text(optional),
    requestedAt: column.instant(),
    issuedAt: column.instant(optional),
  },
});

export const doorCollectionEntity = defineEntity<DoorCollection>({
  name: 'DoorCollection',
  table: 'door_collection',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    billingAccountId: column.uuid(),
    unitId: column.uuid(optional),
    householdId: column.uuid(optional),
    appointmentAt: column.instant(),
    collectorId: column.uuid(),
    amount: column.bigint(),
    currency: column.text(),
    contactNameSealed: column.text(),
    contactNameMasked: column.text(),
    confirmed: column.texts(),
    receiptId: column.uuid(),
    cameAt: column.instant(optional),
    isPunctual: column.bool(optional),
    paymentId: column.uuid(optional),
    failReason: column.text(optional),
  },
});

export const paymentEntities = [
  paymentEntity,
  paymentAllocationEntity,
  paymentClearingEntity,
  receiptEntity,
  invoiceRequestEntity,
  doorCollectionEntity,
];
