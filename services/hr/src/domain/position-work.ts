import type { DutyCycle, Identity } from './position.ts';

/** What somebody has to do by a post in `[startsOn, endsOn)`. */
export type PositionDutySheet = Identity & {
  staffId: string;
  postId: string;
  positionCode: string;
  cycle: DutyCycle;
  startsOn: string;
  endsOn: string;
  status: 'OPEN' | 'COMPLETED' | 'CANCELLED';
  completedAt: Date | null;
};

/** Percent in hundredths, rounded down, so that 99.999 % is not 100. */
export type KpiResult = {
  code: string;
  label: string | null;
  doneCount: number;
  totalCount: number;
  percent: string;
  targetPercent: number;
  isMet: boolean;
};

export type PositionKpiReview = Identity & {
  positionCode: string;
  month: string;
  results: KpiResult[];
  isMet: boolean;
  status: 'RECORDED' | 'CORRECTED';
};

export type PersonnelArchive = Identity & {
  kind: 'ADMINISTRATION' | 'PERSONNEL' | 'LABOUR';
  staffId: string | null;
  label: string;
  shelf: string;
  papers: { code: string; filedOn: string }[];
  missingCodes: string[];
  status: 'KEPT' | 'LENT' | 'TRANSFERRED';
  borrowerId: string | null;
  dueOn: string | null;
  isIntact: boolean | null;
};

export type PostRotation = Identity & {
  staffId: string;
  postId: string;
  positionCode: string;
  startedOn: string;
  dueOn: string;
  nextPositionCode: string | null;
  status: 'OPEN' | 'ROTATED' | 'CANCELLED';
};

export type PostHandover = Identity & {
  staffId: string;
  successorId: string;
  witnessId: string;
  postId: string;
  positionCode: string;
  status: 'OPEN' | 'ACCEPTED';
  acceptedAt: Date | null;
};
