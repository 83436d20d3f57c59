import type { Tx } from '@steward/db';

import type {
  AttendanceRecordFilter,
  DailyDutyReviewFilter,
  ShiftHandoverFilter,
  ShiftSubstitutionFilter,
  ShiftSwapFilter,
} from '../graphql/generated.ts';
import {
  attendanceRecordEntity,
  dailyDutyReviewEntity,
  shiftHandoverEntity,
  shiftSubstitutionEntity,
  shiftSwapEntity,
} from './attendance-entities.ts';
import { dutyQuery } from './duty-list-queries.ts';

export const attendanceQuery = (tx: Tx, filter: AttendanceRecordFilter) =>
  dutyQuery(tx, attendanceRecordEntity, filter, {
    staffId: 'staff_id',
    status: 'status',
    outcome: 'outcome',
    from: 'r.worked_on >= :from',
    to: 'r.worked_on < :to',
  });

export const handoversQuery = (tx: Tx, filter: ShiftHandoverFilter) =>
  dutyQuery(tx, shiftHandoverEntity, filter, { status: 'status', outgoingShiftId: 'outgoing_shift_id' });

export const substitutionsQuery = (tx: Tx, filter: ShiftSubstitutionFilter) =>
  dutyQuery(tx, shiftSubstitutionEntity, filter, { status: 'status' });

export const swapsQuery = (tx: Tx, filter: ShiftSwapFilter) =>
  dutyQuery(tx, shiftSwapEntity, filter, { status: 'status' });

export const dailyReviewsQuery = (tx: Tx, filter: DailyDutyReviewFilter) =>
  dutyQuery(tx, dailyDutyReviewEntity, filter, { status: 'status' });
