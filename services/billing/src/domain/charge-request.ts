export type ChargeRequestStatus = 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';

/** One charge that no run, event or meter raises: asked for by one, decided by another (B011). */
export type ChargeRequest = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: ChargeRequestStatus;
  billingAccountId: string;
  unitId: string | null;
  householdId: string | null;
  chargeTypeCode: string;
  /** 1 where an amount was asked for as it is. */
  quantity: string;
  /** Minor units per unit of quantity. */
  rate: string;
  /** With tax, in minor units of `currency`. */
  amount: number;
  currency: string;
  /** The day of the books; null: the day of the decision. */
  occurredOn: string | null;
  periodFrom: string | null;
  periodTo: string | null;
  reasonCode: string;
  explanationSealed: string;
  /** The charge that was taken back and in whose place this one stands. */
  replacesChargeId: string | null;
  /** Login of the maker; the checker is another. */
  requestedBy: string;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** What came of it. */
  chargeId: string | null;
};
