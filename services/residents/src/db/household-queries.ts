import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type {
  DayRange,
  HoldingTerms,
  Household,
  HouseholdHolding,
  HouseholdMembership,
  MembershipTerms,
} from '../domain/household.ts';
import type { HouseholdFilter, HouseholdOrder } from '../graphql/generated.ts';
import { holdingEntity, householdEntity, membershipEntity } from './entities.ts';
import { holdsToday, type Visible } from './visible-queries.ts';

export const householdOrders: Record<HouseholdOrder, Order> = {
  NUMBER: { property: 'number', direction: 'ASC' },
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

const heldToday = (table: string, condition: string): string => `exists (
  select 1 from ${table} t join community c on c.id = h.community_id
   where t.household_id = h.id and ${condition} and ${holdsToday('t', ':now')})`;

/** Households that the viewer may see. */
export function householdQuery(tx: Tx, filter: HouseholdFilter, visible: Visible): SelectQueryBuilder<Household> {
  const query = tx.createQueryBuilder(householdEntity, 'h').setParameter('now', txScope(tx).now);
  const { communities, ownHouseholds } = visible;
  if (communities !== null) query.andWhere('h.community_id = any(:communities)', { communities });
  if (ownHouseholds !== null) query.andWhere('h.id = any(:ownHouseholds)', { ownHouseholds });
  if (filter.communityId != null) query.andWhere('h.community_id = :communityId', { communityId: filter.communityId });
  if (filter.number != null) query.andWhere('h.number = :number', { number: filter.number });
  if (filter.segment != null) query.andWhere('h.segment = any(:segment)', { segment: filter.segment });
  if (filter.isKeyAccount != null) query.andWhere('h.is_key_account = :isKey', { isKey: filter.isKeyAccount });
  if (filter.unitId != null) {
    query.andWhere(heldToday('household_holding', 't.unit_id = :unitId'), { unitId: filter.unitId });
  }
  if (filter.personId != null) {
    query.andWhere(heldToday('household_membership', 't.person_id = :personId'), { personId: filter.personId });
  }
  return query;
}

/** The rows that hold on a day; without one, today in the zone of their community. */
export const ofDay = <Row extends DayRange & { today: string }>(found: readonly Row[], day?: string | null): Row[] =>
  found.filter(({ validFrom, validTo, today }) => {
    const on = day ?? today;
    return validFrom <= on && (validTo === null || on < validTo);
  });

/** A person's households at an instant, each by the day it is in its community. */
export async function householdsOf(tx: Tx, personId: string, at: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select distinct m.household_id as id
       from household_membership m join household h on h.id = m.household_id join community c on c.id = h.community_id
      where m.person_id = $1 and ${holdsToday('m', '$2')}`,
    [personId, at],
  );
  return found.map(({ id }) => id);
}

export const findHoldings = (tx: Tx, householdId: string): Promise<HouseholdHolding[]> =>
  tx.find(holdingEntity, { where: { householdId }, order: { validFrom: 'ASC', id: 'ASC' } });

export const findMemberships = (tx: Tx, householdId: string): Promise<HouseholdMembership[]> =>
  tx.find(membershipEntity, { where: { householdId }, order: { validFrom: 'ASC', id: 'ASC' } });

/** Days on which the units are owned, by whichever household. */
export const findOwnedDays = (tx: Tx, unitIds: readonly string[]): Promise<HouseholdHolding[]> =>
  tx
    .createQueryBuilder(holdingEntity, 'h')
    .where(`h.unit_id = any(:unitIds) and h.tenure = 'OWNED'`, { unitIds })
    .getMany();

type OfHousehold<Terms> = Terms & { householdId: string };

const identified = <Terms>(tx: Tx, terms: readonly Terms[]): (Terms & { id: string; tenantId: string })[] =>
  terms.map((one) => ({ ...one, id: newId(), tenantId: txScope(tx).tenantId }));

/** Inserts holdings in one statement; answers them with their ids. */
export async function insertHoldings(tx: Tx, terms: readonly OfHousehold<HoldingTerms>[]): Promise<HouseholdHolding[]> {
  const holdings = identified(tx, terms);
  if (holdings.length === 0) return holdings;
  await rows(
    tx,
    `insert into household_holding (id, tenant_id, household_id, unit_id, tenure, valid_from, valid_to)
     select id, "tenantId", "householdId", "unitId", tenure, "validFrom", "validTo"
       from jsonb_to_recordset($1::jsonb) as r(id uuid, "tenantId" uuid, "householdId" uuid, "unitId" uuid,
                                               tenure text, "validFrom" date, "validTo" date)`,
    [JSON.stringify(holdings)],
  );
  return holdings;
}

/** Inserts memberships in one statement; answers them with their ids. */
export async function insertMemberships(
  tx: Tx,
  terms: readonly OfHousehold<MembershipTerms>[],
): Promise<HouseholdMembership[]> {
  const memberships = identified(tx, terms);
  if (memberships.length === 0) return memberships;
  await rows(
    tx,
    `insert into household_membership (id, tenant_id, household_id, person_id, organisation_id, role, valid_from, valid_to)
     select id, "tenantId", "householdId", "personId", "organisationId", role, "validFrom", "validTo"
       from jsonb_to_recordset($1::jsonb) as r(id uuid, "tenantId" uuid, "householdId" uuid, "personId" uuid,
                                               "organisationId" uuid, role text, "validFrom" date, "validTo" date)`,
    [JSON.stringify(memberships)],
  );
  return memberships;
}

export const setHoldingEnd = (tx: Tx, { id, validTo }: HouseholdHolding) =>
  tx.update(holdingEntity, { id }, { validTo });

export const setMembershipEnd = (tx: Tx, { id, validTo }: HouseholdMembership) =>
  tx.update(membershipEntity, { id }, { validTo });
