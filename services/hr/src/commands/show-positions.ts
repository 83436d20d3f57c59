import type { Tx } from '@steward/db';
import { findCommunityReference } from '@steward/service-kit';

import { catalogue, staffingOf, type PositionStaffingRow } from '../db/position-queries.ts';
import type { Authority } from '../domain/authority-rules.ts';
import { standardRules } from '../domain/position-rules.ts';
import { matrixIn, todayIn } from './require-authority.ts';

export type StandardPositionRow = { code: string; rule: string; isAdopted: boolean };

/** Reading: what the service standard knows, and what of it the company has. */
export async function showStandardPositions(tx: Tx): Promise<StandardPositionRow[]> {
  const known = new Set((await catalogue(tx)).map(({ number }) => number));
  return standardRules().map((standard) => ({ ...standard, isAdopted: known.has(standard.code) }));
}

/** Reading: how positions are staffed today. */
export const showStaffing = async (tx: Tx, communityId: string): Promise<PositionStaffingRow[]> =>
  staffingOf(tx, communityId, await todayIn(tx, communityId));

export type AuthorityInPlace = Authority & { currency: string | null };

/** Reading: who may do what in a community today. */
export async function showAuthorityMatrix(tx: Tx, communityId: string): Promise<AuthorityInPlace[]> {
  const currency = (await findCommunityReference(tx, communityId))?.currency ?? null;
  return (await matrixIn(tx, communityId)).map((row) => ({ ...row, currency }));
}
