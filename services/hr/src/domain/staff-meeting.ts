import type { AttendanceAnswer } from './training.ts';

type Identity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

export type StaffMeetingKind = 'DEPARTMENT' | 'OFFICE' | 'TEAM' | 'OTHER';

export type StaffMeeting = Identity & {
  kind: StaffMeetingKind;
  departmentId: string | null;
  teamId: string | null;
  chairId: string | null;
  /** Last day on which it is in time. */
  meetingOn: string;
  /** Of the weekly round; the others were called. */
  isRegular: boolean;
  status: 'PLANNED' | 'HELD' | 'CANCELLED';
  agendaSealed: string | null;
  minutesSealed: string | null;
  heldAt: Date | null;
};

export type StaffMeetingAttendance = { meetingId: string; staffId: string; answer: AttendanceAnswer };

/** What somebody undertook at a meeting or by the remedies of a quality review. */
export type FollowUp = Identity & {
  meetingId: string | null;
  reviewId: string | null;
  staffId: string;
  descriptionSealed: string;
  dueOn: string;
  status: 'OPEN' | 'DONE' | 'CANCELLED';
  resultSealed: string | null;
  completedAt: Date | null;
};

export type QualityFigure = { code: string; count: number };

/** Figures of a month, what they come from and what is done about it. */
export type QualityReview = Identity & {
  month: string;
  figures: QualityFigure[];
  status: 'OPEN' | 'SUBMITTED' | 'APPROVED' | 'CLOSED';
  analysisSealed: string | null;
  /** What is to be done, by whom and when, as JSON; follow-ups once it is approved. */
  remediesSealed: string | null;
  submittedBy: string | null;
  approvedAt: Date | null;
  closedAt: Date | null;
};
