/** Visits 走访 of a month (A101): which households, by whom. */
export type VisitPlan = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  /** YYYY-MM. */
  month: string;
  staffId: string;
  visitCount: number;
  openVisitCount: number;
};
