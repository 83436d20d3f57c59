import { column, defineEntity, rows, tenantTableSql, type Tx } from '@steward/db';
import {
  householdMembershipEnded,
  householdMembershipStarted,
  householdRegistered,
  subscribe,
  type Handler,
  type StewardEvent,
} from '@steward/events';

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

/** Reaction: keeps which community a household belongs to. */
export async function keepHousehold(tx: Tx, event: StewardEvent<HouseholdData>): Promise<void> {
  const { householdId, communityId } = event.data;
  const household = { id: householdId, tenantId: event.tenantid, communityId };
  await tx.upsert(householdReferenceEntity, household, { conflictPaths: ['id'] });
}

/** Reaction: keeps which persons belong to a household on which days; organisations have no login of their own. */
export async function keepHouseholdMember(tx: Tx, event: StewardEvent<MembershipData>): Promise<void> {
  const { membershipId, householdId, personId, validFrom, validTo } = event.data;
  if (personId === null) return;
  const membership = { id: membershipId, tenantId: event.tenantid, householdId, personId, validFrom, validTo };
  await tx.upsert(householdMemberEntity, membership, { conflictPaths: ['id'] });
}

export const householdHandlers: Handler[] = [
  subscribe(householdRegistered, 'keep-household', keepHousehold),
  subscribe(householdMembershipStarted, 'keep-household-member', keepHouseholdMember),
  subscribe(householdMembershipEnded, 'keep-household-member', keepHouseholdMember),
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
