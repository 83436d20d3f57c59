import { defineAggregate } from '@steward/service-kit';

import type { ConductRecord, LeaveRequest, OvertimeRequest, PayrollSheet } from '../domain/pay.ts';
import { conductRecordEntity, leaveRequestEntity, overtimeRequestEntity, payrollSheetEntity } from './pay-entities.ts';
import { ownStaffRows, subjectOfStaffRow } from './roster-aggregates.ts';

export const leaveRequestAggregate = defineAggregate<LeaveRequest>({
  type: 'leave-request',
  table: 'leave_request',
  graphqlType: 'LeaveRequest',
  entity: leaveRequestEntity,
  sealed: ['reasonSealed'],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const overtimeRequestAggregate = defineAggregate<OvertimeRequest>({
  type: 'overtime-request',
  table: 'overtime_request',
  graphqlType: 'OvertimeRequest',
  entity: overtimeRequestEntity,
  sealed: ['reasonSealed'],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const conductRecordAggregate = defineAggregate<ConductRecord>({
  type: 'conduct-record',
  table: 'conduct_record',
  graphqlType: 'ConductRecord',
  entity: conductRecordEntity,
  sealed: ['noteSealed'],
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

export const payrollSheetAggregate = defineAggregate<PayrollSheet>({
  type: 'payroll-sheet',
  table: 'payroll_sheet',
  graphqlType: 'PayrollSheet',
  entity: payrollSheetEntity,
  subject: ({ communityId }) => ({ communityId }),
});

export const payAggregates = [
  leaveRequestAggregate,
  overtimeRequestAggregate,
  conductRecordAggregate,
  payrollSheetAggregate,
];
