import type { Cause } from './charge.ts';

/** Kinds of accounts by what they are; the database knows the same list. */
export const accountClasses = {
  RECEIVABLE: 'ASSET',
  CASH_IN_HAND: 'ASSET',
  CASH_IN_SAFE: 'ASSET',
  CASH_IN_TRANSIT: 'ASSET',
  BANK: 'ASSET',
  CHEQUES: 'ASSET',
  CARD_CLEARING: 'ASSET',
  PROVIDER: 'ASSET',
  SIGNED_BILLS: 'ASSET',
  CASH_SHORT: 'ASSET',
  TILL_LOAN: 'ASSET',
  ADVANCE: 'LIABILITY',
  PREPAID: 'LIABILITY',
  DEPOSIT: 'LIABILITY',
  TAX_PAYABLE: 'LIABILITY',
  PASS_THROUGH: 'LIABILITY',
  REFUND_PAYABLE: 'LIABILITY',
  CASH_OVER: 'LIABILITY',
  REVENUE: 'INCOME',
  WAIVER: 'COST',
  EXPENSE: 'COST',
  OPENING_BALANCE: 'EQUITY',
} as const;

export type LedgerAccountType = keyof typeof accountClasses;
export type LedgerAccountClass = (typeof accountClasses)[LedgerAccountType];

/** What an account is found by; the unit is in the billing account. */
export type AccountKey = {
  type: LedgerAccountType;
  billingAccountId?: string | null;
  chargeTypeCode?: string | null;
  /** What else it belongs to: a till, a provider, a cashier. */
  referenceId?: string | null;
};

export type PostingDraft = {
  account: AccountKey;
  /** Minor units; debit positive, credit negative, never 0. */
  amount: number;
  /** Stands on RECEIVABLE postings, and only there. */
  chargeId?: string | null;
};

/** What is to be posted; its postings sum to zero. */
export type TransactionDraft = {
  communityId: string;
  /** UPPER_SNAKE: CHARGE, PAYMENT, REVERSAL... */
  kind: string;
  /** The day of the books; absent: today in the community. */
  occurredOn?: string;
  cause: Cause;
  /** The transaction whose exact opposite this is. */
  reversesId?: string | null;
  postings: readonly PostingDraft[];
};

export type LedgerAccount = {
  id: string;
  tenantId: string;
  communityId: string;
  currency: string;
  type: LedgerAccountType;
  billingAccountId: string | null;
  chargeTypeCode: string | null;
  referenceId: string | null;
};

export type LedgerChain = {
  communityId: string;
  tenantId: string;
  height: number;
  hash: Buffer;
  /** The first day that takes postings; null: none was ever closed. */
  closedTo: string | null;
};

export type LedgerBlock = {
  communityId: string;
  height: number;
  tenantId: string;
  previousHash: Buffer;
  hash: Buffer;
  postedAt: Date;
  transactionCount: number;
  postingCount: number;
};

export type LedgerTransaction = {
  id: string;
  tenantId: string;
  communityId: string;
  height: number;
  kind: string;
  occurredOn: string;
  causeService: string;
  causeType: string;
  causeId: string;
  reversesId: string | null;
  postingCount: number;
};

export type LedgerPosting = {
  transactionId: string;
  line: number;
  tenantId: string;
  accountId: string;
  amount: number;
  occurredOn: string;
  chargeId: string | null;
};
