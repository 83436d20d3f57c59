type Identity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

export type DutyRosterKind = 'SERVICE_CENTRE' | 'MANAGERS' | 'DEPARTMENT';
export type DutyRosterStatus = 'DRAFT' | 'SUBMITTED' | 'PUBLISHED' | 'WITHDRAWN';
export type DutyShiftStatus = 'PLANNED' | 'STARTED' | 'ENDED' | 'MISSED' | 'CANCELLED';

/** Who works when; days are half-open `[startsOn, endsOn)`. Its shifts are rows of their own. */
export type DutyRoster = Identity & {
  kind: DutyRosterKind;
  departmentId: string | null;
  startsOn: string;
  endsOn: string;
  status: DutyRosterStatus;
  shiftCount: number;
  /** Login that handed it in: somebody else puts it in force. */
  submittedBy: string | null;
  publishedAt: Date | null;
};

/** One staff member's shift in `[startsAt, endsAt)`. */
export type DutyShift = Identity & {
  rosterId: string;
  /** Local day on which it begins. */
  workedOn: string;
  patternCode: string;
  staffId: string;
  startsAt: Date;
  endsAt: Date;
  isServiceCentre: boolean;
  isNight: boolean;
  isHandoverRequired: boolean;
  status: DutyShiftStatus;
  startedAt: Date | null;
  endedAt: Date | null;
  awayFrom: Date | null;
  substituteId: string | null;
};

/** A shift that a community added; its times as `HH:mm`. */
export type ShiftPattern = Identity & {
  name: string;
  kind: DutyRosterKind;
  roles: string[];
  tradeCodes: string[];
  startTime: string;
  endTime: string;
  summerStartTime: string | null;
  summerEndTime: string | null;
  isHandoverRequired: boolean;
  validFrom: string;
  validTo: string | null;
  status: 'ACTIVE' | 'RETIRED';
};

/** A certificate or licence; its number is sealed. Both days belong to its validity. */
export type Certificate = Identity & {
  staffId: string | null;
  kindCode: string;
  certificateNoSealed: string;
  certificateNoMasked: string;
  issuedOn: string;
  expiresOn: string;
  status: 'IN_FORCE' | 'REVOKED';
  upkeep: 'RENEWAL' | 'YEARLY_INSPECTION' | 'SEAL_CHANGE' | null;
};

/** That a staff member went through the induction. */
export type InductionRecord = Identity & { staffId: string; completedOn: string; isPassed: boolean };

/** A time at which too few were at the service centre. */
export type DutyGap = Identity & {
  gapFrom: Date;
  gapTo: Date | null;
  cause: 'NOBODY_CAME' | 'DESK_LEFT';
  status: 'OPEN' | 'CLOSED';
};
