import { dailyDutyReviewDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type {
  AttendanceRecord,
  DailyDutyReview,
  ShiftHandover,
  ShiftSubstitution,
  ShiftSwap,
} from '../domain/duty-attendance.ts';
import {
  attendanceRecordEntity,
  dailyDutyReviewEntity,
  shiftHandoverEntity,
  shiftSubstitutionEntity,
  shiftSwapEntity,
} from './attendance-entities.ts';
import { ownStaffRows, subjectOfStaffRow } from './roster-aggregates.ts';

export const attendanceRecordAggregate = defineAggregate<AttendanceRecord>({
  type: 'attendance-record',
  table: 'attendance_record',
  graphqlType: 'AttendanceRecord',
  entity: attendanceRecordEntity,
  subject: subjectOfStaffRow,
  listSubject: ownStaffRows,
});

/** A handover is both the leaver's and the relief's. */
export const handoverSubject = ({ communityId, outgoingStaffId, incomingStaffId }: ShiftHandover) => ({
  communityId,
  staffIds: [outgoingStaffId, incomingStaffId],
});

export const shiftHandoverAggregate = defineAggregate<ShiftHandover>({
  type: 'shift-handover',
  table: 'shift_handover',
  graphqlType: 'ShiftHandover',
  entity: shiftHandoverEntity,
  sealed: ['shortcomingsSealed', 'patrolSealed'],
  subject: handoverSubject,
  listSubject: { staff: ({ row }, id) => `${id} in (${row}.outgoing_staff_id, ${row}.incoming_staff_id)` },
});

export const substitutionSubject = ({ communityId, absentStaffId, substituteId }: ShiftSubstitution) => ({
  communityId,
  staffIds: substituteId === null ? [absentStaffId] : [absentStaffId, substituteId],
});

export const shiftSubstitutionAggregate = defineAggregate<ShiftSubstitution>({
  type: 'shift-substitution',
  table: 'shift_substitution',
  graphqlType: 'ShiftSubstitution',
  entity: shiftSubstitutionEntity,
  subject: substitutionSubject,
  listSubject: { staff: ({ row }, id) => `${id} in (${row}.absent_staff_id, ${row}.substitute_id)` },
});

export const swapSubject = ({ communityId, requesterId, colleagueId }: ShiftSwap) => ({
  communityId,
  staffIds: [requesterId, colleagueId],
});

export const shiftSwapAggregate = defineAggregate<ShiftSwap>({
  type: 'shift-swap',
  table: 'shift_swap',
  graphqlType: 'ShiftSwap',
  entity: shiftSwapEntity,
  subject: swapSubject,
  listSubject: { staff: ({ row }, id) => `${id} in (${row}.requester_id, ${row}.colleague_id)` },
});

export const dailyDutyReviewAggregate = defineAggregate<DailyDutyReview>({
  type: 'daily-duty-review',
  table: 'daily_duty_review',
  graphqlType: 'DailyDutyReview',
  entity: dailyDutyReviewEntity,
  deadlines: dailyDutyReviewDeadlines,
  subject: ({ communityId }) => ({ communityId }),
});

export const attendanceAggregates = [
  attendanceRecordAggregate,
  shiftHandoverAggregate,
  shiftSubstitutionAggregate,
  shiftSwapAggregate,
  dailyDutyReviewAggregate,
];
