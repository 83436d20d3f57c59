import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import { phoneIndex, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { PostTerms, Staff, StaffPost } from '../domain/staff.ts';
import type { StaffFilter, StaffOrder } from '../graphql/generated.ts';
import { staffEntity, staffPostEntity } from './entities.ts';

export const staffOrders: Record<StaffOrder, Order> = {
  NUMBER: { property: 'number', direction: 'ASC' },
  EMPLOYED_ON_DESC: { property: 'employedOn', direction: 'DESC' },
};

/** A condition with its parameters, or none. */
type Condition = [sql: string, params: Record<string, unknown>];

/** A post held today, in the zone of its community, that meets the conditions of `extra`. */
const postToday = (extra: string): string => `exists (
  select 1 from staff_post p
    join community_reference c on c.id = p.community_id
    join department d on d.id = p.department_id
   where p.staff_id = s.id
     and p.valid_from <= (:now::timestamptz at time zone c.time_zone)::date
     and (p.valid_to is null or p.valid_to > (:now::timestamptz at time zone c.time_zone)::date)${extra})`;

/** What a list hangs on: the SQL that stands for the id of a community, a department or a team. */
type Below = { community?: string; department?: string; team?: string };

function postConditions(filter: StaffFilter, below: Below): Condition[] {
  const conditions: Condition[] = [];
  if (below.department !== undefined) conditions.push([`p.department_id = ${below.department}`, {}]);
  if (below.team !== undefined) conditions.push([`p.team_id = ${below.team}`, {}]);
  if (filter.departmentCode != null)
    conditions.push(['d.number = any(:departments)', { departments: filter.departmentCode }]);
  if (filter.teamId != null) conditions.push(['p.team_id = :teamId', { teamId: filter.teamId }]);
  if (filter.role != null) conditions.push(['p.role = any(:roles)', { roles: filter.role }]);
  return conditions;
}

function ownConditions(tx: Tx, filter: StaffFilter): Condition[] {
  const conditions: Condition[] = [];
  if (filter.tradeCode != null) conditions.push(['s.trade_codes && :trades::text[]', { trades: filter.tradeCode }]);
  if (filter.status != null) conditions.push(['s.status = any(:status)', { status: filter.status }]);
  if (filter.number != null) conditions.push(['s.number = :number', { number: filter.number }]);
  if (filter.phone != null) conditions.push(['s.phone_index = :phone', { phone: phoneIndex(tx, filter.phone) }]);
  if (filter.onDutyAt != null) {
    const sql = 's.duty_from <= :onDutyAt and (s.duty_to is null or s.duty_to > :onDutyAt)';
    conditions.push([sql, { onDutyAt: filter.onDutyAt }]);
  }
  return conditions;
}

/** Staff of the communities (null: of all), employed by one of them or holding a post there today. */
export function staffQuery(
  tx: Tx,
  filter: StaffFilter,
  communities: string[] | null,
  below: Below = {},
): SelectQueryBuilder<Staff> {
  const query = tx.createQueryBuilder(staffEntity, 's').setParameter('now', txScope(tx).now);
  const ofPost = postConditions(filter, below);
  const there = [
    ...(communities === null ? [] : ['community_id = any(:communities)']),
    ...(below.community === undefined ? [] : [`community_id = ${below.community}`]),
  ];
  const inCommunity = (alias: string): string[] => there.map((sql) => `${alias}.${sql}`);
  const extra = [...inCommunity('p'), ...ofPost.map(([sql]) => sql)].map((sql) => ` and ${sql}`).join('');
  if (ofPost.length > 0) query.andWhere(postToday(extra));
  else if (there.length > 0) query.andWhere(`(${inCommunity('s').join(' and ')} or ${postToday(extra)})`);
  if (communities !== null) query.setParameter('communities', communities);
  for (const [, params] of ofPost) query.setParameters(params);
  for (const [sql, params] of ownConditions(tx, filter)) query.andWhere(sql, params);
  return query;
}

/** The posts held on a day; without a day, all. */
export const heldOn = (posts: readonly StaffPost[], day: string | null | undefined): StaffPost[] =>
  posts.filter((post) => day == null || (post.validFrom <= day && (post.validTo === null || day < post.validTo)));

export const findPosts = (tx: Tx, staffId: string): Promise<StaffPost[]> =>
  tx
    .createQueryBuilder(staffPostEntity, 'p')
    .where('p.staffId = :staffId', { staffId })
    .orderBy('p.validFrom')
    .addOrderBy('p.id')
    .getMany();

/** Staff by number or id, for the recognition of rows that are known already. */
export const findKnownStaff = (tx: Tx, numbers: string[], ids: string[]): Promise<{ id: string; number: string }[]> =>
  rows(tx, 'select id, number from staff where number = any($1::text[]) or id = any($2::uuid[])', [numbers, ids]);

/** Inserts posts in one statement; answers them with their ids. */
export async function insertPosts(tx: Tx, terms: readonly (PostTerms & { staffId: string })[]): Promise<StaffPost[]> {
  const { tenantId } = txScope(tx);
  const posts = terms.map((one) => ({ ...one, id: newId(), tenantId }));
  if (posts.length > 0)
    await tx.createQueryBuilder().insert().into(staffPostEntity).values(posts).updateEntity(false).execute();
  return posts;
}

export async function insertPost(tx: Tx, staffId: string, terms: PostTerms): Promise<StaffPost> {
  const post = { ...terms, staffId, id: newId(), tenantId: txScope(tx).tenantId };
  await tx.insert(staffPostEntity, post);
  return post;
}

export async function setPostEnd(tx: Tx, post: StaffPost): Promise<void> {
  await tx.update(staffPostEntity, { id: post.id }, { validTo: post.validTo });
}
