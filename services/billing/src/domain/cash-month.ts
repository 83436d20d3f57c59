/** A month of the cash journal (A229). */
export type CashMonth = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'DUE' | 'CLOSED';
  month: string;
  currency: string;
  openingAmount: number | null;
  receivedAmount: number | null;
  paidOutAmount: number | null;
  closingAmount: number | null;
  receiptCount: number | null;
  closedAt: Date | null;
  closedBy: string | null;
};
