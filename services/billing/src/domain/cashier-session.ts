/** A shift at a till 收银班次: float, takings, count, drop, hand-in. */
export type CashierSession = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: 'OPEN' | 'COUNTED' | 'DROPPED' | 'HANDED_IN';
  cashierId: string;
  /** Its receipt book; one open shift for each. */
  book: string;
  currency: string;
  /** Counted when the shift began. */
  floatAmount: number;
  /** The shift that left the float; null: the safe. */
  takenOverFrom: string | null;
  openedAt: Date;
  expectedAmount: number | null;
  countedAmount: number | null;
  countedAt: Date | null;
  /** Stays in the till for the next shift. */
  floatLeft: number | null;
  dropAmount: number | null;
  dropBag: string | null;
  witnessId: string | null;
  droppedAt: Date | null;
  depositSlip: string | null;
  handedInAt: Date | null;
  receivedBy: string | null;
  /** Where it was handed in to; null before. */
  handInPlace: 'BANK' | 'SAFE' | null;
};

/** Over or short of one count; it stands for itself (B043). */
export type CashVariance = {
  id: string;
  tenantId: string;
  sessionId: string;
  communityId: string;
  foundIn: 'OPENING' | 'CLOSING';
  kind: 'SURPLUS' | 'SHORTAGE';
  amount: number;
  status: 'HANDED_IN' | 'SHORT' | 'MADE_GOOD';
  foundAt: Date;
  madeGoodAt: Date | null;
};

/** A line of the cash journal 现金日记账; what is wrong gets a line of its own. */
export type CashEntry = {
  id: string;
  tenantId: string;
  communityId: string;
  sessionId: string;
  kind:
    | 'FLOAT'
    | 'RECEIPT'
    | 'VOID'
    | 'TOP_UP'
    | 'REFUND'
    | 'EXPENSE'
    | 'LOAN'
    | 'LOAN_REPAID'
    | 'DROP'
    | 'FLOAT_LEFT'
    | 'SURPLUS'
    | 'SHORTAGE';
  /** Into the till positive, out of it negative. */
  amount: number;
  occurredAt: Date;
  causeId: string | null;
};

/** Money lent from a till with approval (B048). */
export type TillLoan = {
  id: string;
  tenantId: string;
  sessionId: string;
  communityId: string;
  status: 'ASKED' | 'GRANTED' | 'REFUSED' | 'REPAID';
  amount: number;
  borrowerId: string;
  purposeSealed: string;
  askedBy: string;
  askedAt: Date;
  decidedAt: Date | null;
  repaidAt: Date | null;
};
