/** What is looked back on: weekly samples and monthly reports. */

/** A week's sample of completed orders whose households are asked how satisfied they are (A242). */
export type WorkOrderSample = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'OPEN' | 'COMPLETED';
  /** Monday of the week. */
  weekStartsOn: string;
  completedCount: number;
};

export type WorkOrderSampleEntry = {
  id: string;
  tenantId: string;
  sampleId: string;
  workOrderId: string;
  visitedAt: Date | null;
  rating: number | null;
  noteSealed: string | null;
};

export type WorkOrderTradeStatistics = {
  tradeCode: string;
  receivedCount: number;
  completedCount: number;
  completedInTimeCount: number;
  timelinessRate: string | null;
};

export type WorkOrderPartyStatistics = { responsibleParty: string; completedCount: number };

export type WorkOrderMonthlyStatistics = {
  month: string;
  receivedCount: number;
  completedCount: number;
  completedInTimeCount: number;
  timelinessRate: string | null;
  cancelledCount: number;
  reworkedCount: number;
  visitedCount: number;
  returnVisitRate: string | null;
  meanRating: string | null;
  trades: WorkOrderTradeStatistics[];
  parties: WorkOrderPartyStatistics[];
};

export type WorkOrderDamage = {
  buildingId: string | null;
  tradeCode: string;
  problemCode: string;
  count: number;
  openCount: number;
};

/** The monthly report (维修月报表) as it was issued (A244, B015). */
export type WorkOrderMonthlyReport = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'ISSUED' | 'CHECKED';
  month: string;
  statistics: WorkOrderMonthlyStatistics;
  damages: WorkOrderDamage[];
  checkedAt: Date | null;
};

export type StaffMeasureProposal = {
  id: string;
  tenantId: string;
  reportId: string;
  staffId: string;
  measure: 'REWARD' | 'PENALTY' | 'PROMOTION' | 'DEMOTION';
  reasonSealed: string;
  proposedAt: Date;
};
