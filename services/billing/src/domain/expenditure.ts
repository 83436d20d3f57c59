/** A part of an expenditure, under the code of the budget that it is for. */
export type ExpenditureLine = { code: string; amount: number };

/** What finance spends for the community 支出 (A003). */
export type Expenditure = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'RECORDED' | 'APPROVED' | 'REJECTED' | 'PAID' | 'REVERSED';
  payeeSealed: string;
  /** Of the supplier's invoice. */
  documentNumber: string;
  documentOn: string;
  lines: ExpenditureLine[];
  amount: number;
  currency: string;
  proofFileIds: string[];
  approverRole: 'administrativeSupervisor' | 'director';
  recordedBy: string;
  decidedBy: string | null;
  decidedAt: Date | null;
  means: 'TRANSFER' | 'SAFE' | null;
  /** Number of the transfer, or of the voucher for what went out of the safe. */
  reference: string | null;
  paidBy: string | null;
  paidAt: Date | null;
  transactionId: string | null;
  reversedAt: Date | null;
  reasonCode: string | null;
};
