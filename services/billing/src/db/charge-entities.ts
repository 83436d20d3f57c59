import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { BillingAccount } from '../domain/billing-account.ts';
import type { Charge, ChargeServiceLine } from '../domain/charge.ts';

const optional = { nullable: true };

export const billingAccountEntity = defineEntity<BillingAccount>({
  name: 'BillingAccount',
  table: 'billing_account',
  columns: {
    ...aggregateColumns,
    unitId: column.uuid(optional),
    householdId: column.uuid(optional),
    partyKind: column.text(),
    partyId: column.uuid(),
  },
});

export const chargeEntity = defineEntity<Charge>({
  name: 'Charge',
  table: 'charge',
  columns: {
    ...aggregateColumns,
    billingAccountId: column.uuid(),
    unitId: column.uuid(optional),
    householdId: column.uuid(optional),
    chargeTypeCode: column.text(),
    amount: column.bigint(),
    taxAmount: column.bigint(),
    currency: column.text(),
    occurredOn: column.date(),
    dueOn: column.date(optional),
    periodFrom: column.date(optional),
    periodTo: column.date(optional),
    status: column.text(),
    settledAt: column.instant(optional),
    reversedAt: column.instant(optional),
    reasonCode: column.text(optional),
    receiptNumber: column.text(optional),
    causeService: column.text(),
    causeType: column.text(),
    causeId: column.uuid(),
    runId: column.uuid(optional),
  },
});

export const chargeServiceLineEntity = defineEntity<ChargeServiceLine>({
  name: 'ChargeServiceLine',
  table: 'charge_service_line',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    chargeId: column.uuid(),
    position: column.int(),
    serviceCode: column.text(),
    quantity: column.decimal(),
    unit: column.text(),
    unitPriceAmount: column.bigint(),
    amount: column.bigint(),
  },
});

export const chargeEntities = [billingAccountEntity, chargeEntity, chargeServiceLineEntity];
