import type { ConductRecord, LeaveRequest, OvertimeRequest, PayrollSheet } from './pay.ts';

/** What events say about leave, overtime, conduct and pay: no reason, no note, nobody's pay. */

export const leaveFact = ({ id, staffId, kindCode, startsOn, endsOn }: LeaveRequest) => ({
  leaveId: id,
  staffId,
  kindCode,
  startsOn,
  endsOn,
});

export const overtimeFact = ({ id, staffId, workedOn, overtimeFrom, overtimeTo }: OvertimeRequest) => ({
  overtimeId: id,
  staffId,
  workedOn,
  from: overtimeFrom.toISOString(),
  to: overtimeTo.toISOString(),
});

export const conductFact = ({ id, staffId, kindCode, points, occurredOn, sourceId }: ConductRecord) => ({
  conductId: id,
  staffId,
  kindCode,
  points,
  occurredOn,
  sourceId,
});

export const sheetFact = (sheet: PayrollSheet) => ({
  sheetId: sheet.id,
  communityId: sheet.communityId,
  month: sheet.month,
  staffCount: sheet.staffCount,
  total: { amount: sheet.totalAmount, currency: sheet.currency },
  linesSha256: sheet.linesSha256,
});
