import { DomainError, localDate } from '@steward/core';
import { rows, txScope, txState, type Tx } from '@steward/db';
import { findCommunityReference, type CommunityReference } from '@steward/service-kit';

import type { HouseholdParty, UnitReference } from '../domain/references.ts';
import { householdPartyEntity, unitReferenceEntity } from './reference-entities.ts';

const communitiesKey = Symbol('communities');

/**
 * A community that has books, managed or not; NOT_FOUND for one that nobody has told of, as a client may name any. Asked
 * for once in a transaction, because everything that is booked needs its day and its currency.
 */
export async function communityOfBooks(tx: Tx, communityId: string): Promise<CommunityReference> {
  const known = txState<Map<string, CommunityReference>>(tx, communitiesKey, () => new Map());
  const found = known.get(communityId) ?? (await findCommunityReference(tx, communityId));
  if (found !== null) known.set(communityId, found);
  if (found === null) throw new DomainError('NOT_FOUND', 'NOT_FOUND', { path: 'communityId' });
  return found;
}

/** Today in a community. */
export const todayIn = async (tx: Tx, communityId: string): Promise<string> =>
  localDate(txScope(tx).now, (await communityOfBooks(tx, communityId)).timeZone);

export const findUnit = (tx: Tx, id: string): Promise<UnitReference | null> =>
  tx.findOneBy(unitReferenceEntity, { id });

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
