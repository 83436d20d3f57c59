import type { LedgerFinding } from './ledger-period.ts';

/** Blocks of a chain, both ends included; none where the end lies before the beginning. */
export type BlockRange = { from: number; to: number };

/** What is verified page by page, in this order. */
export const pagedStages = ['CHARGES', 'PAYMENTS', 'RECEIPTS', 'REFUNDS', 'TILLS', 'METERS'] as const;
export type PagedStage = (typeof pagedStages)[number];

/** How far a verification has come: blocks first, then the books beside the chain, page by page. */
export type VerificationPlace = {
  blocks: readonly BlockRange[];
  stage: 'BLOCKS' | 'FRAME' | 'SNAPSHOTS' | PagedStage;
  /** The last key of the page before; null at the beginning of a stage. */
  after: readonly string[] | null;
};

/** A comparison of the books that goes on from one transaction to the next. */
export type BookComparison = VerificationPlace & {
  /** The last block that it looks at. */
  verifiedTo: number;
  /** About so many postings are looked at in one statement. */
  atOnce: number;
  findings: readonly LedgerFinding[];
  /** What somebody asked for and is told of as it goes on; null: it is of the day, and kept at its end. */
  reconciliationId: string | null;
  comparedPostingCount: number;
};

/** Far below what a statement's time allows. */
export const postingsAtOnce = 200_000;

/** About so many are looked at while somebody waits: far below what a request may take, on a busy machine as well. */
export const postingsInAnswer = 100_000;

/** So many findings end a verification: who altered a whole chain makes one of each block. */
export const mostFindings = 1_000;

/** The whole chain is verified again in so many days. */
export const rereadDays = 28;

/** A round through a chain: how many of its days are over, and the last block that they came to. */
export type Round = { day: number; rereadTo: number };

/** What the next day of a round verifies again of a chain up to `height`: what is left, in equal parts. */
export function shareToReread({ day, rereadTo }: Round, height: number): { share: BlockRange; next: Round } {
  const from = day === 0 ? 1 : rereadTo + 1;
  const to = from - 1 + Math.max(0, Math.ceil((height - from + 1) / (rereadDays - day)));
  return { share: { from, to }, next: { day: (day + 1) % rereadDays, rereadTo: to } };
}

/** Where a verification of some blocks and of the books beside the chain begins. */
export const beginningOf = (blocks: readonly BlockRange[]): VerificationPlace => ({
  blocks,
  stage: 'BLOCKS',
  after: null,
});

/** Where a stage begins. */
export const atBeginning = (stage: VerificationPlace['stage']): VerificationPlace => ({
  ...beginningOf([]),
  stage,
});
