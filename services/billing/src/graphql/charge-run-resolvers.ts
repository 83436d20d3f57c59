import { availableActions, historyOf, loaded, type PageArgs } from '@steward/service-kit';

import { judgeChargeRunActions } from '../commands/judge-charging-actions.ts';
import { lineMonths, ruleOfKind, tiersOfLine } from '../commands/line-facts.ts';
import { gapList, lineList, linesOfUnit, type GapRow, type LineRow } from '../db/charging-list-queries.ts';
import type { BillingContext } from '../db/loaders.ts';
import type { ChargeLine as Line } from '../db/charging-loaders.ts';
import type { ChargeRequest } from '../domain/charge-request.ts';
import { chargeReasonValue } from './charge-request-resolvers.ts';
import { childList } from './child-list.ts';
import { chargeTypeValue } from './code-value.ts';
import type {
  ChargeLineResolvers,
  ChargeRunGapResolvers,
  ChargeRunResolvers,
  ChargeRunTotalResolvers,
} from './generated.ts';
import { stubOf } from './stub-of.ts';

function linesOf(ctx: BillingContext, parentId: string, args: PageArgs & { unitId?: string | null }) {
  const place = ({ line }: LineRow): number => line;
  if (args.unitId == null) return childList<LineRow>(ctx, lineList, args, { parentId, place });
  return childList<LineRow>(ctx, linesOfUnit, args, { parentId, place, more: [args.unitId] });
}

const ChargeRun: ChargeRunResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.chargeRun.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  chargeTypes: ({ chargeTypeCodes }) => chargeTypeCodes.map(chargeTypeValue),
  total: ({ totalAmount: amount, currency }) => ({ amount, currency }),
  tax: ({ taxAmount: amount, currency }) => ({ amount, currency }),
  totals: async ({ id, currency }, _args, ctx) =>
    (await ctx.loaders.chargeRunTotals.load(id)).map((total) => ({ ...total, currency })),
  gaps: ({ id: parentId }, args, ctx) => childList<GapRow>(ctx, gapList, args, { parentId, place: ({ id }) => id }),
  lines: ({ id }, args, ctx) => linesOf(ctx, id, args),
  computedSteps: ({ computedChunks }) => computedChunks,
  postedSteps: ({ postedChunks }) => postedChunks,
  deadlines: ({ id }, _args, ctx) => ctx.loaders.chargeRunDeadlines.load(id),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeChargeRunActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ChargeRunTotal: ChargeRunTotalResolvers<BillingContext> = {
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  amount: ({ amount, currency }) => ({ amount, currency }),
  tax: ({ taxAmount: amount, currency }) => ({ amount, currency }),
};

const ChargeRunGap: ChargeRunGapResolvers<BillingContext> = {
  unit: ({ unitId }) => stubOf(unitId),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
};

/** What a charge was asked for by hand with; null for others. */
const requestOf = async ({ method, sourceId }: Line, ctx: BillingContext): Promise<ChargeRequest | null> =>
  method === 'BY_HAND' && sourceId !== null ? ctx.loaders.chargeRequest.load(sourceId) : null;

const ChargeLine: ChargeLineResolvers<BillingContext> = {
  unit: ({ unitId }) => stubOf(unitId),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  tariff: ({ tariffId }, _args, ctx) => (tariffId === null ? null : ctx.loaders.tariff.load(tariffId)),
  apportionment: ({ method, sourceId }, _args, ctx) =>
    method === 'SHARE' && sourceId !== null ? ctx.loaders.apportionment.load(sourceId) : null,
  request: (line, _args, ctx) => requestOf(line, ctx),
  reason: async (line, _args, ctx) => chargeReasonValue((await requestOf(line, ctx))?.reasonCode),
  explanation: async (line, _args, ctx) => {
    const request = await requestOf(line, ctx);
    return request === null ? null : ctx.open(request.explanationSealed);
  },
  months: (line) => lineMonths(line),
  tiers: async (line, _args, ctx) =>
    line.tariffId === null ? [] : tiersOfLine(line, await ctx.loaders.tariff.load(line.tariffId)),
  amount: async ({ amount, communityId }, _args, ctx) => ({
    amount,
    currency: await loaded(ctx.loaders.currencyOfCommunity.load(communityId)),
  }),
  tax: async ({ taxAmount: amount, communityId }, _args, ctx) => ({
    amount,
    currency: await loaded(ctx.loaders.currencyOfCommunity.load(communityId)),
  }),
  rule: ({ chargeTypeCode }) => ruleOfKind(chargeTypeCode),
};

export const chargeRunTypes = { ChargeRun, ChargeRunTotal, ChargeRunGap, ChargeLine };
