import { rows, type Tx } from '@steward/db';

import type { StaffPost } from '../domain/staff.ts';
import { staffPostEntity } from './entities.ts';
import { postHandoverEntity } from './position-work-entities.ts';

/** Posts of a community on a day whose position is in the catalogue. */
export const postsInCatalogue = (tx: Tx, communityId: string, day: string): Promise<StaffPost[]> =>
  tx
    .createQueryBuilder(staffPostEntity, 'p')
    .where('p.communityId = :communityId and p.validFrom <= :day', { communityId, day })
    .andWhere('(p.validTo is null or p.validTo > :day)')
    .andWhere('p.positionCode in (select number from staff_position)')
    .orderBy('p.id')
    .getMany();

const idsOf = async (tx: Tx, sql: string, params: unknown[]): Promise<string[]> =>
  (await rows<{ id: string }>(tx, sql, params)).map(({ id }) => id);

/** Posts among these that have a list of duties of a cycle from a day on already. */
export const postsWithSheet = (
  tx: Tx,
  postIds: readonly string[],
  cycle: string,
  startsOn: string,
): Promise<string[]> =>
  idsOf(
    tx,
    'select post_id as id from position_duty_sheet where post_id = any($1::uuid[]) and cycle = $2 and starts_on = $3',
    [postIds, cycle, startsOn],
  );

export const postsWithRotation = (tx: Tx, postIds: readonly string[]): Promise<string[]> =>
  idsOf(tx, 'select post_id as id from post_rotation where post_id = any($1::uuid[])', [postIds]);

/** Lists of duties that end after a post does. */
export const openSheetsOfPosts = (tx: Tx, postIds: readonly string[]): Promise<string[]> =>
  idsOf(tx, "select id from position_duty_sheet where post_id = any($1::uuid[]) and status = 'OPEN' order by id", [
    postIds,
  ]);

export const openRotationsOfPosts = (tx: Tx, postIds: readonly string[]): Promise<string[]> =>
  idsOf(tx, "select id from post_rotation where post_id = any($1::uuid[]) and status = 'OPEN' order by id", [postIds]);

export const isHandedOver = (tx: Tx, postId: string): Promise<boolean> =>
  tx.existsBy(postHandoverEntity, { postId, status: 'ACCEPTED' });

/** Staff who have leave on a day. */
export const onLeave = (tx: Tx, staffIds: readonly string[], day: string): Promise<string[]> =>
  idsOf(
    tx,
    `select distinct staff_id as id from leave_request
      where staff_id = any($1::uuid[]) and status = 'APPROVED' and starts_on <= $2 and ends_on > $2`,
    [staffIds, day],
  );

/** Positions with targets that somebody held in a month and whose results nobody has counted. */
export const uncountedPositions = async (
  tx: Tx,
  communityId: string,
  { month, from, to }: { month: string; from: string; to: string },
): Promise<string[]> =>
  (
    await rows<{ code: string }>(
      tx,
      `select p.number as code from staff_position p
        where jsonb_array_length(p.kpis) > 0
          and exists (select 1 from staff_post s where s.community_id = $1 and s.position_code = p.number
                         and s.valid_from < $4 and (s.valid_to is null or s.valid_to > $3))
          and not exists (select 1 from position_kpi_review k where k.community_id = $1 and k.position_code = p.number
                             and k.month = $2)
        order by p.number`,
      [communityId, month, from, to],
    )
  ).map(({ code }) => code);
