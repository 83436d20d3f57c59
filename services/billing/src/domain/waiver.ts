export type WaiverStatus = 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN' | 'REVERSED';

/** What of a charge is forgiven (减免): asked for by one, decided by another (A018). */
export type Waiver = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: WaiverStatus;
  chargeId: string;
  billingAccountId: string;
  chargeTypeCode: string;
  /** With tax, in minor units of `currency`. */
  amount: number;
  /** The tax within it; 0 until it is approved. */
  taxAmount: number;
  currency: string;
  /** The day of the books; null: the day of the decision. */
  occurredOn: string | null;
  reasonCode: string;
  explanationSealed: string;
  /** Whom the built-in figures ask. */
  approverRole: 'supervisor' | 'director';
  /** Login of the maker; the checker is another. */
  requestedBy: string;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** What it was posted by. */
  transactionId: string | null;
  reversedAt: Date | null;
  reversalReasonCode: string | null;
};
