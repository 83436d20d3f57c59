export type ActivityStatus = 'PLANNED' | 'SUBMITTED' | 'APPROVED' | 'UNDER_WAY' | 'HELD' | 'ARCHIVED' | 'CANCELLED';

/** A merchant's activity has procedures and control on the site besides (B018). */
export type ActivityKind = 'COMMUNITY' | 'MERCHANT';

/** Community activity 社区活动 from the plan to the archive. The ten fields of the plan may be empty until it is submitted. */
export type Activity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: ActivityStatus;
  kind: ActivityKind;
  merchantId: string | null;
  organiserId: string;
  theme: string | null;
  programme: string[];
  budgetAmount: number | null;
  currency: string;
  venueId: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  audience: string | null;
  capacity: number | null;
  agenda: string | null;
  departmentCodes: string[];
  isWithoutPrizes: boolean;
  prizeCount: number;
  approvalId: string | null;
  approvedAt: Date | null;
  dutyCount: number;
  openDutyCount: number;
  startedAt: Date | null;
  finishedAt: Date | null;
  attendanceCount: number | null;
  actualAmount: number;
  recordKinds: ActivityRecordKind[];
  archivedAt: Date | null;
  cancelledAt: Date | null;
  cancelReasonCode: string | null;
};

export type ActivityPrize = {
  id: string;
  tenantId: string;
  activityId: string;
  name: string;
  quantity: number;
  awardedCount: number;
};

/** What a department prepares, and who does it (A106). */
export type ActivityDuty = {
  id: string;
  tenantId: string;
  activityId: string;
  departmentCode: string;
  staffId: string | null;
  task: string;
  resources: string | null;
  confirmedAt: Date | null;
  confirmedBy: string | null;
};

export type ActivityCost = {
  id: string;
  tenantId: string;
  activityId: string;
  purpose: string;
  amount: number;
  currency: string;
  recordedAt: Date;
};

export type ActivityRecordKind = 'NOTE' | 'PHOTO' | 'VIDEO';

/** Something kept of an activity (A107): words, a photo or a film. */
export type ActivityRecord = {
  id: string;
  tenantId: string;
  activityId: string;
  kind: ActivityRecordKind;
  fileId: string | null;
  noteSealed: string | null;
  recordedAt: Date;
  recordedBy: string | null;
};

export type ActivityRegistrationStatus = 'REGISTERED' | 'WAITING' | 'CHECKED_IN' | 'CANCELLED';

export type ActivityRegistration = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  activityId: string;
  status: ActivityRegistrationStatus;
  personId: string | null;
  householdId: string | null;
  participantCount: number;
  contactNameSealed: string | null;
  contactNameMasked: string | null;
  contactPhoneSealed: string | null;
  contactPhoneMasked: string | null;
  checkedInAt: Date | null;
  cancelledAt: Date | null;
};
