import { announcementDeadlines, bulletinBoardDeadlines, publicAreaCheckDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { Announcement, BulletinBoard, PublicAreaCheck } from '../domain/notice.ts';
import { announcementEntity, bulletinBoardEntity, publicAreaCheckEntity } from './notice-entities.ts';

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const announcementAggregate = defineAggregate<Announcement>({
  type: 'announcement',
  table: 'announcement',
  graphqlType: 'Announcement',
  entity: announcementEntity,
  deadlines: announcementDeadlines,
  subject: inCommunity,
  // A household sees what was published for it.
  listSubject: {
    households: ({ row }, ids) =>
      `exists (select 1 from announcement_receipt x where x.announcement_id = ${row}.id and x.household_id = any(${ids}))`,
  },
});

export const bulletinBoardAggregate = defineAggregate<BulletinBoard>({
  type: 'bulletin-board',
  table: 'bulletin_board',
  graphqlType: 'BulletinBoard',
  entity: bulletinBoardEntity,
  deadlines: bulletinBoardDeadlines,
  subject: inCommunity,
});

export const publicAreaCheckAggregate = defineAggregate<PublicAreaCheck>({
  type: 'public-area-check',
  table: 'public_area_check',
  graphqlType: 'PublicAreaCheck',
  entity: publicAreaCheckEntity,
  deadlines: publicAreaCheckDeadlines,
  subject: inCommunity,
});

export const noticeAggregates = [announcementAggregate, bulletinBoardAggregate, publicAreaCheckAggregate];
