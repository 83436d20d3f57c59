import { aggregateColumns, column, defineEntity } from '@steward/db';

import type {
  Activity,
  ActivityCost,
  ActivityDuty,
  ActivityPrize,
  ActivityRecord,
  ActivityRegistration,
} from '../domain/activity.ts';

const optional = { nullable: true };

export const activityEntity = defineEntity<Activity>({
  name: 'Activity',
  table: 'activity',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    kind: column.text(),
    merchantId: column.uuid(optional),
    organiserId: column.uuid(),
    theme: column.text(optional),
    programme: column.texts(),
    budgetAmount: column.bigint(optional),
    currency: column.text(),
    venueId: column.uuid(optional),
    startsAt: column.instant(optional),
    endsAt: column.instant(optional),
    audience: column.text(optional),
    capacity: column.int(optional),
    agenda: column.text(optional),
    departmentCodes: column.texts(),
    isWithoutPrizes: column.bool(),
    prizeCount: column.int(),
    approvalId: column.uuid(optional),
    approvedAt: column.instant(optional),
    dutyCount: column.int(),
    openDutyCount: column.int(),
    startedAt: column.instant(optional),
    finishedAt: column.instant(optional),
    attendanceCount: column.int(optional),
    actualAmount: column.bigint(),
    recordKinds: column.texts(),
    archivedAt: column.instant(optional),
    cancelledAt: column.instant(optional),
    cancelReasonCode: column.text(optional),
  },
});

const childColumns = { id: column.id(), tenantId: column.uuid(), activityId: column.uuid() };

export const activityPrizeEntity = defineEntity<ActivityPrize>({
  name: 'ActivityPrize',
  table: 'activity_prize',
  columns: { ...childColumns, name: column.text(), quantity: column.int(), awardedCount: column.int() },
});

export const activityDutyEntity = defineEntity<ActivityDuty>({
  name: 'ActivityDuty',
  table: 'activity_duty',
  columns: {
    ...childColumns,
    departmentCode: column.text(),
    staffId: column.uuid(optional),
    task: column.text(),
    resources: column.text(optional),
    confirmedAt: column.instant(optional),
    confirmedBy: column.uuid(optional),
  },
});

export const activityCostEntity = defineEntity<ActivityCost>({
  name: 'ActivityCost',
  table: 'activity_cost',
  columns: {
    ...childColumns,
    purpose: column.text(),
    amount: column.bigint(),
    currency: column.text(),
    recordedAt: column.instant(),
  },
});

export const activityRecordEntity = defineEntity<ActivityRecord>({
  name: 'ActivityRecord',
  table: 'activity_record',
  columns: {
    ...childColumns,
    kind: column.text(),
    fileId: column.uuid(optional),
    noteSealed: column.text(optional),
    recordedAt: column.instant(),
    recordedBy: column.uuid(optional),
  },
});

export const activityRegistrationEntity = defineEntity<ActivityRegistration>({
  name: 'ActivityRegistration',
  table: 'activity_registration',
  columns: {
    ...aggregateColumns,
    activityId: column.uuid(),
    status: column.text(),
    personId: column.uuid(optional),
    householdId: column.uuid(optional),
    participantCount: column.int(),
    contactNameSealed: column.text(optional),
    contactNameMasked: column.text(optional),
    contactPhoneSealed: column.text(optional),
    contactPhoneMasked: column.text(optional),
    checkedInAt: column.instant(optional),
    cancelledAt: column.instant(optional),
  },
});

export const activityEntities = [
  activityEntity,
  activityPrizeEntity,
  activityDutyEntity,
  activityCostEntity,
  activityRecordEntity,
  activityRegistrationEntity,
];
