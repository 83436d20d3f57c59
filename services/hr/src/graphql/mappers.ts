import type { ChangeRow, ChecklistRow, Connection, DeadlineRow, RefusalValue } from '@steward/service-kit';

import type { ReviewAnswer } from '../commands/correct-attendance-record.ts';
import type { ShiftOfDay } from '../commands/roster-context.ts';

import type { OpenDuty } from '../db/loaders.ts';
import type * as attendance from '../domain/duty-attendance.ts';
import type * as pay from '../domain/pay.ts';
import type * as roster from '../domain/duty-roster.ts';
import type { Department as DepartmentRow, Team as TeamRow } from '../domain/department.ts';
import type { Staff as StaffRow } from '../domain/staff.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type StaffDuty = OpenDuty;
export type StaffConnection = Connection<StaffRow>;
export type DepartmentConnection = Connection<DepartmentRow>;
export type TeamConnection = Connection<TeamRow>;
export type ChangeConnection = Connection<ChangeRow>;
export type Code = { code: string; label?: string; labelKey?: string };
export type Refusal = RefusalValue;
export type Community = { id: string };

export type SetHrPolicyPayload = { communityId: string };
export type StaffRegistration = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };

export type Deadline = DeadlineRow;
export type CertificateConnection = Connection<roster.Certificate>;
export type InductionRecordConnection = Connection<roster.InductionRecord>;
export type ShiftPatternConnection = Connection<roster.ShiftPattern>;
export type DutyRosterConnection = Connection<roster.DutyRoster>;
export type DutyShiftConnection = Connection<roster.DutyShift>;
export type DutyGapConnection = Connection<roster.DutyGap>;
export type ShiftTimes = ShiftOfDay & { isSummer: boolean };

export type AttendanceRecordConnection = Connection<attendance.AttendanceRecord>;
export type ShiftHandoverConnection = Connection<attendance.ShiftHandover>;
export type ShiftSubstitutionConnection = Connection<attendance.ShiftSubstitution>;
export type ShiftSwapConnection = Connection<attendance.ShiftSwap>;
export type DailyDutyReviewConnection = Connection<attendance.DailyDutyReview>;
export type ShiftHandoverOpenItem = attendance.ShiftHandoverItem;
export type DailyDutyCheck = ChecklistRow;
export type AttendanceReview = { results: ReviewAnswer[] };
export type AttendanceReviewResult = ReviewAnswer;

export type LeaveRequestConnection = Connection<pay.LeaveRequest>;
export type OvertimeRequestConnection = Connection<pay.OvertimeRequest>;
export type ConductRecordConnection = Connection<pay.ConductRecord>;
export type PayrollSheetConnection = Connection<pay.PayrollSheet>;
export type PayrollSlip = {
  communityId: string;
  currency: string;
  staffId: string;
  /** Whether its sheet is approved. */
  isFinal: boolean;
  lines: pay.PayrollLineRow[];
};
export type PayrollLine = pay.PayrollLineRow & { currency: string };
