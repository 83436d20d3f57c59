import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { appointMoveInReacceptance } from '../commands/appoint-move-in-reacceptance.ts';
import { cancelMoveIn } from '../commands/cancel-move-in.ts';
import { closeMoveIn } from '../commands/close-move-in.ts';
import { confirmMoveInHandover } from '../commands/confirm-move-in-handover.ts';
import { fileMoveInPapers } from '../commands/file-move-in-papers.ts';
import { inspectMoveIn, reacceptMoveIn } from '../commands/inspect-move-in.ts';
import { judgeMoveInActions, papersFor, readingsOf } from '../commands/judge-move-in.ts';
import { openMoveIn } from '../commands/open-move-in.ts';
import { recheckMoveInDefect } from '../commands/recheck-move-in-defect.ts';
import { recordMoveInReadings } from '../commands/record-move-in-readings.ts';
import { requestMoveInFee } from '../commands/request-move-in-fee.ts';
import { signMoveInAgreements } from '../commands/sign-move-in-agreements.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { moveInOrders, moveInQuery } from '../db/move-in-queries.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import type {
  MoveInDefectResolvers,
  MoveInPaperResolvers,
  MoveInResolvers,
  MutationResolvers,
  QueryResolvers,
} from './generated.ts';
import { opened } from './opened.ts';
import { answering, named, namedOrNull, stub } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const MoveIn: MoveInResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.moveIn.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  household: ({ householdId }, _args, ctx) => loaded(ctx.loaders.household.load(householdId)),
  unit: ({ unitId }, _args, ctx) => loaded(ctx.loaders.place.load(unitId)),
  coordinator: ({ coordinatorId }) => stub(coordinatorId),
  requiredPapers: async (moveIn, _args, ctx) => {
    const required = await ctx.read((tx) => papersFor(tx, moveIn));
    const filed = (await ctx.loaders.moveInPapers.load(moveIn.id)).map(({ kindCode }) => kindCode);
    return required.map(({ kindCode, rule }) => ({
      kind: named('documentKind', kindCode),
      rule,
      isFiled: filed.includes(kindCode),
    }));
  },
  papers: ({ id }, _args, ctx) => ctx.loaders.moveInPapers.load(id),
  checks: ({ id }, _args, ctx) => ctx.loaders.checks.load(id),
  readings: ({ waterReading, electricityReading, gasReading }) =>
    readingsOf({ WATER: waterReading, ELECTRICITY: electricityReading, GAS: gasReading }),
  defects: ({ id }, _args, ctx) => ctx.loaders.moveInDefects.load(id),
  cancelReason: ({ cancelReasonCode }) => namedOrNull('moveInCancelReason', cancelReasonCode),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  availableActions: (moveIn, _args, ctx) => availableActions(ctx, ofHousehold(moveIn), judgeMoveInActions(moveIn)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const MoveInPaper: MoveInPaperResolvers<ResidentsContext> = {
  kind: ({ kindCode }) => named('documentKind', kindCode),
  scan: ({ fileId }, _args, ctx) => (fileId === null ? null : ctx.loaders.file.load(fileId)),
};

const MoveInDefect: MoveInDefectResolvers<ResidentsContext> = {
  item: ({ itemCode }) => named('checkItem', itemCode),
  note: ({ noteSealed }, _args, ctx) => opened(ctx, noteSealed),
};

export const moveInTypes = { MoveIn, MoveInPaper, MoveInDefect };

export const moveInQueries: Pick<QueryResolvers<ResidentsContext>, 'moveIn' | 'moveIns'> = {
  moveIn: (_parent, { id }, ctx) => ifVisible(ctx, 'MoveIn', ctx.loaders.moveIn.load(id)),
  moveIns: (_parent, args, ctx) =>
    connection(ctx, (tx) => moveInQuery(tx, args.filter ?? {}), moveInOrders[args.orderBy], args),
};

const changing = answering('moveIn', (ctx) => ctx.loaders.moveIn);

export const moveInMutations = {
  openMoveIn: changing(openMoveIn),
  fileMoveInPapers: changing(fileMoveInPapers),
  signMoveInAgreements: changing(signMoveInAgreements),
  confirmMoveInHandover: changing(confirmMoveInHandover),
  requestMoveInFee: changing(requestMoveInFee),
  inspectMoveIn: changing(inspectMoveIn),
  recordMoveInReadings: changing(recordMoveInReadings),
  recheckMoveInDefect: changing(recheckMoveInDefect),
  appointMoveInReacceptance: changing(appointMoveInReacceptance),
  reacceptMoveIn: changing(reacceptMoveIn),
  closeMoveIn: changing(closeMoveIn),
  cancelMoveIn: changing(cancelMoveIn),
} satisfies Partial<MutationResolvers<ResidentsContext>>;
