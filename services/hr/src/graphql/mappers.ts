import type { FileView } from '@steward/files';
import type { ChangeRow, ChecklistRow, Connection, DeadlineRow, RefusalValue } from '@steward/service-kit';

import type { ReviewAnswer } from '../commands/correct-attendance-record.ts';
import type { PassAnswer } from '../commands/pass-staff-checks.ts';
import type { ShiftOfDay } from '../commands/roster-context.ts';

import type { DocumentReader } from '../db/document-queries.ts';
import type { Punctuality } from '../db/duty-report-queries.ts';
import type { AuthorityInPlace, StandardPositionRow } from '../commands/show-positions.ts';
import type { OpenDuty } from '../db/loaders.ts';
import type { PositionStaffingRow } from '../db/position-queries.ts';
import type * as document from '../domain/controlled-document.ts';
import type * as conduct from '../domain/conduct.ts';
import type * as attendance from '../domain/duty-attendance.ts';
import type * as pay from '../domain/pay.ts';
import type { FollowUpTerms } from '../domain/meeting-rules.ts';
import type * as meeting from '../domain/staff-meeting.ts';
import type * as training from '../domain/training.ts';
import type * as roster from '../domain/duty-roster.ts';
import type * as work from '../domain/position-work.ts';
import type * as position from '../domain/position.ts';
import type { Criterion } from '../domain/recruitment-rules.ts';
import type * as recruitment from '../domain/recruitment.ts';
import type { Check } from './position-labels.ts';
import type { Department as DepartmentRow, Team as TeamRow } from '../domain/department.ts';
import type { Staff as StaffRow } from '../domain/staff.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type File = FileView;
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

export type TrainingPlanConnection = Connection<training.TrainingPlan>;
export type TrainingSessionConnection = Connection<training.TrainingSession>;
export type TrainingQuotaConnection = Connection<training.TrainingQuota>;
export type ControlledDocumentConnection = Connection<document.ControlledDocument>;
export type DocumentReadingConnection = Connection<document.DocumentReading>;
export type QualityReviewConnection = Connection<meeting.QualityReview>;
export type StaffMeetingConnection = Connection<meeting.StaffMeeting>;
export type FollowUpConnection = Connection<meeting.FollowUp>;
export type ControlledDocumentReader = DocumentReader;
export type QualityRemedy = FollowUpTerms;

export type StaffCheckFormConnection = Connection<conduct.StaffCheckForm>;
export type StaffCheckRoundConnection = Connection<conduct.StaffCheckRound>;
export type StaffCheckConnection = Connection<conduct.StaffCheck>;
export type AppraisalConnection = Connection<conduct.Appraisal>;
export type DormitoryConnection = Connection<conduct.Dormitory>;
export type DormitoryRoomConnection = Connection<conduct.DormitoryRoom>;
export type DormitoryStayConnection = Connection<conduct.DormitoryStay>;
export type TeamPlanConnection = Connection<conduct.TeamPlan>;
export type ReportDutyConnection = Connection<conduct.ReportDuty>;
export type DutyReportConnection = Connection<conduct.DutyReport>;
/** A point of a check with its community, whose forms name it. */
export type StaffCheckPoint = ChecklistRow & { communityId: string };
export type StaffCheckPassResult = PassAnswer;
export type PassStaffChecksPayload = { results: PassAnswer[] };
export type ReportPunctuality = Punctuality;

export type PositionConnection = Connection<position.Position>;
export type AuthorityGrantConnection = Connection<position.AuthorityGrant>;
export type SpendingRequestConnection = Connection<position.SpendingRequest>;
export type StaffQualificationConnection = Connection<recruitment.StaffQualification>;
export type VacancyConnection = Connection<recruitment.Vacancy>;
export type JobApplicationConnection = Connection<recruitment.JobApplication>;
export type ProbationReviewConnection = Connection<recruitment.ProbationReview>;
export type GradeLadderConnection = Connection<recruitment.GradeLadder>;
export type StaffGradeConnection = Connection<recruitment.StaffGrade>;
export type PositionDutySheetConnection = Connection<work.PositionDutySheet>;
export type PositionKpiReviewConnection = Connection<work.PositionKpiReview>;
export type PersonnelArchiveConnection = Connection<work.PersonnelArchive>;
export type PostRotationConnection = Connection<work.PostRotation>;
export type PostHandoverConnection = Connection<work.PostHandover>;
export type StandardPosition = StandardPositionRow;
export type PositionStaffing = PositionStaffingRow;
export type AuthorityMatrixRow = AuthorityInPlace;
export type PositionCheck = Check;
export type GradeStep = recruitment.GradeStep & { level: number; label: string };
export type GradeCriterion = Criterion;
export type PositionKpiResult = work.KpiResult;
export type ArchivePaper = work.PersonnelArchive['papers'][number];
