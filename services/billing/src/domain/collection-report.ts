/** What was charged for a range of days, and what of it was collected (A254). */
export type ChargeTypeCollection = {
  chargeTypeCode: string;
  chargedAmount: number;
  collectedAmount: number;
  /** Collected of charged, four decimals; null: nothing was charged. */
  collectionRate: string | null;
  /** Payments of these days, whatever they were for. */
  receivedAmount: number;
  chargeCount: number;
};

export type CollectionStatistics = {
  startsOn: string;
  endsOn: string;
  chargedAmount: number;
  collectedAmount: number;
  collectionRate: string | null;
  receivedAmount: number;
  chargeTypes: ChargeTypeCollection[];
  arrears: ArrearsStatistics;
};

/** What is overdue on a day, of the whole area (A235). */
export type ArrearsStatistics = {
  onDay: string;
  amount: number;
  billingAccountCount: number;
  chargeTypes: ArrearsGroup[];
  buildings: ArrearsGroup[];
  ages: ArrearsGroup[];
};

/** `key`: a charge type, the path of a building (empty: none), or an age in days as `0-90`. */
export type ArrearsGroup = { key: string; amount: number; chargeCount: number; billingAccountCount: number };

export type CollectionReport = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'ISSUED' | 'REVIEWED';
  period: 'DAY' | 'MONTH';
  startsOn: string;
  endsOn: string;
  statistics: CollectionStatistics;
  /** What is done about it. */
  planSealed: string | null;
  /** When it was gone through together. */
  meetingOn: string | null;
  reviewedAt: Date | null;
};
