/** Cash between the bank and the safe 存取现金 (A233). */
export type SafeMovement = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'UNDER_WAY' | 'CONFIRMED' | 'REJECTED';
  direction: 'TO_SAFE' | 'TO_BANK';
  amount: number;
  currency: string;
  /** Number of the bank's slip. */
  reference: string;
  proofFileIds: string[];
  /** The login that recorded it: another one says that it arrived. */
  recordedBy: string;
  recordedByStaff: string;
  decidedByStaff: string | null;
  decidedAt: Date | null;
  /** The transaction by which it set out. */
  transactionId: string;
};

/** A line of the safe's journal, by the paper that it is of. */
export type SafeEntry = {
  kind:
    'DRAWN' | 'BANKED' | 'NOT_BANKED' | 'FLOAT' | 'SHORTAGE_MADE_GOOD' | 'HAND_IN' | 'EXPENDITURE' | 'EXPENDITURE_BACK';
  /** Into the safe positive, out of it negative. */
  amount: number;
  occurredAt: Date;
  causeId: string;
};
