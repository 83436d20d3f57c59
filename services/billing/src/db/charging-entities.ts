import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { Apportionment } from '../domain/apportionment.ts';
import type { ChargeRequest } from '../domain/charge-request.ts';
import type { ChargeRun } from '../domain/charge-run.ts';
import type { Meter, MeterReading } from '../domain/meter.ts';
import type { OpeningImport } from '../domain/opening.ts';
import type { Tariff } from '../domain/tariff.ts';
import type { Waiver } from '../domain/waiver.ts';

const optional = { nullable: true };

export const tariffEntity = defineEntity<Tariff>({
  name: 'Tariff',
  table: 'tariff',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    chargeTypeCode: column.text(),
    method: column.text(),
    rate: column.decimal(optional),
    tiers: column.json(),
    tierSpan: column.text(),
    formula: column.text(optional),
    unitUsages: column.texts(),
    taxRate: column.decimal(),
    isTaxIncluded: column.bool(),
    documentNumber: column.text(),
    documentIssuer: column.text(),
    documentIssuedOn: column.date(),
    validFrom: column.date(),
    validTo: column.date(optional),
    draftedBy: column.text(),
    approvedBy: column.text(optional),
    approvedAt: column.instant(optional),
  },
});

export const meterEntity = defineEntity<Meter>({
  name: 'Meter',
  table: 'meter',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    chargeTypeCode: column.text(),
    unitId: column.uuid(optional),
    digits: column.int(),
    multiplier: column.decimal(),
    isPrepaid: column.bool(),
    billingAccountId: column.uuid(optional),
    balance: column.bigint(),
    lowToldAt: column.instant(optional),
    lastValue: column.decimal(),
    lastReadOn: column.date(),
    cumulative: column.decimal(),
    readingCount: column.int(),
    installedOn: column.date(),
    removedOn: column.date(optional),
  },
});

export const meterReadingEntity = defineEntity<MeterReading>({
  name: 'MeterReading',
  table: 'meter_reading',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    meterId: column.uuid(),
    value: column.decimal(),
    since: column.date(),
    takenOn: column.date(),
    used: column.decimal(),
    cumulative: column.decimal(),
    isRollover: column.bool(),
    isConfirmed: column.bool(),
    source: column.text(),
    readBy: column.uuid(optional),
    voidedAt: column.instant(optional),
    voidReasonCode: column.text(optional),
  },
});

export const apportionmentEntity = defineEntity<Apportionment>({
  name: 'Apportionment',
  table: 'apportionment',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    chargeTypeCode: column.text(),
    basis: column.text(),
    formula: column.text(optional),
    placeId: column.uuid(optional),
    periodFrom: column.date(),
    periodTo: column.date(),
    totalAmount: column.bigint(),
    currency: column.text(),
    bearerCount: column.int(),
    sharesSha256: column.text(),
    draftedBy: column.text(),
    confirmedBy: column.text(optional),
    confirmedAt: column.instant(optional),
  },
});

export const chargeRunEntity = defineEntity<ChargeRun>({
  name: 'ChargeRun',
  table: 'charge_run',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    chargeTypeCodes: column.texts(),
    periodFrom: column.date(),
    periodTo: column.date(),
    dueOn: column.date(),
    currency: column.text(),
    startedBy: column.text(),
    computedChunks: column.int(),
    postedChunks: column.int(),
    reversedChunks: column.int(),
    lineCount: column.int(),
    totalAmount: column.bigint(),
    taxAmount: column.bigint(),
    gapCount: column.int(),
    postedAt: column.instant(optional),
    noticesSentAt: column.instant(optional),
  },
});

export const openingImportEntity = defineEntity<OpeningImport>({
  name: 'OpeningImport',
  table: 'opening_import',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    openedOn: column.date(),
    currency: column.text(),
    arrearsAmount: column.bigint(),
    prepaidAmount: column.bigint(),
    depositAmount: column.bigint(),
    advanceAmount: column.bigint(),
    meterCount: column.int(),
    closedAt: column.instant(optional),
  },
});

export const chargeRequestEntity = defineEntity<ChargeRequest>({
  name: 'ChargeRequest',
  table: 'charge_request',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    billingAccountId: column.uuid(),
    unitId: column.uuid(optional),
    householdId: column.uuid(optional),
    chargeTypeCode: column.text(),
    quantity: column.decimal(),
    rate: column.decimal(),
    amount: column.bigint(),
    currency: column.text(),
    occurredOn: column.date(optional),
    periodFrom: column.date(optional),
    periodTo: column.date(optional),
    reasonCode: column.text(),
    explanationSealed: column.text(),
    replacesChargeId: column.uuid(optional),
    requestedBy: column.text(),
    decidedBy: column.text(optional),
    decidedAt: column.instant(optional),
    chargeId: column.uuid(optional),
  },
});

export const waiverEntity = defineEntity<Waiver>({
  name: 'Waiver',
  table: 'waiver',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    chargeId: column.uuid(),
    billingAccountId: column.uuid(),
    chargeTypeCode: column.text(),
    amount: column.bigint(),
    taxAmount: column.bigint(),
    currency: column.text(),
    occurredOn: column.date(optional),
    reasonCode: column.text(),
    explanationSealed: column.text(),
    approverRole: column.text(),
    requestedBy: column.text(),
    decidedBy: column.text(optional),
    decidedAt: column.instant(optional),
    transactionId: column.uuid(optional),
    reversedAt: column.instant(optional),
    reversalReasonCode: column.text(optional),
  },
});

/** Tables of this area. */
export const chargingEntities = [
  tariffEntity,
  meterEntity,
  meterReadingEntity,
  apportionmentEntity,
  chargeRunEntity,
  openingImportEntity,
  chargeRequestEntity,
  waiverEntity,
];
