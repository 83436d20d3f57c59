import { aggregateColumns, column, defineEntity } from '@steward/db';
import { defineAggregate } from '@steward/service-kit';

import type { Pass, PassUse } from '../domain/pass.ts';

const nullable = { nullable: true };

export const passEntity = defineEntity<Pass>({
  name: 'Pass',
  table: 'pass',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    code: column.text(),
    householdId: column.uuid(nullable),
    unitId: column.uuid(nullable),
    organisationId: column.uuid(nullable),
    causeType: column.text(nullable),
    causeId: column.uuid(nullable),
    holderNameSealed: column.text(nullable),
    holderNameMasked: column.text(nullable),
    holderPhoneSealed: column.text(nullable),
    holderPhoneMasked: column.text(nullable),
    holderIdentitySealed: column.text(nullable),
    holderCount: column.int(),
    plateSealed: column.text(nullable),
    plateMasked: column.text(nullable),
    plateIndex: column.text(nullable),
    items: column.json(),
    photoFileIds: column.uuids(),
    validFrom: column.instant(),
    validTo: column.instant(),
    suspendedBy: column.text(nullable),
    reasonCode: column.text(nullable),
    usedAt: column.instant(nullable),
    usedGateId: column.uuid(nullable),
  },
});

export const passUseEntity = defineEntity<PassUse>({
  name: 'PassUse',
  table: 'pass_use',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    passId: column.uuid(),
    usedAt: column.instant(),
    gateId: column.uuid(),
    guardId: column.uuid(nullable),
    direction: column.text(),
    isDamaged: column.bool(nullable),
    isLocked: column.bool(nullable),
    photoFileIds: column.uuids(),
  },
});

export const passAggregate = defineAggregate({
  type: 'pass',
  table: 'pass',
  graphqlType: 'Pass',
  entity: passEntity,
  sealed: ['code', 'holderNameSealed', 'holderPhoneSealed', 'holderIdentitySealed', 'plateSealed', 'plateIndex'],
  subject: ({ communityId, householdId }) => ({ communityId, householdIds: householdId === null ? [] : [householdId] }),
  listSubject: { households: ({ row }, ids) => `${row}.household_id = any(${ids})` },
});
