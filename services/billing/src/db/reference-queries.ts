import { DomainError, localDate } from '@steward/core';
import { entityRows, rows, txScope, txState, type Tx } from '@steward/db';
import { communityReferenceEntity, type CommunityReference } from '@steward/service-kit';

import type { HouseholdParty, UnitReference } from '../domain/references.ts';
import { householdPartyEntity, unitReferenceEntity } from './reference-entities.ts';

const communitiesKey = Symbol('communities');

/**
 * A community that has books, managed or not; NOT_FOUND for one that nobody has told of, as a client may name any. Asked
 * for once in a transaction, because everything that is booked needs its day and its currency.
 */
export async function communityOfBooks(tx: Tx, communityId: string): Promise<CommunityReference> {
  const found = await communityOnce(tx, communityId);
  if (found === undefined) throw new DomainError('NOT_FOUND', 'NOT_FOUND', { path: 'communityId' });
  return found;
}

async function communityOnce(tx: Tx, communityId: string): Promise<CommunityReference | undefined> {
  const known = txState<Map<string, CommunityReference>>(tx, communitiesKey, () => new Map());
  const kept = known.get(communityId);
  if (kept !== undefined) return kept;
  const [found] = await entityRows(tx, communityReferenceEntity, 'where e.id = $1', [communityId]);
  if (found !== undefined) known.set(communityId, found);
  return found;
}

/** The community that something new is booked in, as `managedCommunity` has it, kept for what else asks for it. */
export async function managedBooks(tx: Tx, communityId: string): Promise<CommunityReference> {
  const found = await communityOnce(tx, communityId);
  if (found?.status === 'ACTIVE') return found;
  throw new DomainError('BAD_USER_INPUT', 'COMMUNITY_UNKNOWN', { path: 'input.communityId' });
}

const daysKey = Symbol('days');

/** Today in a community; a transaction has one. */
export async function todayIn(tx: Tx, communityId: string): Promise<string> {
  const known = txState<Map<string, string>>(tx, daysKey, () => new Map());
  const { timeZone } = await communityOfBooks(tx, communityId);
  const today = known.get(timeZone) ?? localDate(txScope(tx).now, timeZone);
  known.set(timeZone, today);
  return today;
}

export const findUnit = (tx: Tx, id: string): Promise<UnitReference | null> =>
  tx.findOneBy(unitReferenceEntity, { id });

/** Forgets who owes for the units of households, and answers which units those were, by household. */
export async function dropLiabilities(tx: Tx, householdIds: readonly string[]): Promise<Map<string, string[]>> {
  const found = await rows<{ householdId: string; unitId: string }>(
    tx,
    `delete from unit_liability where household_id = any($1::uuid[])
     returning household_id as "householdId", unit_id as "unitId"`,
    [householdIds],
  );
  const units = new Map<string, string[]>();
  for (const { householdId, unitId } of found) units.set(householdId, [...(units.get(householdId) ?? []), unitId]);
  return units;
}

export const partiesOf = (tx: Tx, householdId: string): Promise<HouseholdParty[]> =>
  tx.findBy(householdPartyEntity, { householdId });

/** The billing account that owes for a unit on a day, the owner's before the renter's; null if nobody is known. */
export async function liableAccountOf(tx: Tx, unitId: string, on: string): Promise<string | null> {
  const [found] = await rows<{ id: string }>(
    tx,
    `select billing_account_id as id from unit_liability
      where unit_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)
      order by tenure, valid_from, id limit 1`,
    [unitId, on],
  );
  return found?.id ?? null;
}
