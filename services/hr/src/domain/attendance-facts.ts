import type {
  AttendanceRecord,
  DailyDutyReview,
  ShiftHandover,
  ShiftHandoverTool,
  ShiftSubstitution,
  ShiftSwap,
} from './duty-attendance.ts';

/** What events say about attendance, handovers and swaps: ids, codes, times and minutes, never a word of a note. */

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export const attendanceFact = (record: AttendanceRecord) => ({
  recordId: record.id,
  shiftId: record.shiftId,
  staffId: record.staffId,
  workedOn: record.workedOn,
  outcome: record.outcome,
  clockedInAt: instant(record.clockedInAt),
  clockedOutAt: instant(record.clockedOutAt),
  isInTimeForHandover: record.isInTimeForHandover,
  lateMinutes: record.lateMinutes,
  earlyMinutes: record.earlyMinutes,
  waitedMinutes: record.waitedMinutes,
});

type Tool = Omit<ShiftHandoverTool, 'handoverId'>;

const liabilitiesOf = (tools: readonly Tool[]) =>
  tools.flatMap(({ toolCode, expectedCount, countedCount, liableStaffId: staffId }) =>
    staffId === null ? [] : [{ toolCode, missingCount: expectedCount - countedCount, staffId }],
  );

export const handoverFact = (handover: ShiftHandover, tools: readonly Tool[] = []) => ({
  handoverId: handover.id,
  outgoingShiftId: handover.outgoingShiftId,
  incomingShiftId: handover.incomingShiftId,
  outgoingStaffId: handover.outgoingStaffId,
  incomingStaffId: handover.incomingStaffId,
  isCleaningPassed: handover.isCleaningPassed,
  openItemIds: (handover.acceptedItems ?? []).map(({ id }) => id),
  liabilities: liabilitiesOf(tools),
});

export const substitutionFact = (substitution: ShiftSubstitution) => ({
  substitutionId: substitution.id,
  shiftId: substitution.shiftId,
  absentStaffId: substitution.absentStaffId,
  substituteId: substitution.substituteId,
  reasonCode: substitution.reasonCode,
  from: instant(substitution.awayFrom),
  to: instant(substitution.awayTo),
});

export const swapFact = ({ id, shiftId, otherShiftId, requesterId, colleagueId }: ShiftSwap) => ({
  swapId: id,
  shiftId,
  otherShiftId,
  requesterId,
  colleagueId,
});

export const dailyReviewFact = (
  { id, communityId, reviewOn, receivedCount }: DailyDutyReview,
  failedCodes: string[] = [],
) => ({ reviewId: id, communityId, reviewOn, receivedCount, failedCodes });
