import type { Tx } from '@steward/db';
import type { Connection, Order } from '@steward/service-kit';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import { attendanceQuery } from '../db/attendance-list-queries.ts';
import {
  appraisalsQuery,
  checksQuery,
  dormitoriesQuery,
  dormitoryStaysQuery,
  dutyReportsQuery,
  teamPlansQuery,
} from '../db/conduct-list-queries.ts';
import { dutyOrders, shiftOrders } from '../db/duty-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { conductQuery, leavesQuery, overtimeQuery, payrollSheetsQuery } from '../db/pay-list-queries.ts';
import { certificatesQuery, gapsQuery, rostersQuery, shiftsQuery } from '../db/roster-list-queries.ts';
import type { CommunityResolvers, StaffResolvers } from './generated.ts';

type Args<F> = { first: number; after?: string | null; filter?: F | null };

type Below = { list: string; column: 'staff_id' | 'community_id'; order?: Order };

/** A list of rows below a parent, newest first; lists of many parents are read together. */
const rowsBelow =
  <F, Row extends ObjectLiteral & { id: string }>(
    { list, column, order = dutyOrders.CREATED_AT_DESC }: Below,
    query: (tx: Tx, filter: F) => SelectQueryBuilder<Row>,
  ) =>
  ({ id: parentId }: { id: string }, args: Args<F>, ctx: HrContext): Promise<Connection<Row>> => {
    const filtered = (tx: Tx, parent: string): SelectQueryBuilder<Row> =>
      query(tx, args.filter ?? ({} as F)).andWhere(`r.${column} = ${parent}`);
    const page = { parentId, list, args, order, query: filtered };
    return ctx.loaders.rowsBelow.load(page) as unknown as Promise<Connection<Row>>;
  };

const latest = shiftOrders.STARTS_AT_DESC;

const ofStaff = (list: string, order?: Order): Below => ({
  list: `Staff.${list}`,
  column: 'staff_id',
  ...(order === undefined ? {} : { order }),
});
const ofCommunity = (list: string, order?: Order): Below => ({
  list: `Community.${list}`,
  column: 'community_id',
  ...(order === undefined ? {} : { order }),
});

/** What somebody did and what was done about it. */
export const staffLists: Pick<
  StaffResolvers<HrContext>,
  | 'dutyShifts'
  | 'attendanceRecords'
  | 'leaveRequests'
  | 'overtimeRequests'
  | 'conductRecords'
  | 'certificates'
  | 'staffChecks'
  | 'appraisals'
  | 'dormitoryStays'
  | 'dutyReports'
> = {
  dutyShifts: rowsBelow(ofStaff('dutyShifts', latest), shiftsQuery),
  attendanceRecords: rowsBelow(ofStaff('attendanceRecords'), attendanceQuery),
  leaveRequests: rowsBelow(ofStaff('leaveRequests'), leavesQuery),
  overtimeRequests: rowsBelow(ofStaff('overtimeRequests'), overtimeQuery),
  conductRecords: rowsBelow(ofStaff('conductRecords'), conductQuery),
  certificates: rowsBelow(ofStaff('certificates'), certificatesQuery),
  staffChecks: rowsBelow(ofStaff('staffChecks'), checksQuery),
  appraisals: rowsBelow(ofStaff('appraisals'), appraisalsQuery),
  dormitoryStays: rowsBelow(ofStaff('dormitoryStays'), dormitoryStaysQuery),
  dutyReports: rowsBelow(ofStaff('dutyReports'), dutyReportsQuery),
};

/** The same of a community. */
export const communityLists: Pick<
  CommunityResolvers<HrContext>,
  | 'dutyRosters'
  | 'dutyShifts'
  | 'dutyGaps'
  | 'attendanceRecords'
  | 'leaveRequests'
  | 'conductRecords'
  | 'payrollSheets'
  | 'staffChecks'
  | 'appraisals'
  | 'dormitories'
  | 'teamPlans'
  | 'dutyReports'
> = {
  dutyRosters: rowsBelow(ofCommunity('dutyRosters'), rostersQuery),
  dutyShifts: rowsBelow(ofCommunity('dutyShifts', latest), shiftsQuery),
  dutyGaps: rowsBelow(ofCommunity('dutyGaps'), gapsQuery),
  attendanceRecords: rowsBelow(ofCommunity('attendanceRecords'), attendanceQuery),
  leaveRequests: rowsBelow(ofCommunity('leaveRequests'), leavesQuery),
  conductRecords: rowsBelow(ofCommunity('conductRecords'), conductQuery),
  payrollSheets: rowsBelow(ofCommunity('payrollSheets'), payrollSheetsQuery),
  staffChecks: rowsBelow(ofCommunity('staffChecks'), checksQuery),
  appraisals: rowsBelow(ofCommunity('appraisals'), appraisalsQuery),
  dormitories: rowsBelow(ofCommunity('dormitories'), dormitoriesQuery),
  teamPlans: rowsBelow(ofCommunity('teamPlans'), teamPlansQuery),
  dutyReports: rowsBelow(ofCommunity('dutyReports'), dutyReportsQuery),
};
