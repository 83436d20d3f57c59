import { rows, txScope, type Tx } from '@steward/db';
import type { Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { ErasureStanding, OpenAffair, PersonErasure } from '../domain/person-erasure.ts';
import type { PersonErasureFilter, PersonErasureOrder } from '../graphql/generated.ts';
import { personErasureEntity } from './person-erasure-entities.ts';
import { todayOf } from './visible-queries.ts';

export const personErasureOrders: Record<PersonErasureOrder, Order> = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export function personErasureQuery(
  tx: Tx,
  filter: PersonErasureFilter,
  communities: string[] | null,
): SelectQueryBuilder<PersonErasure> {
  const query = tx.createQueryBuilder(personErasureEntity, 'e');
  if (communities !== null) query.andWhere('e.community_id = any(:communities)', { communities });
  if (filter.status != null) query.andWhere('e.status = any(:status)', { status: filter.status });
  if (filter.personId != null) query.andWhere('e.person_id = :personId', { personId: filter.personId });
  return query;
}

export const hasPendingErasure = (tx: Tx, personId: string): Promise<boolean> =>
  tx.existsBy(personErasureEntity, { personId, status: 'REQUESTED' });

/** Procedures by their own tables, which are never behind; what other services have open by what they told. */
const affairs = `
  select 'custody' as type, number, household_id, created_at from custody where status in ('REQUESTED', 'ACTIVE')
  union all
  select 'move-in', number, household_id, created_at from move_in where status not in ('CLOSED', 'CANCELLED')
  union all
  select 'move-out', number, household_id, created_at from move_out where status = 'OPEN'
  union all
  select 'decoration', number, household_id, created_at from decoration where status not in ('CLOSED', 'CANCELLED')
  union all
  select type, number, household_id, opened_at from timeline_subject
   where is_open and type not in ('custody', 'move-in', 'move-out', 'decoration')`;

/** The person's households today or later, and what is open of their households from the days of their membership. */
export async function erasureStanding(tx: Tx, personId: string): Promise<ErasureStanding> {
  const { now } = txScope(tx);
  const current = await rows<{ id: string }>(
    tx,
    `select distinct m.household_id as id
       from household_membership m join household h on h.id = m.household_id join community c on c.id = h.community_id
      where m.person_id = $1 and m.valid_from is distinct from m.valid_to
        and (m.valid_to is null or m.valid_to > ${todayOf('$2')})`,
    [personId, now],
  );
  const openAffairs = await rows<OpenAffair>(
    tx,
    `select distinct a.type, a.number from household_membership m
       join household h on h.id = m.household_id join community c on c.id = h.community_id
       join (${affairs}) a on a.household_id = m.household_id
      where m.person_id = $1 and m.role <> 'FAMILY' and m.valid_from is distinct from m.valid_to
        and (m.valid_to is null or (a.created_at at time zone c.time_zone)::date <= m.valid_to)
      order by a.type, a.number`,
    [personId],
  );
  return { householdsToday: current.map(({ id }) => id), openAffairs };
}

/** Households that the person belonged to and in which nobody is left. */
export async function vacatedHouseholds(tx: Tx, personId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select distinct h.id from household_membership own
       join household h on h.id = own.household_id join community c on c.id = h.community_id
      where own.person_id = $1 and not exists (
        select 1 from household_membership m
         where m.household_id = h.id and m.valid_from is distinct from m.valid_to
           and (m.valid_to is null or m.valid_to > ${todayOf('$2')}))`,
    [personId, txScope(tx).now],
  );
  return found.map(({ id }) => id);
}

/**
 * Erases what the front desk's registers tell of the person or of a household in which nobody is left: the rows stay with
 * their numbers and times. Papers of the household's file stay for as long as the file has to be kept. Answers the rows.
 */
export async function eraseFromRegisters(tx: Tx, personId: string, vacated: readonly string[]): Promise<string[]> {
  const registrations = await rows<{ id: string }>(
    tx,
    `update resident_registration set description_sealed = null, certificate_number_sealed = null
      where person_id = $1 or household_id = any($2::uuid[]) returning id`,
    [personId, vacated],
  );
  const mail = await rows<{ id: string }>(
    tx,
    `update mail_item set recipient_name_sealed = null, recipient_name_masked = null, sender_sealed = null,
            tracking_number_sealed = null, instruction_sealed = null
      where household_id = any($1::uuid[]) and status in ('COLLECTED', 'FILED') returning id`,
    [vacated],
  );
  const passes = await rows<{ id: string }>(
    tx,
    `update pass set holder_name_sealed = null, holder_name_masked = null, holder_phone_sealed = null,
            holder_phone_masked = null, holder_identity_sealed = null, plate_sealed = null, plate_masked = null,
            plate_index = null
      where household_id = any($1::uuid[]) and status in ('USED', 'WITHDRAWN', 'EXPIRED') returning id`,
    [vacated],
  );
  await rows(tx, 'update membership_card set profile_sealed = null where person_id = $1', [personId]);
  await rows(tx, 'update key_account_visit set opinion_sealed = null where household_id = any($1::uuid[])', [vacated]);
  return [...registrations, ...mail, ...passes].map(({ id }) => id);
}

/** Passes are found by their plate no more. */
export const erasePlates = (tx: Tx, vacated: readonly string[]): Promise<unknown[]> =>
  rows(tx, `delete from caller_key where kind = 'PLATE' and household_id = any($1::uuid[])`, [vacated]);
