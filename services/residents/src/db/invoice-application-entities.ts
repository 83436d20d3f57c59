import { aggregateColumns, column, defineEntity } from '@steward/db';
import { invoiceApplicationDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { InvoiceApplication } from '../domain/invoice-application.ts';
import { ofInvoiceApplication } from './invoice-application-subject-queries.ts';
import { ofHouseholdInSql } from './procedure-subject-queries.ts';

const nullable = { nullable: true };

export const invoiceApplicationEntity = defineEntity<InvoiceApplication>({
  name: 'InvoiceApplication',
  table: 'invoice_application',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    householdId: column.uuid(nullable),
    organisationId: column.uuid(nullable),
    titleSealed: column.text(),
    taxNumberSealed: column.text(nullable),
    registeredAddressSealed: column.text(nullable),
    bankAccountSealed: column.text(nullable),
    purposeCode: column.text(),
    chargeId: column.uuid(nullable),
    amount: column.bigint(),
    currency: column.text(),
    invoiceNumber: column.text(nullable),
    invoiceFileId: column.uuid(nullable),
    issuedAt: column.instant(nullable),
    reasonCode: column.text(nullable),
  },
});

export const invoiceApplicationAggregate = defineAggregate<InvoiceApplication>({
  type: 'invoice-application',
  table: 'invoice_application',
  graphqlType: 'InvoiceApplication',
  entity: invoiceApplicationEntity,
  deadlines: invoiceApplicationDeadlines,
  sealed: ['titleSealed', 'taxNumberSealed', 'registeredAddressSealed', 'bankAccountSealed'],
  subject: ofInvoiceApplication,
  listSubject: ofHouseholdInSql,
});
