import type { Tx } from '@steward/db';

import { endOfPage, findAlteredPage, findAlteredPapersOf, type RowPlace } from '../db/paper-verification-queries.ts';
import {
  endOfAccounts,
  endOfStep,
  findAlteredFrame,
  findAlteredRange,
  findAlteredSnapshots,
} from '../db/verification-queries.ts';
import {
  atBeginning,
  mostFindings,
  pagedStages,
  postingsAtOnce,
  type BlockRange,
  type PagedStage,
  type VerificationPlace,
} from '../domain/book-comparison.ts';
import type { LedgerFinding } from '../domain/ledger-period.ts';

/** What a piece of a verification found, about how many postings it looked at, and where it goes on; null: at its end. */
export type Verified = { findings: LedgerFinding[]; looked: number; next: VerificationPlace | null };

/** About so many postings are looked at for one row of a page: an account's own, a charge's with those beside them. */
const postingsOf: Record<'SNAPSHOTS' | PagedStage, number> = {
  SNAPSHOTS: 100,
  CHARGES: 10,
  PAYMENTS: 10,
  RECEIPTS: 2,
  REFUNDS: 20,
  TILLS: 500,
  METERS: 200,
};

const pageOf = (stage: keyof typeof postingsOf, most: number): number => Math.ceil(most / postingsOf[stage]);

const passOn = (next: VerificationPlace | null): Verified => ({ findings: [], looked: 0, next });

async function ofBlocks(tx: Tx, communityId: string, place: VerificationPlace, most: number): Promise<Verified> {
  const [range, ...rest] = place.blocks;
  if (range === undefined) return passOn(atBeginning('FRAME'));
  if (range.to < range.from) return passOn({ ...place, blocks: rest });
  const { height, postings: looked } = await endOfStep(tx, communityId, range, most);
  const findings = await findAlteredRange(tx, communityId, { from: range.from, to: height });
  const blocks = height < range.to ? [{ from: height + 1, to: range.to }, ...rest] : rest;
  return { findings, looked, next: { ...place, blocks } };
}

async function ofSnapshots(tx: Tx, communityId: string, place: VerificationPlace, most: number): Promise<Verified> {
  const after = place.after?.[0] ?? null;
  const end = await endOfAccounts(tx, communityId, after, pageOf('SNAPSHOTS', most));
  if (end === null) return passOn(atBeginning('CHARGES'));
  const findings = await findAlteredSnapshots(tx, communityId, after, end.id);
  return { findings, looked: end.rows * postingsOf.SNAPSHOTS, next: { ...place, after: [end.id] } };
}

async function ofPages(tx: Tx, communityId: string, place: VerificationPlace, most: number): Promise<Verified> {
  const stage = place.stage as PagedStage;
  const page = { communityId, after: place.after as RowPlace | null };
  const end = await endOfPage(tx, stage, page, pageOf(stage, most));
  if (end === null) {
    const following = pagedStages[pagedStages.indexOf(stage) + 1];
    return passOn(following === undefined ? null : atBeginning(following));
  }
  const findings = await findAlteredPage(tx, stage, page, end.place);
  return { findings, looked: end.rows * postingsOf[stage], next: { ...place, after: end.place } };
}

/** The next part of a verification, of about so many postings: no statement of it grows with the books. */
async function verifyPart(tx: Tx, communityId: string, place: VerificationPlace, most: number): Promise<Verified> {
  if (place.stage === 'BLOCKS') return ofBlocks(tx, communityId, place, most);
  if (place.stage === 'FRAME')
    return { ...passOn(atBeginning('SNAPSHOTS')), findings: await findAlteredFrame(tx, communityId) };
  if (place.stage === 'SNAPSHOTS') return ofSnapshots(tx, communityId, place, most);
  return ofPages(tx, communityId, place, most);
}

/** As much of a verification as looks at about so many postings; what has found more than anybody reads is at its end. */
export async function verifySome(
  tx: Tx,
  communityId: string,
  place: VerificationPlace,
  most: number,
): Promise<Verified> {
  const findings: LedgerFinding[] = [];
  let looked = 0;
  let next: VerificationPlace | null = place;
  while (next !== null && looked < most) {
    const part: Verified = await verifyPart(tx, communityId, next, most - looked);
    findings.push(...part.findings);
    looked += part.looked;
    next = findings.length < mostFindings ? part.next : null;
  }
  return { findings, looked, next };
}

/** What does not fit in the blocks of a range, and in the charges and papers that they post to. */
export async function findAlteredSince(tx: Tx, communityId: string, range: BlockRange): Promise<LedgerFinding[]> {
  const findings: LedgerFinding[] = [];
  for (let { from } = range; from <= range.to && findings.length < mostFindings;) {
    const { height: to } = await endOfStep(tx, communityId, { from, to: range.to }, postingsAtOnce);
    findings.push(...(await findAlteredRange(tx, communityId, { from, to })));
    findings.push(...(await findAlteredPapersOf(tx, communityId, { from, to })));
    from = to + 1;
  }
  return findings;
}
