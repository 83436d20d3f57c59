import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { cancelCounterSignRoute } from '../commands/cancel-counter-sign-route.ts';
import { judgeCounterSignRouteActions } from '../commands/desk-service-grants.ts';
import { departmentInTurn } from '../commands/judge-counter-sign-route.ts';
import { openCounterSignRoute } from '../commands/open-counter-sign-route.ts';
import { resubmitCounterSignRoute } from '../commands/resubmit-counter-sign-route.ts';
import { returnCounterSignRoute } from '../commands/return-counter-sign-route.ts';
import { signCounterSignRoute } from '../commands/sign-counter-sign-route.ts';
import { counterSignRouteOrders, counterSignRouteQuery } from '../db/counter-sign-route-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type {
  CounterSignRouteResolvers,
  CounterSignStepResolvers,
  MutationResolvers,
  QueryResolvers,
} from './generated.ts';
import { opened } from './opened.ts';
import { answering, named, namedOrNull, stub } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const CounterSignRoute: CounterSignRouteResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.counterSignRoute.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  title: ({ titleSealed }, _args, ctx) => ctx.open(titleSealed),
  departments: ({ departmentCodes }) => departmentCodes.map((code) => named('department', code)),
  nextDepartment: (route) => namedOrNull('department', departmentInTurn(route)),
  openedBy: ({ openedById }) => stub(openedById),
  steps: async ({ id }, _args, ctx) => (await ctx.loaders.stepsOfRoute.load(id)) ?? [],
  reason: ({ reasonCode }) => namedOrNull('counterSignReason', reasonCode),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  availableActions: (route, _args, ctx) =>
    availableActions(ctx, { communityId: route.communityId }, judgeCounterSignRouteActions(route)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const CounterSignStep: CounterSignStepResolvers<ResidentsContext> = {
  department: ({ departmentCode }) => named('department', departmentCode),
  decidedBy: ({ decidedById }) => stub(decidedById),
  reason: ({ reasonSealed }, _args, ctx) => opened(ctx, reasonSealed),
};

export const counterSignTypes = { CounterSignRoute, CounterSignStep };

export const counterSignQueries: Pick<QueryResolvers<ResidentsContext>, 'counterSignRoute' | 'counterSignRoutes'> = {
  counterSignRoute: (_parent, { id }, ctx) => ifVisible(ctx, 'CounterSignRoute', ctx.loaders.counterSignRoute.load(id)),
  counterSignRoutes: (_parent, args, ctx) =>
    connection(ctx, (tx) => counterSignRouteQuery(tx, args.filter ?? {}), counterSignRouteOrders[args.orderBy], args),
};

const route = answering('counterSignRoute', ({ loaders }) => loaders.counterSignRoute);

export const counterSignMutations = {
  openCounterSignRoute: route(openCounterSignRoute),
  signCounterSignRoute: route(signCounterSignRoute),
  returnCounterSignRoute: route(returnCounterSignRoute),
  resubmitCounterSignRoute: route(resubmitCounterSignRoute),
  cancelCounterSignRoute: route(cancelCounterSignRoute),
} satisfies Partial<MutationResolvers<ResidentsContext>>;
