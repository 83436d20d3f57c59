import { availableActions, communityScope, connection, historyOf, loaded, type Command } from '@steward/service-kit';

import { cancelCustody } from '../commands/cancel-custody.ts';
import { endCustody } from '../commands/end-custody.ts';
import { judgeCustodyActions, usedOf } from '../commands/judge-custody-actions.ts';
import { recordCustodyPatrol } from '../commands/record-custody-patrol.ts';
import { recordCustodyReading } from '../commands/record-custody-reading.ts';
import { recordHeavyRainWarning } from '../commands/record-heavy-rain-warning.ts';
import { registerCustody } from '../commands/register-custody.ts';
import { signCustodyAgreement } from '../commands/sign-custody-agreement.ts';
import { startCustody } from '../commands/start-custody.ts';
import { custodyOrders, custodyQuery } from '../db/custody-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import type {
  CustodyPatrolResolvers,
  CustodyReadingResolvers,
  CustodyResolvers,
  MutationResolvers,
  QueryResolvers,
} from './generated.ts';
import { opened } from './opened.ts';
import { filesOf } from './pass-resolvers.ts';
import { ifVisible } from './visible.ts';

type CustodyQueries = Pick<QueryResolvers<ResidentsContext>, 'custody' | 'custodies'>;
type CustodyMutations = Pick<
  MutationResolvers<ResidentsContext>,
  | 'cancelCustody'
  | 'endCustody'
  | 'recordCustodyPatrol'
  | 'recordCustodyReading'
  | 'recordHeavyRainWarning'
  | 'registerCustody'
  | 'signCustodyAgreement'
  | 'startCustody'
>;

/** Runs a command on a custody and answers it as it then stands. */
async function changed<Input>(ctx: ResidentsContext, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { custody: await loaded(ctx.loaders.custody.load(id)) };
}

export const custodyQueries: CustodyQueries = {
  custody: (_parent, { id }, ctx) => ifVisible(ctx, 'Custody', ctx.loaders.custody.load(id)),
  custodies: (_parent, args, ctx) => {
    const filter = args.filter ?? {};
    const communities = communityScope(ctx.viewer, filter.communityId);
    return connection(ctx, (tx) => custodyQuery(tx, filter, communities), custodyOrders[args.orderBy], args);
  },
};

export const custodyMutations: CustodyMutations = {
  registerCustody: (_parent, { input }, ctx) => changed(ctx, registerCustody, input),
  signCustodyAgreement: (_parent, { input }, ctx) => changed(ctx, signCustodyAgreement, input),
  recordCustodyReading: (_parent, { input }, ctx) => changed(ctx, recordCustodyReading, input),
  startCustody: (_parent, { input }, ctx) => changed(ctx, startCustody, input),
  recordCustodyPatrol: (_parent, { input }, ctx) => changed(ctx, recordCustodyPatrol, input),
  endCustody: (_parent, { input }, ctx) => changed(ctx, endCustody, input),
  cancelCustody: (_parent, { input }, ctx) => changed(ctx, cancelCustody, input),
  recordHeavyRainWarning: async (_parent, { input }, ctx) => {
    const { id } = await ctx.command(recordHeavyRainWarning, input);
    return { warning: await loaded(ctx.loaders.heavyRainWarning.load(id)) };
  },
};

const Custody: CustodyResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.custody.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  household: ({ householdId }, _args, ctx) => loaded(ctx.loaders.household.load(householdId)),
  unit: ({ unitId }, _args, ctx) => loaded(ctx.loaders.place.load(unitId)),
  coordinator: ({ coordinatorId: id }) => (id === null ? null : { id }),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  waterUsedM3: ({ startWaterM3, lastWaterM3 }) => usedOf(startWaterM3, lastWaterM3),
  electricityUsedKwh: ({ startElectricityKwh, lastElectricityKwh }) => usedOf(startElectricityKwh, lastElectricityKwh),
  readings: ({ id }, _args, ctx) => ctx.loaders.readingsOfCustody.load(id),
  patrols: ({ id }, _args, ctx) => ctx.loaders.patrolsOfCustody.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) => availableActions(ctx, ofHousehold(row), judgeCustodyActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const CustodyReading: CustodyReadingResolvers<ResidentsContext> = {
  reader: ({ takenBy: id }) => (id === null ? null : { id }),
  photos: ({ photoFileIds }, _args, ctx) => filesOf(ctx, photoFileIds),
};

const CustodyPatrol: CustodyPatrolResolvers<ResidentsContext> = {
  guard: ({ patrolledBy: id }) => (id === null ? null : { id }),
  findings: ({ findingCodes }) => findingCodes.map((code) => ({ code, labelKey: `custodyFinding.${code}` })),
  note: ({ noteSealed }, _args, ctx) => opened(ctx, noteSealed),
  photos: ({ photoFileIds }, _args, ctx) => filesOf(ctx, photoFileIds),
};

export const custodyTypes = { Custody, CustodyReading, CustodyPatrol };
