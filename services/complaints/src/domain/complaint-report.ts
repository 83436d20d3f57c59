/** Figures of complaints over a range of days. */
export type ComplaintGradeStatistics = {
  grade: string;
  receivedCount: number;
  resolvedCount: number;
  resolvedInTimeCount: number;
  timelinessRate: string | null;
};

export type ComplaintCodeStatistics = { code: string; count: number };

export type ComplaintStatistics = {
  startsOn: string;
  endsOn: string;
  receivedCount: number;
  resolvedCount: number;
  resolvedInTimeCount: number;
  timelinessRate: string | null;
  withdrawnCount: number;
  reopenedCount: number;
  breachCount: number;
  unfoundedCount: number;
  visitedCount: number;
  satisfiedCount: number;
  satisfactionRate: string | null;
  meanRating: string | null;
  grades: ComplaintGradeStatistics[];
  categories: ComplaintCodeStatistics[];
  channels: ComplaintCodeStatistics[];
  departments: ComplaintCodeStatistics[];
};

/** The periodic analysis of complaints (投诉分析, A038) as it was issued. */
export type ComplaintReport = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'ISSUED' | 'REVIEWED';
  period: 'WEEK' | 'MONTH';
  startsOn: string;
  /** The first day after it. */
  endsOn: string;
  statistics: ComplaintStatistics;
  conclusionSealed: string | null;
  reviewedAt: Date | null;
};
