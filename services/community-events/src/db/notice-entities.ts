import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { Announcement, BulletinBoard, Poster, PublicAreaCheck } from '../domain/notice.ts';

const optional = { nullable: true };

export const announcementEntity = defineEntity<Announcement>({
  name: 'Announcement',
  table: 'announcement',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    scope: column.text(),
    targetIds: column.uuids(),
    title: column.text(),
    body: column.text(),
    isUrgent: column.bool(),
    publishedAt: column.instant(optional),
    recipientCount: column.int(),
    printFileId: column.uuid(optional),
    printedCopies: column.int(),
    distributedCopies: column.int(),
    archivedAt: column.instant(optional),
    withdrawnAt: column.instant(optional),
  },
});

export type AnnouncementReceipt = {
  tenantId: string;
  announcementId: string;
  householdId: string;
  readAt: Date | null;
  readBy: string | null;
};

export const bulletinBoardEntity = defineEntity<BulletinBoard>({
  name: 'BulletinBoard',
  table: 'bulletin_board',
  columns: {
    ...aggregateColumns,
    name: column.text(),
    placeId: column.uuid(optional),
    changedAt: column.instant(optional),
    flaggedCount: column.int(),
  },
});

export const posterEntity = defineEntity<Poster>({
  name: 'Poster',
  table: 'poster',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    boardId: column.uuid(),
    title: column.text(),
    announcementId: column.uuid(optional),
    hungAt: column.instant(),
    expiresOn: column.date(),
    state: column.text(),
    removedAt: column.instant(optional),
  },
});

export const publicAreaCheckEntity = defineEntity<PublicAreaCheck>({
  name: 'PublicAreaCheck',
  table: 'public_area_check',
  columns: {
    ...aggregateColumns,
    checkedOn: column.date(),
    openAreas: column.texts(),
    failedAreas: column.texts(),
    rectifiedAt: column.instant(optional),
  },
});

export const noticeEntities = [announcementEntity, bulletinBoardEntity, posterEntity, publicAreaCheckEntity];
