/** Complaints of one kind that came again and again in one place (反复出现的问题, A038). */
export type RecurringProblem = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'FOUND' | 'PREVENTING' | 'EFFECTIVE';
  categoryCode: string;
  /** Null where the complaints are about no building. */
  buildingId: string | null;
  /** 1 for the first finding, one more each time the prevention had no effect. */
  round: number;
  foundAt: Date;
  causeSealed: string | null;
  preventionSealed: string | null;
  ownerId: string | null;
  departmentCodes: string[];
  plannedAt: Date | null;
  checkAt: Date | null;
  checkedAt: Date | null;
  /** Complaints since the prevention began, as counted at the last check. */
  recurrenceCount: number | null;
};

/** A kind of complaint in a place, with the complaints that make it recur. */
export type Recurrence = { categoryCode: string; buildingId: string | null; complaintIds: string[] };
