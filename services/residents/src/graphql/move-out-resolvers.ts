import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { cancelMoveOut } from '../commands/cancel-move-out.ts';
import { closeMoveOut } from '../commands/close-move-out.ts';
import { counterSignMoveOut } from '../commands/counter-sign-move-out.ts';
import { inspectMoveOut } from '../commands/inspect-move-out.ts';
import { readingsOf } from '../commands/judge-move-in.ts';
import { judgeMoveOutActions } from '../commands/judge-move-out.ts';
import { openMoveOut } from '../commands/open-move-out.ts';
import { requestMoveOutSettlement } from '../commands/request-move-out-settlement.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { moveOutOrders, moveOutQuery } from '../db/move-out-queries.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import type { MoveOutResolvers, MutationResolvers, QueryResolvers } from './generated.ts';
import { answering, named, namedOrNull } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const MoveOut: MoveOutResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.moveOut.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  household: ({ householdId }, _args, ctx) => loaded(ctx.loaders.household.load(householdId)),
  unit: ({ unitId }, _args, ctx) => loaded(ctx.loaders.place.load(unitId)),
  checks: ({ id }, _args, ctx) => ctx.loaders.checks.load(id),
  readings: ({ waterReading, electricityReading, gasReading }) =>
    readingsOf({ WATER: waterReading, ELECTRICITY: electricityReading, GAS: gasReading }),
  counterSigned: ({ counterSigned }) => counterSigned.map((code) => named('department', code)),
  cancelReason: ({ cancelReasonCode }) => namedOrNull('moveOutCancelReason', cancelReasonCode),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  availableActions: (moveOut, _args, ctx) => availableActions(ctx, ofHousehold(moveOut), judgeMoveOutActions(moveOut)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const moveOutTypes = { MoveOut };

export const moveOutQueries: Pick<QueryResolvers<ResidentsContext>, 'moveOut' | 'moveOuts'> = {
  moveOut: (_parent, { id }, ctx) => ifVisible(ctx, 'MoveOut', ctx.loaders.moveOut.load(id)),
  moveOuts: (_parent, args, ctx) =>
    connection(ctx, (tx) => moveOutQuery(tx, args.filter ?? {}), moveOutOrders[args.orderBy], args),
};

const changing = answering('moveOut', (ctx) => ctx.loaders.moveOut);

export const moveOutMutations = {
  openMoveOut: changing(openMoveOut),
  inspectMoveOut: changing(inspectMoveOut),
  requestMoveOutSettlement: changing(requestMoveOutSettlement),
  counterSignMoveOut: changing(counterSignMoveOut),
  closeMoveOut: changing(closeMoveOut),
  cancelMoveOut: changing(cancelMoveOut),
} satisfies Partial<MutationResolvers<ResidentsContext>>;
