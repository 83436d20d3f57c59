import {
  availableActions,
  codeValue,
  communityScope,
  connection,
  historyOf,
  judgeActions,
  loaded,
  zoneOfNamed,
} from '@steward/service-kit';

import { checkWorkOrderMonthlyReport } from '../commands/check-work-order-monthly-report.ts';
import { proposeStaffMeasure } from '../commands/propose-staff-measure.ts';
import { rateSample } from '../commands/rate-sample.ts';
import { recordWorkOrderSampleVisit } from '../commands/record-work-order-sample-visit.ts';
import { reportOrders, reportsQuery, sampleOrders, samplesQuery } from '../db/review-list-queries.ts';
import type { WorkOrderContext } from '../db/loaders.ts';
import type { ReviewContext } from '../db/review-loaders.ts';
import { summarizeDamages } from '../commands/summarize-damages.ts';
import { monthlyStatistics } from '../db/statistics-queries.ts';
import type { StaffMeasureProposal, WorkOrderSampleEntry } from '../domain/review.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  WorkOrderMonthlyReportResolvers,
  WorkOrderSampleResolvers,
} from './generated.ts';

type ReviewQueries = Pick<
  QueryResolvers<ReviewContext>,
  'workOrderDamageSummary' | 'workOrderMonthlyReports' | 'workOrderMonthlyStatistics' | 'workOrderSamples'
>;
type ReviewMutations = Pick<
  MutationResolvers<ReviewContext>,
  'checkWorkOrderMonthlyReport' | 'proposeStaffMeasure' | 'recordWorkOrderSampleVisit'
>;
type OfMonth = { communityId: string; month: string };

/** Figures of a community carry it along, so that the names of its own codes can be found. */
const within = <T extends object>(communityId: string, rows: readonly T[]): (T & { communityId: string })[] =>
  rows.map((row) => ({ ...row, communityId }));

async function statisticsOf(ctx: ReviewContext, { communityId, month }: OfMonth) {
  communityScope(ctx.viewer, communityId);
  const figures = await ctx.read(async (tx) =>
    monthlyStatistics(tx, { communityId, month, zone: await zoneOfNamed(tx, communityId) }),
  );
  return { ...figures, trades: within(communityId, figures.trades) };
}

async function damagesOf(ctx: ReviewContext, { communityId, month }: OfMonth) {
  communityScope(ctx.viewer, communityId);
  const damages = await ctx.read(async (tx) =>
    summarizeDamages(tx, { communityId, month, zone: await zoneOfNamed(tx, communityId) }),
  );
  return within(communityId, damages);
}

export const reviewQueries: ReviewQueries = {
  workOrderMonthlyStatistics: (_parent, args, ctx) => statisticsOf(ctx, args),
  workOrderDamageSummary: (_parent, args, ctx) => damagesOf(ctx, args),
  workOrderMonthlyReports: (_parent, args, ctx) => {
    const communities = communityScope(ctx.viewer, args.filter?.communityId);
    return connection(ctx, (tx) => reportsQuery(tx, args.filter ?? {}, communities), reportOrders[args.orderBy], args);
  },
  workOrderSamples: (_parent, args, ctx) => {
    const communities = communityScope(ctx.viewer, args.filter?.communityId);
    return connection(ctx, (tx) => samplesQuery(tx, args.filter ?? {}, communities), sampleOrders[args.orderBy], args);
  },
};

export const reviewMutations: ReviewMutations = {
  recordWorkOrderSampleVisit: async (_parent, { input }, ctx) => ({
    workOrderSample: await ctx.command(recordWorkOrderSampleVisit, input),
  }),
  checkWorkOrderMonthlyReport: async (_parent, { input }, ctx) => ({
    workOrderMonthlyReport: await ctx.command(checkWorkOrderMonthlyReport, input),
  }),
  proposeStaffMeasure: async (_parent, { input }, ctx) => ({
    workOrderMonthlyReport: await ctx.command(proposeStaffMeasure, input),
  }),
};

const WorkOrderSample: WorkOrderSampleResolvers<ReviewContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.sample.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  orders: ({ id }, _args, ctx) => ctx.loaders.ordersOfSample.load(id),
  meanRating: async ({ id }, _args, ctx) => rateSample(await ctx.loaders.ordersOfSample.load(id)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (sample, _args, ctx) => {
    const action = 'recordWorkOrderSampleVisit';
    const over = { reason: 'ILLEGAL_TRANSITION', rule: 'A242', params: { action, status: sample.status } };
    const judged = judgeActions([action], () => (sample.status === 'OPEN' ? null : over));
    return availableActions(ctx, sample, judged);
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const WorkOrderMonthlyReport: WorkOrderMonthlyReportResolvers<ReviewContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.monthlyReport.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  statistics: ({ communityId, statistics }) => ({ ...statistics, trades: within(communityId, statistics.trades) }),
  damages: ({ communityId, damages }) => within(communityId, damages),
  proposals: ({ id }, _args, ctx) => ctx.loaders.proposalsOfReport.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (report, _args, ctx) => {
    const action = 'checkWorkOrderMonthlyReport';
    const over = { reason: 'ILLEGAL_TRANSITION', rule: 'A244', params: { action, status: report.status } };
    const judged = judgeActions([action], () => (report.status === 'ISSUED' ? null : over));
    return availableActions(ctx, report, [...judged, ...judgeActions(['proposeStaffMeasure'])]);
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ofSample = {
  workOrderSample: (payload: { workOrderSample: { id: string } }, _args: unknown, ctx: ReviewContext) =>
    loaded(ctx.loaders.sample.load(payload.workOrderSample.id)),
};
const ofReport = {
  workOrderMonthlyReport: (payload: { workOrderMonthlyReport: { id: string } }, _args: unknown, ctx: ReviewContext) =>
    loaded(ctx.loaders.monthlyReport.load(payload.workOrderMonthlyReport.id)),
};

type Coded = { communityId: string; tradeCode: string; problemCode: string; buildingId: string | null };
const trade = ({ communityId, tradeCode }: Coded, _args: unknown, ctx: ReviewContext) =>
  codeValue(ctx, communityId, 'TRADE', tradeCode);

export const reviewTypes = {
  WorkOrderSample,
  WorkOrderMonthlyReport,
  RecordWorkOrderSampleVisitPayload: ofSample,
  CheckWorkOrderMonthlyReportPayload: ofReport,
  ProposeStaffMeasurePayload: ofReport,
  WorkOrderTradeStatistics: { trade },
  WorkOrderDamage: {
    trade,
    building: ({ buildingId }: Coded) => (buildingId === null ? null : { id: buildingId }),
    problem: ({ communityId, problemCode }: Coded, _args: unknown, ctx: ReviewContext) =>
      codeValue(ctx, communityId, 'PROBLEM', problemCode),
  },
  WorkOrderSampleEntry: {
    workOrder: ({ workOrderId }: WorkOrderSampleEntry, _args: unknown, ctx: WorkOrderContext) =>
      ctx.loaders.workOrder.load(workOrderId),
    note: ({ noteSealed }: WorkOrderSampleEntry, _args: unknown, ctx: ReviewContext) =>
      noteSealed === null ? null : ctx.open(noteSealed),
  },
  StaffMeasureProposal: {
    staffMember: ({ staffId }: StaffMeasureProposal) => ({ id: staffId }),
    reason: ({ reasonSealed }: StaffMeasureProposal, _args: unknown, ctx: ReviewContext) => ctx.open(reasonSealed),
  },
};
