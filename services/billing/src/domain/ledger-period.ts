/** A closed month of a community's books, with the head of its chain as it stood then. */
export type LedgerPeriod = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  /** YYYY-MM. */
  month: string;
  startsOn: string;
  /** First day after it. */
  endsOn: string;
  height: number;
  hash: Buffer;
};

/** Where the chain of a community stood at the end of a day, as it was published. */
export type LedgerHead = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  onDay: string;
  height: number;
  hash: Buffer;
};

/** Something in the books that does not fit. */
export type LedgerFinding = {
  finding: string;
  /** The block it is in; null where it is in no block. */
  height: number | null;
  /** The id of what does not fit; null where the block says it. */
  subject: string | null;
};

/** What a verification found, or so much of one as an answer waits for. */
export type LedgerVerification = {
  communityId: string;
  height: number;
  hash: Buffer;
  fromHeight: number;
  findings: LedgerFinding[];
  /** What the answers before this one found. */
  foundBefore: number;
  /** Where the next answer goes on; null at the end. */
  next: string | null;
};

/** A book beside the ledger and what the ledger says of the same. */
export type BookCheck = { book: string; bookAmount: number; ledgerAmount: number };

/** The books of a community compared on a day (A232). */
export type BookReconciliation = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  onDay: string;
  checks: BookCheck[];
  findings: LedgerFinding[];
  isClean: boolean;
  /** Whether it is at its end; until then nothing is known of whether the books agree. */
  isComplete: boolean;
  /** About so many by now; null of those made before this was kept. */
  comparedPostingCount: number | null;
  /** The last block that it looked at; null of those made before this was kept. */
  verifiedTo: number | null;
};
