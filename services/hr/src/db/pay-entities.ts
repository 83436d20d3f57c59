import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { ConductRecord, LeaveRequest, OvertimeRequest, PayrollSheet } from '../domain/pay.ts';

const nullable = { nullable: true };

export const leaveRequestEntity = defineEntity<LeaveRequest>({
  name: 'LeaveRequest',
  table: 'leave_request',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    kindCode: column.text(),
    startsOn: column.date(),
    endsOn: column.date(),
    reasonSealed: column.text(),
    status: column.text(),
    endorsedBy: column.text(nullable),
    decidedAt: column.instant(nullable),
  },
});

export const overtimeRequestEntity = defineEntity<OvertimeRequest>({
  name: 'OvertimeRequest',
  table: 'overtime_request',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    workedOn: column.date(),
    overtimeFrom: column.instant(),
    overtimeTo: column.instant(),
    reasonSealed: column.text(),
    status: column.text(),
    decidedAt: column.instant(nullable),
  },
});

export const conductRecordEntity = defineEntity<ConductRecord>({
  name: 'ConductRecord',
  table: 'conduct_record',
  columns: {
    ...aggregateColumns,
    staffId: column.uuid(),
    kindCode: column.text(),
    points: column.int(),
    rewardAmount: column.bigint(nullable),
    currency: column.text(),
    occurredOn: column.date(),
    noteSealed: column.text(nullable),
    sourceId: column.uuid(nullable),
    status: column.text(),
  },
});

export const payrollSheetEntity = defineEntity<PayrollSheet>({
  name: 'PayrollSheet',
  table: 'payroll_sheet',
  columns: {
    ...aggregateColumns,
    month: column.text(),
    status: column.text(),
    staffCount: column.int(),
    totalAmount: column.bigint(),
    currency: column.text(),
    linesSha256: column.text(),
    submittedBy: column.text(nullable),
    approvedAt: column.instant(nullable),
  },
});

export const payEntities = [leaveRequestEntity, overtimeRequestEntity, conductRecordEntity, payrollSheetEntity];
