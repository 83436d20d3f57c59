import { aggregateColumns, column, defineEntity } from '@steward/db';

import type {
  AttendanceRecord,
  DailyDutyReview,
  ShiftHandover,
  ShiftHandoverNote,
  ShiftSubstitution,
  ShiftSwap,
} from '../domain/duty-attendance.ts';

const nullable = { nullable: true };

export const attendanceRecordEntity = defineEntity<AttendanceRecord>({
  name: 'AttendanceRecord',
  table: 'attendance_record',
  columns: {
    ...aggregateColumns,
    shiftId: column.uuid(),
    staffId: column.uuid(),
    workedOn: column.date(),
    outcome: column.text(),
    status: column.text(),
    clockedInAt: column.instant(nullable),
    clockedOutAt: column.instant(nullable),
    isInTimeForHandover: column.bool(nullable),
    lateMinutes: column.int(),
    earlyMinutes: column.int(),
    waitedMinutes: column.int(),
    closeOutCodes: column.texts(),
  },
});

export const shiftHandoverEntity = defineEntity<ShiftHandover>({
  name: 'ShiftHandover',
  table: 'shift_handover',
  columns: {
    ...aggregateColumns,
    outgoingShiftId: column.uuid(),
    incomingShiftId: column.uuid(),
    outgoingStaffId: column.uuid(),
    incomingStaffId: column.uuid(),
    status: column.text(),
    isCleaningPassed: column.bool(nullable),
    shortcomingsSealed: column.text(nullable),
    patrolSealed: column.text(nullable),
    toolsCountedAt: column.instant(nullable),
    acceptedAt: column.instant(nullable),
    acceptedItems: column.json(nullable),
  },
});

export const shiftHandoverNoteEntity = defineEntity<ShiftHandoverNote>({
  name: 'ShiftHandoverNote',
  table: 'shift_handover_note',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    handoverId: column.uuid(),
    kind: column.text(),
    reasonCode: column.text(nullable),
    itemId: column.uuid(nullable),
    textSealed: column.text(),
  },
});

export const shiftSubstitutionEntity = defineEntity<ShiftSubstitution>({
  name: 'ShiftSubstitution',
  table: 'shift_substitution',
  columns: {
    ...aggregateColumns,
    shiftId: column.uuid(),
    absentStaffId: column.uuid(),
    substituteId: column.uuid(nullable),
    reasonCode: column.text(),
    status: column.text(),
    awayFrom: column.instant(nullable),
    awayTo: column.instant(nullable),
  },
});

export const shiftSwapEntity = defineEntity<ShiftSwap>({
  name: 'ShiftSwap',
  table: 'shift_swap',
  columns: {
    ...aggregateColumns,
    shiftId: column.uuid(),
    otherShiftId: column.uuid(nullable),
    requesterId: column.uuid(),
    colleagueId: column.uuid(),
    status: column.text(),
    decidedAt: column.instant(nullable),
  },
});

export const dailyDutyReviewEntity = defineEntity<DailyDutyReview>({
  name: 'DailyDutyReview',
  table: 'daily_duty_review',
  columns: {
    ...aggregateColumns,
    reviewOn: column.date(),
    status: column.text(),
    receivedCount: column.int(),
    completedAt: column.instant(nullable),
  },
});

export const attendanceEntities = [
  attendanceRecordEntity,
  shiftHandoverEntity,
  shiftHandoverNoteEntity,
  shiftSubstitutionEntity,
  shiftSwapEntity,
  dailyDutyReviewEntity,
];
