type Identity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

export type TrainingKind = 'BUSINESS' | 'INTENSIVE' | 'INDUCTION' | 'STANDARD' | 'OTHER';

/** What a session is about and when; instants as ISO texts, because a plan keeps its entries as JSON. */
export type TrainingPlanEntry = {
  kind: TrainingKind;
  topic: string;
  topicCodes: string[];
  /** The document that it explains; of kind STANDARD alone. */
  documentId: string | null;
  trainerId: string;
  startsAt: string;
  endsAt: string;
};

/** A department's training in a month `YYYY-MM`. */
export type TrainingPlan = Identity & {
  departmentId: string;
  month: string;
  entries: TrainingPlanEntry[];
  status: 'DRAFT' | 'SUBMITTED' | 'APPROVED' | 'WITHDRAWN';
  /** Login that handed it in: somebody else approves it. */
  submittedBy: string | null;
  approvedAt: Date | null;
};

export type TrainingSession = Identity & {
  planId: string | null;
  departmentId: string;
  /** null: the whole department. */
  teamId: string | null;
  /** The document that it explains. */
  documentId: string | null;
  kind: TrainingKind;
  topic: string;
  topicCodes: string[];
  trainerId: string;
  startsAt: Date;
  endsAt: Date;
  /** Local day on which it begins. */
  startsOn: string;
  status: 'PLANNED' | 'HELD' | 'CANCELLED';
  /** Points with which a test is passed, as in force when the session was held. */
  passMark: number | null;
  presentCount: number;
};

export type AttendanceAnswer = 'PRESENT' | 'ABSENT' | 'EXCUSED';

export type TrainingAttendance = {
  sessionId: string;
  staffId: string;
  answer: AttendanceAnswer;
  /** Of the last attempt. */
  score: number | null;
  attemptCount: number;
  isPassed: boolean | null;
  inductionId: string | null;
};

/** What of one kind a department owes its staff in a week or month `[startsOn, endsOn)`. */
export type TrainingQuota = Identity & {
  departmentId: string;
  period: 'WEEK' | 'MONTH';
  kind: 'BUSINESS' | 'INTENSIVE';
  startsOn: string;
  endsOn: string;
  neededCount: number;
  heldCount: number;
  status: 'OPEN' | 'MET' | 'SHORT';
};
