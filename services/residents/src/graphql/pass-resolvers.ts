import { availableActions, communityScope, connection, historyOf, loaded, type Command } from '@steward/service-kit';

import { approvePass } from '../commands/approve-pass.ts';
import { checksOfPass, judgePassActions } from '../commands/judge-pass-actions.ts';
import { requestPass } from '../commands/request-pass.ts';
import { resumePass } from '../commands/resume-pass.ts';
import { suspendPass } from '../commands/suspend-pass.ts';
import { verifyPass } from '../commands/verify-pass.ts';
import { withdrawPass } from '../commands/withdraw-pass.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { passIdByCode, passOrders, passQuery } from '../db/pass-queries.ts';
import type { MutationResolvers, PassResolvers, PassUseResolvers, QueryResolvers } from './generated.ts';
import { opened } from './opened.ts';
import { subjectOfPass } from './pass-access.ts';
import { ifVisible } from './visible.ts';

type PassQueries = Pick<QueryResolvers<ResidentsContext>, 'pass' | 'passes' | 'passToVerify'>;
type PassMutations = Pick<
  MutationResolvers<ResidentsContext>,
  'approvePass' | 'requestPass' | 'resumePass' | 'suspendPass' | 'verifyPass' | 'withdrawPass'
>;

/** Runs a command on a pass and answers the pass as it then stands. */
async function changed<Input>(ctx: ResidentsContext, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { pass: await loaded(ctx.loaders.pass.load(id)) };
}

/** Pictures that are there; one that is gone leaves no gap. */
export async function filesOf(ctx: ResidentsContext, ids: readonly string[]) {
  const found = await Promise.all(ids.map((id) => ctx.loaders.file.load(id)));
  return found.filter((file) => file !== null);
}

export const passQueries: PassQueries = {
  pass: (_parent, { id }, ctx) => ifVisible(ctx, 'Pass', ctx.loaders.pass.load(id)),
  passes: (_parent, args, ctx) => {
    const filter = args.filter ?? {};
    const communities = communityScope(ctx.viewer, filter.communityId);
    const sealed = filter.plate == null ? [] : ['Pass.plate'];
    return connection(ctx, (tx) => passQuery(tx, filter, communities), passOrders[args.orderBy], args, sealed);
  },
  passToVerify: async (_parent, { communityId, code }, ctx) => {
    communityScope(ctx.viewer, communityId);
    const id = await ctx.read((tx) => passIdByCode(tx, communityId, code));
    return id === null ? null : ifVisible(ctx, 'Pass', ctx.loaders.pass.load(id));
  },
};

export const passMutations: PassMutations = {
  requestPass: (_parent, { input }, ctx) => changed(ctx, requestPass, input),
  approvePass: (_parent, { input }, ctx) => changed(ctx, approvePass, input),
  suspendPass: (_parent, { input }, ctx) => changed(ctx, suspendPass, input),
  resumePass: (_parent, { input }, ctx) => changed(ctx, resumePass, input),
  withdrawPass: (_parent, { input }, ctx) => changed(ctx, withdrawPass, input),
  verifyPass: (_parent, { input }, ctx) => changed(ctx, verifyPass, input),
};

const Pass: PassResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.pass.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  code: ({ status, code }) => (status === 'VALID' ? code : null),
  household: ({ householdId: id }, _args, ctx) => (id === null ? null : ctx.loaders.household.load(id)),
  unit: ({ unitId: id }, _args, ctx) => (id === null ? null : ctx.loaders.place.load(id)),
  organisation: ({ organisationId: id }, _args, ctx) => (id === null ? null : ctx.loaders.organisation.load(id)),
  holderName: ({ holderNameSealed }, _args, ctx) => opened(ctx, holderNameSealed),
  plate: ({ plateSealed }, _args, ctx) => opened(ctx, plateSealed),
  photos: ({ photoFileIds }, _args, ctx) => filesOf(ctx, photoFileIds),
  reason: ({ reasonCode: code }) => (code === null ? null : { code, labelKey: `passReason.${code}` }),
  usedGate: ({ usedGateId: id }, _args, ctx) => (id === null ? null : ctx.loaders.place.load(id)),
  checks: (pass) => checksOfPass(pass),
  uses: async ({ id }, _args, ctx) => ctx.loaders.usesOfPass.load(id),
  availableActions: (pass, _args, ctx) => availableActions(ctx, subjectOfPass(pass), judgePassActions(pass)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PassUse: PassUseResolvers<ResidentsContext> = {
  gate: ({ gateId }, _args, ctx) => loaded(ctx.loaders.place.load(gateId)),
  guard: ({ guardId: id }) => (id === null ? null : { id }),
  photos: ({ photoFileIds }, _args, ctx) => filesOf(ctx, photoFileIds),
};

export const passTypes = { Pass, PassUse };
