import { loaded, type Command } from '@steward/service-kit';

import { acknowledgeAnnouncement } from '../commands/acknowledge-announcement.ts';
import { archiveAnnouncement } from '../commands/archive-announcement.ts';
import { changeBulletinBoard } from '../commands/change-bulletin-board.ts';
import { draftAnnouncement } from '../commands/draft-announcement.ts';
import { printAnnouncement } from '../commands/print-announcement.ts';
import { publishAnnouncement } from '../commands/publish-announcement.ts';
import { recordAnnouncementDistribution } from '../commands/record-announcement-distribution.ts';
import { recordPublicAreaCheck } from '../commands/record-public-area-check.ts';
import { rectifyPublicAreas } from '../commands/rectify-public-areas.ts';
import { registerBulletinBoard } from '../commands/register-bulletin-board.ts';
import { removePoster } from '../commands/remove-poster.ts';
import { reportPosterDamage } from '../commands/report-poster-damage.ts';
import { updateAnnouncement } from '../commands/update-announcement.ts';
import { withdrawAnnouncement } from '../commands/withdraw-announcement.ts';
import type { CommunityEventsContext } from '../db/loaders.ts';
import type { MutationResolvers } from './generated.ts';

type Ctx = CommunityEventsContext;
type Names =
  | 'draftAnnouncement'
  | 'updateAnnouncement'
  | 'publishAnnouncement'
  | 'acknowledgeAnnouncement'
  | 'printAnnouncement'
  | 'recordAnnouncementDistribution'
  | 'archiveAnnouncement'
  | 'withdrawAnnouncement'
  | 'registerBulletinBoard'
  | 'changeBulletinBoard'
  | 'reportPosterDamage'
  | 'removePoster'
  | 'recordPublicAreaCheck'
  | 'rectifyPublicAreas';

async function announcementChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { announcement: await loaded(ctx.loaders.announcement.load(id)) };
}

async function boardChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { bulletinBoard: await loaded(ctx.loaders.board.load(id)) };
}

async function areaCheckChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { publicAreaCheck: await loaded(ctx.loaders.areaCheck.load(id)) };
}

export const noticeMutations: Pick<MutationResolvers<Ctx>, Names> = {
  draftAnnouncement: (_parent, { input }, ctx) => announcementChanged(ctx, draftAnnouncement, input),
  updateAnnouncement: (_parent, { input }, ctx) => announcementChanged(ctx, updateAnnouncement, input),
  publishAnnouncement: (_parent, { input }, ctx) => announcementChanged(ctx, publishAnnouncement, input),
  acknowledgeAnnouncement: (_parent, { input }, ctx) => announcementChanged(ctx, acknowledgeAnnouncement, input),
  printAnnouncement: (_parent, { input }, ctx) => announcementChanged(ctx, printAnnouncement, input),
  recordAnnouncementDistribution: (_parent, { input }, ctx) =>
    announcementChanged(ctx, recordAnnouncementDistribution, input),
  archiveAnnouncement: (_parent, { input }, ctx) => announcementChanged(ctx, archiveAnnouncement, input),
  withdrawAnnouncement: (_parent, { input }, ctx) => announcementChanged(ctx, withdrawAnnouncement, input),
  registerBulletinBoard: (_parent, { input }, ctx) => boardChanged(ctx, registerBulletinBoard, input),
  changeBulletinBoard: (_parent, { input }, ctx) => boardChanged(ctx, changeBulletinBoard, input),
  reportPosterDamage: (_parent, { input }, ctx) => boardChanged(ctx, reportPosterDamage, input),
  removePoster: (_parent, { input }, ctx) => boardChanged(ctx, removePoster, input),
  recordPublicAreaCheck: (_parent, { input }, ctx) => areaCheckChanged(ctx, recordPublicAreaCheck, input),
  rectifyPublicAreas: (_parent, { input }, ctx) => areaCheckChanged(ctx, rectifyPublicAreas, input),
};
