import { addDays, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { findCommunityReference, invocationOf, resolvePolicy } from '@steward/service-kit';

import { catalogue, grantsInForce, positionByCode } from '../db/position-queries.ts';
import { matrixOf, requireWithin, type Authority, type Holder, type Measure } from '../domain/authority-rules.ts';
import { builtInRanks, companyZone, positionPolicy } from '../domain/position-policy.ts';
import type { AuthorityAction, PositionRank } from '../domain/position.ts';
import type { StaffImportRow } from '../domain/staff-import-rules.ts';

/** The day in a community; of the company as a whole where no community is meant. */
export async function todayIn(tx: Tx, communityId: string | null): Promise<string> {
  const community = communityId === null ? null : await findCommunityReference(tx, communityId);
  return localDate(txScope(tx).now, community?.timeZone ?? companyZone);
}

export const holderOf = (tx: Tx): Holder => {
  const { roles, staffId } = invocationOf(tx).viewer;
  return { roles, staffId: staffId ?? null };
};

/** Who may do what in a community today. */
export const matrixIn = async (tx: Tx, communityId: string): Promise<Authority[]> =>
  matrixOf(await grantsInForce(tx, communityId, await todayIn(tx, communityId)));

/** Refuses what the authority matrix does not give the caller (A002, A330); what the service does itself it may. */
export async function requireAuthority(
  tx: Tx,
  communityId: string,
  action: AuthorityAction,
  measure: Measure,
): Promise<void> {
  if (invocationOf(tx).viewer.actor === 'system') return;
  requireWithin(await matrixIn(tx, communityId), action, holderOf(tx), measure);
}

/** Where a position stands: by the catalogue, by the built-in ones, or with the staff. */
export async function rankOfPosition(tx: Tx, code: string): Promise<PositionRank> {
  return (await positionByCode(tx, code))?.rank ?? builtInRanks[code] ?? 'STAFF';
}

/**
 * Judges rows of an import of staff: who was employed within the last days is hired by it and falls under the matrix, who
 * was there before is taken over.
 */
export async function hireJudge(tx: Tx, communityIds: readonly string[]): Promise<(row: StaffImportRow) => void> {
  const ranks = new Map((await catalogue(tx)).map(({ number, rank }) => [number, rank]));
  const places = new Map<string, { matrix: Authority[]; since: string }>();
  for (const id of communityIds) {
    if ((await findCommunityReference(tx, id)) === null) continue;
    const { hireWindowDays } = await resolvePolicy(tx, positionPolicy, id);
    places.set(id, { matrix: await matrixIn(tx, id), since: addDays(await todayIn(tx, id), -hireWindowDays) });
  }
  const holder = holderOf(tx);
  return (row) => {
    for (const { positionCode, communityId = row.communityId } of row.posts ?? []) {
      const place = places.get(communityId ?? row.communityId);
      if (place === undefined || row.employedOn < place.since) continue;
      const rank = ranks.get(positionCode) ?? builtInRanks[positionCode] ?? 'STAFF';
      requireWithin(place.matrix, 'HIRE_STAFF', holder, { rank });
    }
  };
}
