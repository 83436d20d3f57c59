import type { Subject } from '@steward/auth';
import { rows, txScope, type Tx } from '@steward/db';
import { invocationOf, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/person.ts';
import type { OrganisationFilter, OrganisationOrder, PersonFilter, PersonOrder } from '../graphql/generated.ts';
import { organisationEntity, personEntity } from './entities.ts';
import { identityIndex, personPhoneIndex } from './sealed-values.ts';
import { holdsToday, sharedCommunity } from './visible-queries.ts';

export const personOrders: Record<PersonOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  NUMBER: { property: 'number', direction: 'ASC' },
};

export const organisationOrders: Record<OrganisationOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  NUMBER: { property: 'number', direction: 'ASC' },
};

/** Entered in one of the communities, or a member of a household there today. */
const knownIn = (party: string, member: string, communities: string, now: string): string => `(
  ${party}.community_id = any(${communities}) or exists (
    select 1 from household_membership m
      join household h on h.id = m.household_id
      join community c on c.id = h.community_id
     where m.${member} = ${party}.id and h.community_id = any(${communities}) and ${holdsToday('m', now)}))`;

/** Persons known in the communities; null: in any. */
export function personQuery(tx: Tx, filter: PersonFilter, communities: string[] | null): SelectQueryBuilder<Person> {
  const query = tx.createQueryBuilder(personEntity, 'p').setParameter('now', txScope(tx).now);
  if (communities !== null) query.andWhere(knownIn('p', 'person_id', ':communities', ':now'), { communities });
  if (filter.number != null) query.andWhere('p.number = :number', { number: filter.number });
  if (filter.phone != null) query.andWhere('p.phone_index = :phone', { phone: personPhoneIndex(tx, filter.phone) });
  if (filter.identityNumber != null) {
    query.andWhere('p.identity_number_index = :identity', { identity: identityIndex(tx, filter.identityNumber) });
  }
  return query;
}

/** Organisations known in the communities; null: in any. */
export function organisationQuery(
  tx: Tx,
  filter: OrganisationFilter,
  communities: string[] | null,
): SelectQueryBuilder<Organisation> {
  const query = tx.createQueryBuilder(organisationEntity, 'o').setParameter('now', txScope(tx).now);
  if (communities !== null) query.andWhere(knownIn('o', 'organisation_id', ':communities', ':now'), { communities });
  if (filter.kind != null) query.andWhere('o.kind = any(:kind)', { kind: filter.kind });
  if (filter.creditCode != null) query.andWhere('o.credit_code = :code', { code: filter.creditCode });
  return query;
}

export type KnownParty = { id: string; isVisible: boolean };

const knownParties = (table: string, member: string): string => `
  select p.id, $2::uuid[] is null or ${knownIn('p', member, '$2::uuid[]', '$3')} as "isVisible"
    from ${table} p where p.id = any($1::uuid[])${table === 'person' ? ' and p.erased_at is null' : ''}`;

/** Which of the ids are persons or organisations of the company, and which of those the viewer may see. */
async function findParties(tx: Tx, table: string, member: string, ids: readonly string[]): Promise<KnownParty[]> {
  if (ids.length === 0) return [];
  const { communityIds } = invocationOf(tx).viewer;
  const among = communityIds === 'all' ? null : communityIds;
  return rows<KnownParty>(tx, knownParties(table, member), [ids, among, txScope(tx).now]);
}

export const findPersons = (tx: Tx, ids: readonly string[]): Promise<KnownParty[]> =>
  findParties(tx, 'person', 'person_id', ids);

export const findOrganisations = (tx: Tx, ids: readonly string[]): Promise<KnownParty[]> =>
  findParties(tx, 'organisation', 'organisation_id', ids);

export const visibleIds = (parties: readonly KnownParty[]): Set<string> =>
  new Set(parties.filter(({ isVisible }) => isVisible).map(({ id }) => id));

/** Which of the persons were entered in a community or belong to a household there today. */
export async function personsKnownIn(tx: Tx, communityId: string, ids: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select p.id from person p where p.id = any($1::uuid[]) and ${knownIn('p', 'person_id', '$2::uuid[]', '$3')}`,
    [ids, [communityId], txScope(tx).now],
  );
  return found.map(({ id }) => id);
}

/** On what a command is judged that touches a person: a person belongs to every community that knows them. */
export async function subjectOfPerson(tx: Tx, person: Person): Promise<Subject> {
  const found = await rows<{ communityId: string }>(
    tx,
    `select distinct h.community_id as "communityId"
       from household_membership m join household h on h.id = m.household_id join community c on c.id = h.community_id
      where m.person_id = $1 and ${holdsToday('m', '$2')}`,
    [person.id, txScope(tx).now],
  );
  const communities = found.map(({ communityId }) => communityId);
  const communityId = sharedCommunity(invocationOf(tx).viewer, [person.communityId, ...communities]);
  return { communityId, personIds: [person.id] };
}

/** Whether another person has the identity number. */
export const isIdentityKnown = (tx: Tx, number: string): Promise<boolean> =>
  tx.existsBy(personEntity, { identityNumberIndex: identityIndex(tx, number) });
