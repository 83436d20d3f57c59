/** The check of the safe before leaving (A234). */
export type SafeCheck = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'DUE' | 'CHECKED';
  checkedOn: string;
  isLocked: boolean | null;
  /** The combination was scrambled. */
  isScrambled: boolean | null;
  checkedBy: string | null;
  checkedAt: Date | null;
  /** In the safe by the ledger when it was checked. */
  bookAmount: number | null;
  countedAmount: number | null;
};
