import { availableActions, availableByMatrix, connection, historyOf, loaded, type Order } from '@steward/service-kit';

import {
  announcementActs,
  judgeAnnouncementActions,
  judgeAreaActions,
  judgeBoardActions,
} from '../commands/judge-notice-actions.ts';
import type { CommunityEventsContext } from '../db/loaders.ts';
import { announcementQuery, areaCheckQuery, boardQuery } from '../db/notice-queries.ts';
import type {
  AnnouncementResolvers,
  BulletinBoardResolvers,
  PosterResolvers,
  PublicAreaCheckResolvers,
  QueryResolvers,
} from './generated.ts';
import { within } from './within.ts';

type Ctx = CommunityEventsContext;
type Queries = Pick<QueryResolvers<Ctx>, 'announcement' | 'announcements' | 'bulletinBoards' | 'publicAreaChecks'>;

const orders = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
  NUMBER_ASC: { property: 'number', direction: 'ASC' },
  CHECKED_ON_DESC: { property: 'checkedOn', direction: 'DESC' },
  CHECKED_ON_ASC: { property: 'checkedOn', direction: 'ASC' },
} as const satisfies Record<string, Order>;

export const noticeQueries: Queries = {
  announcement: (_parent, { id }, ctx) => ctx.loaders.announcement.load(id),
  announcements: (_parent, args, ctx) =>
    connection(ctx, (tx) => announcementQuery(tx, within(ctx, args.filter)), orders[args.orderBy], args),
  bulletinBoards: (_parent, args, ctx) =>
    connection(ctx, (tx) => boardQuery(tx, within(ctx, args.filter)), orders[args.orderBy], args),
  publicAreaChecks: (_parent, args, ctx) =>
    connection(ctx, (tx) => areaCheckQuery(tx, within(ctx, args.filter)), orders[args.orderBy], args),
};

const Announcement: AnnouncementResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.announcement.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  readCount: async ({ id }, _args, ctx) => (await loaded(ctx.loaders.reads.load(id))).readCount,
  isRead: async ({ id }, _args, ctx) => {
    const receipts = await ctx.loaders.ownReceipts.load(id);
    return receipts.length === 0 ? null : receipts.every(({ isRead }) => isRead);
  },
  print: ({ printFileId }, _args, ctx) => (printFileId === null ? null : ctx.loaders.file.load(printFileId)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (announcement, _args, ctx) =>
    availableByMatrix(
      ctx,
      { communityId: announcement.communityId },
      judgeAnnouncementActions(announcement),
      announcementActs,
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const BulletinBoard: BulletinBoardResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.board.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  place: ({ placeId }) => (placeId === null ? null : { id: placeId }),
  posters: ({ id }, _args, ctx) => ctx.loaders.posters.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (board, _args, ctx) =>
    availableActions(ctx, { communityId: board.communityId }, judgeBoardActions()),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const Poster: PosterResolvers<Ctx> = {
  announcement: ({ announcementId }, _args, ctx) =>
    announcementId === null ? null : ctx.loaders.announcement.load(announcementId),
};

const areaCode = (code: string) => ({ code, labelKey: `check.${code}` });

const PublicAreaCheck: PublicAreaCheckResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.areaCheck.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  areas: ({ id }, _args, ctx) => ctx.loaders.checks.load(id),
  failedAreas: ({ failedAreas }) => failedAreas.map(areaCode),
  openAreas: ({ openAreas }) => openAreas.map(areaCode),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (check, _args, ctx) =>
    availableActions(ctx, { communityId: check.communityId }, judgeAreaActions(check)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const noticeTypes = { Announcement, BulletinBoard, Poster, PublicAreaCheck };
