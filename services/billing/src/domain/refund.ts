/** Money given back: asked for by one, decided by another, paid by the cashier (A018). */
export type Refund = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'SENT' | 'PAID';
  billingAccountId: string;
  householdId: string | null;
  source: 'ADVANCE' | 'DEPOSIT' | 'CHARGE';
  /** Of a deposit, or of a charge that was taken back. */
  chargeId: string | null;
  chargeTypeCode: string | null;
  amount: number;
  currency: string;
  means: 'CASH' | 'TRANSFER' | 'WALLET';
  reasonCode: string;
  /** Login of the maker; the checker is another. */
  requestedBy: string;
  /** With what was asked for shortly before, by which it is judged whose decision it is; null: by its own amount. */
  measuredAmount: number | null;
  approverRole: 'supervisor' | 'director';
  decidedBy: string | null;
  decidedAt: Date | null;
  sessionId: string | null;
  reference: string | null;
  providerPaymentId: string | null;
  paidAt: Date | null;
};
