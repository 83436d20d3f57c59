type Identity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

/** Days are half-open `[startsOn, endsOn)`. */
export type LeaveRequest = Identity & {
  staffId: string;
  kindCode: string;
  startsOn: string;
  endsOn: string;
  reasonSealed: string;
  status: 'REQUESTED' | 'ENDORSED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';
  endorsedBy: string | null;
  decidedAt: Date | null;
};

export type OvertimeRequest = Identity & {
  staffId: string;
  workedOn: string;
  overtimeFrom: Date;
  overtimeTo: Date;
  reasonSealed: string;
  status: 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';
  decidedAt: Date | null;
};

/** Penalty points, or a reward in minor units. */
export type ConductRecord = Identity & {
  staffId: string;
  kindCode: string;
  points: number;
  rewardAmount: number | null;
  currency: string;
  occurredOn: string;
  noteSealed: string | null;
  /** What of another service it was booked for; booked once. */
  sourceId: string | null;
  status: 'RECORDED' | 'CANCELLED';
};

/** The pay of a month; its lines are rows of their own. */
export type PayrollSheet = Identity & {
  month: string;
  status: 'DRAFT' | 'SUBMITTED' | 'APPROVED';
  staffCount: number;
  totalAmount: number;
  currency: string;
  linesSha256: string;
  submittedBy: string | null;
  approvedAt: Date | null;
};

export type DayKind = 'WORKDAY' | 'REST_DAY' | 'HOLIDAY';

export type PayrollLineKind =
  | 'BASE'
  | 'ABSENCE'
  | 'UNPAID_LEAVE'
  | 'LATE'
  | 'EARLY'
  | 'OVERTIME_WORKDAY'
  | 'OVERTIME_REST_DAY'
  | 'OVERTIME_HOLIDAY'
  | 'PENALTY'
  | 'REWARD';

/** One line of somebody's pay; `params` are the figures of its explanation. */
export type PayrollLineRow = {
  staffId: string;
  position: number;
  kind: PayrollLineKind;
  quantity: string;
  amount: number;
  params: Record<string, string | number>;
};
