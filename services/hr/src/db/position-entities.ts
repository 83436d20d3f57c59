import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { AuthorityGrant, Position, SpendingRequest } from '../domain/position.ts';

const nullable = { nullable: true };

/** Of what belongs to the company as a whole. */
export const companyColumns = { ...aggregateColumns, communityId: column.uuid(nullable) };

export const positionEntity = defineEntity<Position>({
  name: 'Position',
  table: 'staff_position',
  columns: {
    ...companyColumns,
    label: column.text(nullable),
    rule: column.text(nullable),
    rank: column.text(),
    role: column.text(),
    reportsToCode: column.text(nullable),
    minAge: column.int(nullable),
    education: column.text(nullable),
    fieldCode: column.text(nullable),
    minExperienceYears: column.int(nullable),
    languageCodes: column.texts(),
    certificateKinds: column.texts(),
    weeklyWorkDays: column.int(nullable),
    plannedCount: column.int(),
    probationMonths: column.int(),
    rotationGroup: column.text(nullable),
    isHandoverRequired: column.bool(),
    duties: column.json(),
    partners: column.json(),
    kpis: column.json(),
    status: column.text(),
  },
});

export const authorityGrantEntity = defineEntity<AuthorityGrant>({
  name: 'AuthorityGrant',
  table: 'authority_grant',
  columns: {
    ...companyColumns,
    action: column.text(),
    role: column.text(nullable),
    delegateId: column.uuid(nullable),
    delegatorId: column.uuid(nullable),
    scopeId: column.uuid(nullable),
    belowRank: column.text(nullable),
    limitAmount: column.bigint(nullable),
    currency: column.text(nullable),
    validFrom: column.date(),
    validTo: column.date(nullable),
    status: column.text(),
  },
});

export const spendingRequestEntity = defineEntity<SpendingRequest>({
  name: 'SpendingRequest',
  table: 'spending_request',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    requesterId: column.uuid(),
    amount: column.bigint(),
    currency: column.text(),
    purposeSealed: column.text(),
    status: column.text(),
    decidedAt: column.instant(nullable),
  },
});

export const positionEntities = [positionEntity, authorityGrantEntity, spendingRequestEntity];
