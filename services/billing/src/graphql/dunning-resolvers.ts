import { availableActions, historyOf } from '@steward/service-kit';

import { judgeDunningCase } from '../commands/judge-counter-actions.ts';
import type { BillingContext } from '../db/loaders.ts';
import { filesOf, money, stub } from './counter-values.ts';
import type { DunningCaseResolvers, DunningStepResolvers } from './generated.ts';

const DunningCase: DunningCaseResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dunningCase.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  billingAccount: ({ billingAccountId }, _args, ctx) => ctx.loaders.billingAccount.load(billingAccountId),
  unit: ({ unitId }) => stub(unitId),
  household: ({ householdId }) => stub(householdId),
  listedAmount: ({ listedAmount, currency }) => money(listedAmount, currency),
  steps: async ({ id, currency }, _args, ctx) =>
    (await ctx.loaders.dunningStepsOf.load(id)).map((step) => ({ ...step, currency })),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.counterDeadlines.load(id),
  availableActions: (found, _args, ctx) =>
    availableActions(ctx, { communityId: found.communityId }, judgeDunningCase(found)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DunningStep: DunningStepResolvers<BillingContext> = {
  amount: ({ amount, currency }) => money(amount, currency),
  dueOn: ({ payBy }) => payBy,
  proofs: ({ proofFileIds }, _args, ctx) => filesOf(ctx, proofFileIds),
  note: ({ noteSealed }, _args, ctx) => (noteSealed === null ? null : ctx.open(noteSealed)),
  staff: ({ staffId }) => stub(staffId),
};

export const dunningTypes = { DunningCase, DunningStep };
