import { aggregateColumns, column, defineEntity } from '@steward/db';
import { defineAggregate } from '@steward/service-kit';

import type { RentalMandate } from '../domain/rental-mandate.ts';
import { ofHouseholdInSql } from './procedure-subject-queries.ts';
import { ofMandate } from './rental-mandate-subject-queries.ts';

const nullable = { nullable: true };

export const rentalMandateEntity = defineEntity<RentalMandate>({
  name: 'RentalMandate',
  table: 'rental_mandate',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    unitId: column.uuid(),
    householdId: column.uuid(nullable),
    developerId: column.uuid(nullable),
    askingAmount: column.bigint(),
    currency: column.text(),
    commissionShare: column.decimal(),
    leastMonths: column.int(nullable),
    validTo: column.date(),
    signedAt: column.instant(nullable),
    mandateFileId: column.uuid(nullable),
    agreedAmount: column.bigint(nullable),
    concludedOn: column.date(nullable),
    contractFileId: column.uuid(nullable),
    commissionAmount: column.bigint(nullable),
    commissionState: column.text(),
    chargeId: column.uuid(nullable),
    reasonCode: column.text(nullable),
  },
});

export const rentalMandateAggregate = defineAggregate<RentalMandate>({
  type: 'rental-mandate',
  table: 'rental_mandate',
  graphqlType: 'RentalMandate',
  entity: rentalMandateEntity,
  subject: ofMandate,
  listSubject: ofHouseholdInSql,
});
