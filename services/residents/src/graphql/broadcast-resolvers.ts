import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { approveBroadcastScript } from '../commands/approve-broadcast-script.ts';
import { changeBroadcastScript } from '../commands/change-broadcast-script.ts';
import { judgeBroadcastScriptActions } from '../commands/desk-service-grants.ts';
import { draftBroadcastScript } from '../commands/draft-broadcast-script.ts';
import { recordBroadcast } from '../commands/record-broadcast.ts';
import { scheduleBroadcastScript } from '../commands/schedule-broadcast-script.ts';
import { withdrawBroadcastScript } from '../commands/withdraw-broadcast-script.ts';
import { broadcastScriptOrders, broadcastScriptQuery } from '../db/broadcast-script-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type {
  BroadcastRunResolvers,
  BroadcastScriptResolvers,
  MutationResolvers,
  QueryResolvers,
} from './generated.ts';
import { answering, namedOrNull, stub } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const BroadcastScript: BroadcastScriptResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.broadcastScript.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  place: ({ placeId: id }, _args, ctx) => (id === null ? null : ctx.loaders.place.load(id)),
  weekdays: ({ weekdays }) => weekdays.map(Number),
  runs: async ({ id }, _args, ctx) => (await ctx.loaders.runsOfScript.load(id)) ?? [],
  reason: ({ reasonCode }) => namedOrNull('broadcastReason', reasonCode),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: ({ communityId, ...row }, _args, ctx) =>
    availableActions(ctx, { communityId }, judgeBroadcastScriptActions({ communityId, ...row })),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const BroadcastRun: BroadcastRunResolvers<ResidentsContext> = { readBy: ({ readById }) => stub(readById) };

export const broadcastTypes = { BroadcastScript, BroadcastRun };

export const broadcastQueries: Pick<QueryResolvers<ResidentsContext>, 'broadcastScript' | 'broadcastScripts'> = {
  broadcastScript: (_parent, { id }, ctx) => ifVisible(ctx, 'BroadcastScript', ctx.loaders.broadcastScript.load(id)),
  broadcastScripts: (_parent, args, ctx) =>
    connection(ctx, (tx) => broadcastScriptQuery(tx, args.filter ?? {}), broadcastScriptOrders[args.orderBy], args),
};

const script = answering('broadcastScript', ({ loaders }) => loaders.broadcastScript);

export const broadcastMutations = {
  draftBroadcastScript: script(draftBroadcastScript),
  changeBroadcastScript: script(changeBroadcastScript),
  approveBroadcastScript: script(approveBroadcastScript),
  scheduleBroadcastScript: script(scheduleBroadcastScript),
  recordBroadcast: script(recordBroadcast),
  withdrawBroadcastScript: script(withdrawBroadcastScript),
} satisfies Partial<MutationResolvers<ResidentsContext>>;
