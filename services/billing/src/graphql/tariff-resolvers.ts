import { availableActions, historyOf, loaded } from '@steward/service-kit';

import {
  judgeApportionmentActions,
  judgeMeterActions,
  judgeOpeningActions,
  judgeTariffActions,
} from '../commands/judge-charging-actions.ts';
import { openingReconciliation } from '../commands/opening-reconciliation.ts';
import { meterReadingList, shareList, type ReadingRow, type ShareRow } from '../db/charging-list-queries.ts';
import type { BillingContext } from '../db/loaders.ts';
import { childList } from './child-list.ts';
import { chargeTypeValue } from './code-value.ts';
import type {
  ApportionmentResolvers,
  ApportionmentShareResolvers,
  ChargeTypeResolvers,
  MeterReadingImportResolvers,
  MeterResolvers,
  OpeningImportResolvers,
  PrepaidNoticeResolvers,
  PrepaidSummaryResolvers,
  TariffResolvers,
} from './generated.ts';
import { stubOf } from './stub-of.ts';

const ChargeType: ChargeTypeResolvers<BillingContext> = { chargeType: ({ code }) => chargeTypeValue(code) };

const Tariff: TariffResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.tariff.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeTariffActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const currencyOf = (ctx: BillingContext, communityId: string) =>
  loaded(ctx.loaders.currencyOfCommunity.load(communityId));

const Meter: MeterResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.meter.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  unit: ({ unitId }) => stubOf(unitId),
  balance: async ({ isPrepaid, balance: amount, communityId }, _args, ctx) =>
    isPrepaid ? { amount, currency: await currencyOf(ctx, communityId) } : null,
  prepaidNotices: async ({ id, communityId }, _args, ctx) => {
    const currency = await currencyOf(ctx, communityId);
    return (await ctx.loaders.prepaidNotices.load(id)).map((notice) => ({ ...notice, currency }));
  },
  readings: ({ id: parentId }, args, ctx) =>
    childList<ReadingRow>(ctx, meterReadingList, args, { parentId, place: ({ takenOn }) => takenOn }),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeMeterActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PrepaidNotice: PrepaidNoticeResolvers<BillingContext> = {
  balance: ({ balance: amount, currency }) => ({ amount, currency }),
  limit: ({ limitAmount: amount, currency }) => ({ amount, currency }),
};

const PrepaidSummary: PrepaidSummaryResolvers<BillingContext> = {
  toppedUp: ({ toppedUp: amount, currency }) => ({ amount, currency }),
  used: ({ used: amount, currency }) => ({ amount, currency }),
  balance: ({ balance: amount, currency }) => ({ amount, currency }),
};

const MeterReadingImport: MeterReadingImportResolvers<BillingContext> = {
  meter: ({ meterId }, _args, ctx) => (meterId === null ? null : ctx.loaders.meter.load(meterId)),
};

const Apportionment: ApportionmentResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.apportionment.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  chargeType: ({ chargeTypeCode }) => chargeTypeValue(chargeTypeCode),
  place: ({ placeId }) => stubOf(placeId),
  total: ({ totalAmount: amount, currency }) => ({ amount, currency }),
  shares: async ({ id: parentId, currency }, args, ctx) => {
    const place = ({ bearer }: ShareRow): string => bearer;
    const page = await childList<ShareRow>(ctx, shareList, args, { parentId, place });
    const priced = (row: ShareRow) => ({ ...row, currency });
    const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: priced(node) }));
    return { ...page, edges, nodes: page.nodes.map(priced) };
  },
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeApportionmentActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ApportionmentShare: ApportionmentShareResolvers<BillingContext> = {
  unit: ({ unitId }) => stubOf(unitId),
  amount: ({ amount, currency }) => ({ amount, currency }),
};

const OpeningImport: OpeningImportResolvers<BillingContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.openingImport.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  reconciliation: (row, _args, ctx) => ctx.read((tx) => openingReconciliation(tx, row)),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeOpeningActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const tariffTypes = {
  ChargeType,
  Tariff,
  Meter,
  PrepaidNotice,
  PrepaidSummary,
  MeterReadingImport,
  Apportionment,
  ApportionmentShare,
  OpeningImport,
};
