type Identity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

/** Attendance at one shift; whole minutes. */
export type AttendanceRecord = Identity & {
  shiftId: string;
  staffId: string;
  workedOn: string;
  outcome: 'PRESENT' | 'ABSENT' | 'ON_LEAVE';
  status: 'OPEN' | 'CLOSED' | 'REVIEWED';
  clockedInAt: Date | null;
  clockedOutAt: Date | null;
  isInTimeForHandover: boolean | null;
  lateMinutes: number;
  earlyMinutes: number;
  /** After the end until the relief had taken over (A031). */
  waitedMinutes: number;
  closeOutCodes: string[];
};

export type ShiftHandoverItem = {
  id: string;
  kind: 'WORK_ORDER' | 'COMPLAINT';
  number: string;
  isUrgent: boolean;
  openedAt: Date;
};

/** A handover between two shifts; notes and tools are rows of their own. */
export type ShiftHandover = Identity & {
  outgoingShiftId: string;
  incomingShiftId: string;
  outgoingStaffId: string;
  incomingStaffId: string;
  status: 'OPEN' | 'ACCEPTED';
  isCleaningPassed: boolean | null;
  shortcomingsSealed: string | null;
  patrolSealed: string | null;
  toolsCountedAt: Date | null;
  acceptedAt: Date | null;
  /** What was open at the acceptance; null before. */
  acceptedItems: ShiftHandoverItem[] | null;
};

export type ShiftHandoverNoteKind = 'LEFT_OVER' | 'ATTENTION' | 'REPAIR' | 'COMPLAINT' | 'MAJOR_EVENT';

export type ShiftHandoverNote = {
  id: string;
  tenantId: string;
  handoverId: string;
  kind: ShiftHandoverNoteKind;
  reasonCode: string | null;
  itemId: string | null;
  textSealed: string;
};

export type ShiftHandoverTool = {
  handoverId: string;
  toolCode: string;
  expectedCount: number;
  countedCount: number;
  liableStaffId: string | null;
};

/** Somebody stands in at a shift. */
export type ShiftSubstitution = Identity & {
  shiftId: string;
  absentStaffId: string;
  substituteId: string | null;
  reasonCode: string;
  status: 'REQUESTED' | 'ARRANGED' | 'ENDED';
  awayFrom: Date | null;
  awayTo: Date | null;
};

export type ShiftSwap = Identity & {
  shiftId: string;
  otherShiftId: string | null;
  requesterId: string;
  colleagueId: string;
  status: 'REQUESTED' | 'AGREED' | 'APPROVED' | 'DECLINED' | 'REJECTED' | 'WITHDRAWN';
  decidedAt: Date | null;
};

export type DailyDutyReview = Identity & {
  reviewOn: string;
  status: 'OPEN' | 'COMPLETED';
  receivedCount: number;
  completedAt: Date | null;
};
