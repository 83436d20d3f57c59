import type { Tx } from '@steward/db';

import type {
  ConductRecordFilter,
  LeaveRequestFilter,
  OvertimeRequestFilter,
  PayrollSheetFilter,
} from '../graphql/generated.ts';
import { dutyQuery } from './duty-list-queries.ts';
import { conductRecordEntity, leaveRequestEntity, overtimeRequestEntity, payrollSheetEntity } from './pay-entities.ts';

const ofStaff = { staffId: 'staff_id', status: 'status' };

export const leavesQuery = (tx: Tx, filter: LeaveRequestFilter) => dutyQuery(tx, leaveRequestEntity, filter, ofStaff);

export const overtimeQuery = (tx: Tx, filter: OvertimeRequestFilter) =>
  dutyQuery(tx, overtimeRequestEntity, filter, ofStaff);

export const conductQuery = (tx: Tx, filter: ConductRecordFilter) =>
  dutyQuery(tx, conductRecordEntity, filter, { ...ofStaff, kindCode: 'kind_code' });

export const payrollSheetsQuery = (tx: Tx, filter: PayrollSheetFilter) =>
  dutyQuery(tx, payrollSheetEntity, filter, { status: 'status', month: 'month' });
