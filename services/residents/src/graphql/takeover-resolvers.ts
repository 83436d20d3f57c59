import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { checkTakeover } from '../commands/check-takeover.ts';
import { judgeTakeoverActions } from '../commands/judge-takeover.ts';
import { openTakeover } from '../commands/open-takeover.ts';
import { recheckTakeoverDefect } from '../commands/recheck-takeover-defect.ts';
import { signTakeover } from '../commands/sign-takeover.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { takeoverOrders, takeoverQuery } from '../db/takeover-queries.ts';
import type { MutationResolvers, QueryResolvers, TakeoverDefectResolvers, TakeoverResolvers } from './generated.ts';
import { opened } from './opened.ts';
import { answering, named, stub } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const Takeover: TakeoverResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.takeover.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  place: ({ placeId }, _args, ctx) => loaded(ctx.loaders.place.load(placeId)),
  developer: ({ developerId }, _args, ctx) => loaded(ctx.loaders.organisation.load(developerId)),
  coordinator: ({ coordinatorId }) => stub(coordinatorId),
  checks: ({ id }, _args, ctx) => ctx.loaders.checks.load(id),
  defects: ({ id }, _args, ctx) => ctx.loaders.takeoverDefects.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  availableActions: (takeover, _args, ctx) => {
    const { communityId } = takeover;
    return availableActions(ctx, { communityId }, judgeTakeoverActions(takeover));
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const TakeoverDefect: TakeoverDefectResolvers<ResidentsContext> = {
  item: ({ itemCode }) => named('checkItem', itemCode),
  note: ({ noteSealed }, _args, ctx) => opened(ctx, noteSealed),
};

export const takeoverTypes = { Takeover, TakeoverDefect };

export const takeoverQueries: Pick<QueryResolvers<ResidentsContext>, 'takeover' | 'takeovers'> = {
  takeover: (_parent, { id }, ctx) => ifVisible(ctx, 'Takeover', ctx.loaders.takeover.load(id)),
  takeovers: (_parent, args, ctx) =>
    connection(ctx, (tx) => takeoverQuery(tx, args.filter ?? {}), takeoverOrders[args.orderBy], args),
};

const changing = answering('takeover', (ctx) => ctx.loaders.takeover);

export const takeoverMutations = {
  openTakeover: changing(openTakeover),
  checkTakeover: changing(checkTakeover),
  signTakeover: changing(signTakeover),
  recheckTakeoverDefect: changing(recheckTakeoverDefect),
} satisfies Partial<MutationResolvers<ResidentsContext>>;
