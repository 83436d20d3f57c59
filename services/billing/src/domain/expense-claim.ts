/** One expense with its vouchers. */
export type ExpenseClaimLine = {
  spentOn: string;
  amount: number;
  /** The account of the budget; absent: other. */
  code?: string;
  voucherFileIds: string[];
};

/** Expenses that a member of staff laid out (A018). */
export type ExpenseClaim = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'SUBMITTED' | 'CHECKED' | 'APPROVED' | 'REJECTED' | 'PAID';
  claimantId: string;
  claimantSub: string;
  purposeSealed: string;
  lines: ExpenseClaimLine[];
  amount: number;
  currency: string;
  /** With what was asked for shortly before, by which it is judged whose decision it is; null: by its own amount. */
  measuredAmount: number | null;
  approverRole: 'administrativeSupervisor' | 'director';
  checkedBy: string | null;
  checkedAt: Date | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** How it was paid; null before. */
  means: 'CASH' | 'TRANSFER' | null;
  /** Number of the transfer. */
  reference: string | null;
  sessionId: string | null;
  paidAt: Date | null;
};
