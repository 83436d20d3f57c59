export type ChargeRunStatus = 'COMPUTING' | 'PREVIEWED' | 'POSTING' | 'POSTED' | 'DISCARDED' | 'REVERSING' | 'REVERSED';

export type ChargeRun = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: ChargeRunStatus;
  chargeTypeCodes: string[];
  periodFrom: string;
  periodTo: string;
  dueOn: string;
  currency: string;
  startedBy: string;
  /** Steps that were computed; each is one transaction. */
  computedChunks: number;
  /** Steps that were posted or taken back. */
  postedChunks: number;
  reversedChunks: number;
  lineCount: number;
  totalAmount: number;
  taxAmount: number;
  gapCount: number;
  postedAt: Date | null;
  noticesSentAt: Date | null;
};

/** Totals of one step. */
export type ChunkTotals = { lines: number; amount: number; tax: number; gaps: number };
