import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';
import type { SelectQueryBuilder } from 'typeorm';

import type { Announcement, BulletinBoard, Poster, PosterState, PublicAreaCheck } from '../domain/notice.ts';
import type { AnnouncementFilter, BulletinBoardFilter, PublicAreaCheckFilter } from '../graphql/generated.ts';
import { announcementEntity, bulletinBoardEntity, posterEntity, publicAreaCheckEntity } from './notice-entities.ts';

/** Ids among those given that are places of a kind, or households, of the community. */
export async function knownTargets(
  tx: Tx,
  communityId: string,
  scope: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const found =
    scope === 'HOUSEHOLD'
      ? await rows<{ id: string }>(tx, 'select id from household_reference where community_id = $1 and id = any($2)', [
          communityId,
          ids,
        ])
      : await rows<{ id: string }>(
          tx,
          'select id from place_reference where community_id = $1 and kind = $2 and id = any($3)',
          [communityId, scope, ids],
        );
  return new Set(found.map(({ id }) => id));
}

/**
 * Enters the households of an announcement, in one statement: those named, or those that hold a unit at or below one of
 * the places today.
 */
export async function insertReceipts(tx: Tx, announcement: Announcement, today: string): Promise<string[]> {
  const { tenantId, id, communityId, scope, targetIds } = announcement;
  const below = `
    select distinct u.household_id from household_unit u
      join place_reference p on p.id = u.unit_id
      join place_reference t on t.id = any($4::uuid[]) and t.community_id = p.community_id
       and (p.path = t.path or p.path like replace(replace(t.path, '%', '\\%'), '_', '\\_') || '/%')
     where p.community_id = $3 and u.valid_from <= $5::date and (u.valid_to is null or u.valid_to > $5::date)`;
  const chosen: Record<string, string> = {
    COMMUNITY:
      'select id as household_id from household_reference where community_id = $3 and $4::uuid[] is not null and $5::date is not null',
    HOUSEHOLD:
      'select id as household_id from household_reference where community_id = $3 and id = any($4::uuid[]) and $5::date is not null',
  };
  const found = await rows<{ householdId: string }>(
    tx,
    `insert into announcement_receipt (tenant_id, announcement_id, household_id)
     select $1, $2, c.household_id from (${chosen[scope] ?? below}) c returning household_id as "householdId"`,
    [tenantId, id, communityId, targetIds, today],
  );
  return found.map(({ householdId }) => householdId);
}

/** Marks the receipts of somebody's households as read, the first time only; answers how many were open. */
export async function markRead(tx: Tx, announcementId: string, householdIds: readonly string[]): Promise<number> {
  const { now, actor } = txScope(tx);
  const found = await rows(
    tx,
    `update announcement_receipt set read_at = $3, read_by = $4
      where announcement_id = $1 and household_id = any($2::uuid[]) and read_at is null returning household_id`,
    [announcementId, householdIds, now, actor.id],
  );
  return found.length;
}

export const receivedBy = async (tx: Tx, announcementId: string, householdIds: readonly string[]): Promise<boolean> =>
  (
    await rows(
      tx,
      'select 1 from announcement_receipt where announcement_id = $1 and household_id = any($2::uuid[]) limit 1',
      [announcementId, householdIds],
    )
  ).length > 0;

export function announcementQuery(tx: Tx, filter: AnnouncementFilter): SelectQueryBuilder<Announcement> {
  const query = tx.createQueryBuilder(announcementEntity, 'n');
  const { communityId, status, isUrgent } = filter;
  if (communityId != null) query.andWhere('n.community_id = :communityId', { communityId });
  if (status != null) query.andWhere('n.status = any(:status)', { status });
  if (isUrgent != null) query.andWhere('n.is_urgent = :isUrgent', { isUrgent });
  return query;
}

export function boardQuery(tx: Tx, { communityId, isFlagged }: BulletinBoardFilter): SelectQueryBuilder<BulletinBoard> {
  const query = tx.createQueryBuilder(bulletinBoardEntity, 'b');
  if (communityId != null) query.andWhere('b.community_id = :communityId', { communityId });
  if (isFlagged != null) query.andWhere(`b.flagged_count ${isFlagged ? '>' : '='} 0`);
  return query;
}

export function areaCheckQuery(tx: Tx, filter: PublicAreaCheckFilter): SelectQueryBuilder<PublicAreaCheck> {
  const query = tx.createQueryBuilder(publicAreaCheckEntity, 'c');
  const { communityId, isOpen } = filter;
  if (communityId != null) query.andWhere('c.community_id = :communityId', { communityId });
  if (isOpen != null) query.andWhere(`cardinality(c.open_areas) ${isOpen ? '>' : '='} 0`);
  return query;
}

type NewPoster = { title: string; announcementId?: string | null; expiresOn: string };

/** Takes down what hangs on a board and puts up what is new. */
export async function replacePosters(tx: Tx, boardId: string, posters: readonly NewPoster[]): Promise<Poster[]> {
  const { tenantId, now } = txScope(tx);
  await rows(tx, `update poster set state = 'REMOVED', removed_at = $2 where board_id = $1 and state <> 'REMOVED'`, [
    boardId,
    now,
  ]);
  const fresh = posters.map(({ title, announcementId = null, expiresOn }) => ({
    id: newId(),
    tenantId,
    boardId,
    title: title.trim(),
    announcementId,
    hungAt: now,
    expiresOn,
    state: 'HANGING' as const,
    removedAt: null,
  }));
  await tx.insert(posterEntity, fresh);
  return fresh;
}

export const findPoster = (tx: Tx, boardId: string, id: string): Promise<Poster | null> =>
  tx.findOneBy(posterEntity, { boardId, id });

export async function savePoster(tx: Tx, { id }: Poster, state: PosterState): Promise<void> {
  await tx.update(posterEntity, { id }, { state, removedAt: state === 'REMOVED' ? txScope(tx).now : null });
}

/** Announcements that a poster names have to be of the community. */
export async function knownAnnouncements(tx: Tx, communityId: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from announcement where community_id = $1 and id = any($2::uuid[]) and status in ('PUBLISHED', 'ARCHIVED')`,
    [communityId, ids],
  );
  return new Set(found.map(({ id }) => id));
}
