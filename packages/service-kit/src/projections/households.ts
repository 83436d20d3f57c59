import { column, defineEntity, rows, tenantTableSql, type Tx } from '@steward/db';
import {
  householdMembershipEnded,
  householdMembershipStarted,
  householdRegistered,
  subscribeTogether,
  type Handler,
  type StewardEvent,
} from '@steward/events';

import { keepLatest } from './keep-latest.ts';

/** What a service keeps of the households of residents, so that `own` can be judged: where they are and who belongs to them. */
export type HouseholdReference = { id: string; tenantId: string; communityId: string };

export type HouseholdMember = {
  id: string;
  tenantId: string;
  householdId: string;
  personId: string;
  validFrom: string;
  /** The first day without; null: open. */
  validTo: string | null;
};

/**
 * For a migration of the service, beside `communityReferenceSql`; never edited, because migrations that contain it have
 * run. Facts of different aggregates arrive in any order, so the tables do not refer to each other.
 */
export const householdReferenceSql = `
create table household_reference (
  id uuid primary key,
  tenant_id uuid not null,
  community_id uuid not null
);
${tenantTableSql('household_reference')}

create table household_member (
  id uuid primary key,
  tenant_id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  valid_from date not null,
  valid_to date
);
create index household_member_of_person on household_member (person_id);
create index household_member_of_household on household_member (household_id);
${tenantTableSql('household_member')}`;

export const householdReferenceEntity = defineEntity<HouseholdReference>({
  name: 'HouseholdReference',
  table: 'household_reference',
  columns: { id: column.id(), tenantId: column.uuid(), communityId: column.uuid() },
});

export const householdMemberEntity = defineEntity<HouseholdMember>({
  name: 'HouseholdMember',
  table: 'household_member',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    householdId: column.uuid(),
    personId: column.uuid(),
    validFrom: column.date(),
    validTo: column.date({ nullable: true }),
  },
});

type HouseholdData = ReturnType<(typeof householdRegistered)['data']['parse']>;
type MembershipData = ReturnType<(typeof householdMembershipStarted)['data']['parse']>;

/** Reaction: keeps which community households belong to. */
export async function keepHouseholds(tx: Tx, events: readonly StewardEvent<HouseholdData>[]): Promise<void> {
  const households = events.map(({ tenantid: tenantId, data: { householdId: id, communityId } }) => {
    return { id, tenantId, communityId };
  });
  await keepLatest(tx, householdReferenceEntity, households);
}

/** Reaction: keeps which persons belong to a household on which days; organisations have no login of their own. */
export async function keepHouseholdMembers(tx: Tx, events: readonly StewardEvent<MembershipData>[]): Promise<void> {
  const members = events.flatMap(({ tenantid: tenantId, data }) => {
    const { membershipId: id, householdId, personId, validFrom, validTo } = data;
    return personId === null ? [] : [{ id, tenantId, householdId, personId, validFrom, validTo }];
  });
  await keepLatest(tx, householdMemberEntity, members);
}

/** An erased person belongs to no household any more, as far as the service knows. */
export const eraseMemberships = (tx: Tx, personId: string): Promise<unknown[]> =>
  rows(tx, 'delete from household_member where person_id = $1', [personId]);

export const householdHandlers: Handler[] = [
  subscribeTogether(householdRegistered, 'keep-household', keepHouseholds),
  subscribeTogether(householdMembershipStarted, 'keep-household-member', keepHouseholdMembers),
  subscribeTogether(householdMembershipEnded, 'keep-household-member', keepHouseholdMembers),
];

/** A person's households at an instant, each judged by the day in its own community; the `householdsOf` of a service. */
export async function householdsOfPerson(tx: Tx, personId: string, at: Date): Promise<string[]> {
  const found = await rows<{ householdId: string }>(
    tx,
    `select distinct m.household_id as "householdId"
       from household_member m
       join household_reference h on h.id = m.household_id
       join community_reference c on c.id = h.community_id
       cross join lateral (select ($2::timestamptz at time zone c.time_zone)::date as day) today
      where m.person_id = $1 and m.valid_from <= today.day and (m.valid_to is null or m.valid_to > today.day)`,
    [personId, at],
  );
  return found.map(({ householdId }) => householdId);
}
