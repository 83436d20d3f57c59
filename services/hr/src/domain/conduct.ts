import type { StaffRole } from './staff.ts';

type Identity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

export type StaffCheckKind = 'GROOMING' | 'SPOT_CHECK' | 'DORMITORY';

export type StaffCheckFormEntry = { code: string; name: string };

/** Points that a community looks at besides those of the standard. */
export type StaffCheckForm = Identity & {
  kind: StaffCheckKind;
  name: string;
  /** Of whom; empty: of everybody. */
  roles: StaffRole[];
  entries: StaffCheckFormEntry[];
  status: 'ACTIVE' | 'RETIRED';
};

/** The regular checks of some days, half-open `[startsOn, endsOn)`. */
export type StaffCheckRound = Identity & {
  kind: StaffCheckKind;
  startsOn: string;
  endsOn: string;
  plannedCount: number;
  status: 'OPEN' | 'COMPLETED';
};

export type StaffCheckStatus = 'PLANNED' | 'SKIPPED' | 'PASSED' | 'FINDINGS' | 'AGREED' | 'RECTIFIED';

/** One check of a staff member or of a room; its points are rows of the checklist. */
export type StaffCheck = Identity & {
  kind: StaffCheckKind;
  /** Null: an irregular one. */
  roundId: string | null;
  staffId: string | null;
  roomId: string | null;
  status: StaffCheckStatus;
  sampleNumbers: string[];
  photoFileIds: string[];
  findingsSealed: string | null;
  checkedAt: Date | null;
  agreedWithId: string | null;
  measureSealed: string | null;
};

/** Scores by criterion, 0 to 100. */
export type AppraisalScores = Readonly<Record<string, number>>;

/** What is known of the period: evidence beside the scores. */
export type AppraisalEvidence = {
  penaltyPoints: number;
  lateCount: number;
  absentCount: number;
  findingCount: number;
  lateReportCount: number;
};

export type AppraisalStatus =
  'OPEN' | 'SELF_ASSESSED' | 'RATED' | 'ACKNOWLEDGED' | 'APPEALED' | 'DECIDED' | 'CANCELLED';

export type AppraisalGrade = 'EXCELLENT' | 'GOOD' | 'PASSED' | 'POOR';

export type Appraisal = Identity & {
  staffId: string;
  startsOn: string;
  endsOn: string;
  status: AppraisalStatus;
  /** As they were in force when it was opened. */
  weights: Readonly<Record<string, number>>;
  evidence: AppraisalEvidence;
  selfScores: AppraisalScores | null;
  scores: AppraisalScores | null;
  /** In hundredths of a point. */
  totalHundredths: number | null;
  grade: AppraisalGrade | null;
  ratedBy: string | null;
  ratedAt: Date | null;
  settledAt: Date | null;
  selfCommentSealed: string | null;
  commentSealed: string | null;
  appealSealed: string | null;
  decisionSealed: string | null;
};

export type Dormitory = Identity & { name: string; rules: string[]; status: 'OPEN' | 'CLOSED' };

export type DormitoryRoom = Identity & {
  dormitoryId: string;
  name: string;
  bedCount: number;
  status: 'ACTIVE' | 'RETIRED';
};

/** Days are half-open `[startsOn, endsOn)`. */
export type DormitoryStay = Identity & {
  roomId: string;
  bed: number;
  staffId: string;
  startsOn: string;
  endsOn: string | null;
  status: 'RUNNING' | 'ENDED';
};

export type TeamPlan = Identity & {
  teamId: string;
  startsOn: string;
  endsOn: string;
  status: 'DRAFT' | 'RUNNING' | 'EVALUATED' | 'CLOSED' | 'WITHDRAWN';
  evaluationSealed: string | null;
};

export type TeamPlanGoal = {
  id: string;
  planId: string;
  tenantId: string;
  position: number;
  textSealed: string;
  dueOn: string;
  responsibleId: string;
  isAchieved: boolean | null;
  resultSealed: string | null;
};

export type TeamPlanMeasureKind = 'CORRECTIVE' | 'PREVENTIVE';

export type TeamPlanMeasure = {
  id: string;
  planId: string;
  tenantId: string;
  goalId: string;
  kind: TeamPlanMeasureKind;
  textSealed: string;
  dueOn: string;
  responsibleId: string;
  completedAt: Date | null;
  effectSealed: string | null;
};

export type ReportFrequency = 'WEEKLY' | 'MONTHLY' | 'QUARTERLY';

/** Somebody reports for each period, by a day after its end. */
export type ReportDuty = Identity & {
  name: string;
  frequency: ReportFrequency;
  dueDay: number;
  staffId: string;
  status: 'ACTIVE' | 'RETIRED';
};

export type DutyReport = Identity & {
  dutyId: string;
  staffId: string;
  startsOn: string;
  endsOn: string;
  dueOn: string;
  status: 'DUE' | 'SUBMITTED' | 'RETURNED' | 'ACCEPTED' | 'DROPPED';
  summarySealed: string | null;
  submittedAt: Date | null;
  isOnTime: boolean | null;
};
