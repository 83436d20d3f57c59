import type { Tx } from '@steward/db';

import {
  endOfAccounts,
  endOfCharges,
  endOfStep,
  findAlteredCharges,
  findAlteredChargesOf,
  findAlteredFrame,
  findAlteredRange,
  findAlteredSnapshots,
  type ChargePlace,
} from '../db/verification-queries.ts';
import {
  booksAlone,
  mostFindings,
  postingsAtOnce,
  type BlockRange,
  type VerificationPlace,
} from '../domain/book-comparison.ts';
import type { LedgerFinding } from '../domain/ledger-period.ts';

/** What one statement's worth of a verification found, and where it goes on; null: it is at its end. */
type Part = {
  findings: LedgerFinding[];
  next: VerificationPlace | null;
  /** There is more of the same: the next part is as large. */
  isCut: boolean;
};

/** An account has about a hundred postings at a time, a charge ten with those of the same transactions. */
const postingsOf = { account: 100, charge: 10 };

const begin = (stage: VerificationPlace['stage']): VerificationPlace => ({ ...booksAlone, stage });

async function ofBlocks(tx: Tx, communityId: string, place: VerificationPlace, atOnce: number): Promise<Part> {
  const [range, ...rest] = place.blocks;
  if (range === undefined) return { findings: [], next: begin('FRAME'), isCut: false };
  if (range.to < range.from) return { findings: [], next: { ...place, blocks: rest }, isCut: false };
  const end = await endOfStep(tx, communityId, range, atOnce);
  const findings = await findAlteredRange(tx, communityId, { from: range.from, to: end });
  const isCut = end < range.to;
  const blocks = isCut ? [{ from: end + 1, to: range.to }, ...rest] : rest;
  return { findings, next: { ...place, blocks }, isCut };
}

async function ofSnapshots(tx: Tx, communityId: string, place: VerificationPlace, atOnce: number): Promise<Part> {
  const after = place.after?.[0] ?? null;
  const end = await endOfAccounts(tx, communityId, after, Math.ceil(atOnce / postingsOf.account));
  if (end === null) return { findings: [], next: begin('CHARGES'), isCut: false };
  const findings = await findAlteredSnapshots(tx, communityId, after, end);
  return { findings, next: { ...place, after: [end] }, isCut: true };
}

async function ofCharges(tx: Tx, communityId: string, place: VerificationPlace, atOnce: number): Promise<Part> {
  const after = place.after as ChargePlace | null;
  const end = await endOfCharges(tx, communityId, after, Math.ceil(atOnce / postingsOf.charge));
  if (end === null) return { findings: [], next: null, isCut: false };
  return {
    findings: await findAlteredCharges(tx, communityId, after, end),
    next: { ...place, after: end },
    isCut: true,
  };
}

/** The next part of a verification: no statement of it grows with the books. */
export async function verifyPart(
  tx: Tx,
  communityId: string,
  place: VerificationPlace,
  atOnce = postingsAtOnce,
): Promise<Part> {
  if (place.stage === 'BLOCKS') return ofBlocks(tx, communityId, place, atOnce);
  if (place.stage === 'SNAPSHOTS') return ofSnapshots(tx, communityId, place, atOnce);
  if (place.stage === 'CHARGES') return ofCharges(tx, communityId, place, atOnce);
  return { findings: await findAlteredFrame(tx, communityId), next: begin('SNAPSHOTS'), isCut: false };
}

/** Everything that does not fit in ranges of blocks and in the books beside the chain, while somebody waits. */
export async function findAltered(
  tx: Tx,
  communityId: string,
  blocks: readonly BlockRange[],
): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = [];
  for (let place: VerificationPlace | null = { blocks, stage: 'BLOCKS', after: null }; place !== null;) {
    const part: Part = await verifyPart(tx, communityId, place);
    findings.push(...part.findings);
    place = findings.length < mostFindings ? part.next : null;
  }
  return findings;
}

/** What does not fit in the blocks of a range and in the charges that they post to. */
export async function findAlteredSince(tx: Tx, communityId: string, range: BlockRange): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = [];
  for (let { from } = range; from <= range.to && findings.length < mostFindings;) {
    const to = await endOfStep(tx, communityId, { from, to: range.to }, postingsAtOnce);
    findings.push(...(await findAlteredRange(tx, communityId, { from, to })));
    findings.push(...(await findAlteredChargesOf(tx, communityId, { from, to })));
    from = to + 1;
  }
  return findings;
}
