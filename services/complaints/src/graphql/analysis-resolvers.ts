import {
  availableActions,
  codeValue,
  communityScope,
  connection,
  historyOf,
  loaded,
  zoneOfNamed,
} from '@steward/service-kit';

import { judgeProblemActions, judgeReportActions } from '../commands/judge-actions.ts';
import { planRecurringProblemPrevention } from '../commands/plan-recurring-problem-prevention.ts';
import { reviewComplaintReport } from '../commands/review-complaint-report.ts';
import { problemOrders, problemsQuery, reportOrders, reportsQuery } from '../db/analysis-queries.ts';
import type { ComplaintContext } from '../db/loaders.ts';
import { complaintStatistics } from '../db/statistics-queries.ts';
import type { ComplaintStatistics as Statistics } from '../domain/complaint-report.ts';
import type {
  ComplaintCodeStatisticsResolvers,
  ComplaintReportResolvers,
  ComplaintStatisticsResolvers,
  MutationResolvers,
  QueryResolvers,
  RecurringProblemResolvers,
} from './generated.ts';

type Queries = Pick<
  QueryResolvers<ComplaintContext>,
  'complaintReports' | 'complaintStatistics' | 'recurringProblem' | 'recurringProblems'
>;
type Mutations = Pick<MutationResolvers<ComplaintContext>, 'planRecurringProblemPrevention' | 'reviewComplaintReport'>;

type Days = { communityId: string; from: string; to: string };

async function statisticsOf(ctx: ComplaintContext, { communityId, from: startsOn, to: endsOn }: Days) {
  communityScope(ctx.viewer, communityId);
  const figures = await ctx.read(async (tx) =>
    complaintStatistics(tx, { communityId, startsOn, endsOn, zone: await zoneOfNamed(tx, communityId) }),
  );
  return { ...figures, communityId };
}

export const analysisQueries: Queries = {
  complaintStatistics: (_parent, args, ctx) => statisticsOf(ctx, args),
  complaintReports: (_parent, args, ctx) => {
    const communities = communityScope(ctx.viewer, args.filter?.communityId);
    return connection(ctx, (tx) => reportsQuery(tx, args.filter ?? {}, communities), reportOrders[args.orderBy], args);
  },
  recurringProblem: (_parent, { id }, ctx) => ctx.loaders.problem.load(id),
  recurringProblems: (_parent, args, ctx) => {
    const communities = communityScope(ctx.viewer, args.filter?.communityId);
    const order = problemOrders[args.orderBy];
    return connection(ctx, (tx) => problemsQuery(tx, args.filter ?? {}, communities), order, args);
  },
};

export const analysisMutations: Mutations = {
  planRecurringProblemPrevention: async (_parent, { input }, ctx) => ({
    recurringProblem: await ctx.command(planRecurringProblemPrevention, input),
  }),
  reviewComplaintReport: async (_parent, { input }, ctx) => ({
    complaintReport: await ctx.command(reviewComplaintReport, input),
  }),
};

const RecurringProblem: RecurringProblemResolvers<ComplaintContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.problem.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  category: ({ communityId, categoryCode }, _args, ctx) => codeValue(ctx, communityId, 'CATEGORY', categoryCode),
  building: ({ buildingId }) => (buildingId === null ? null : { id: buildingId }),
  complaints: async ({ id }, _args, ctx) => {
    const links = await ctx.loaders.complaintsOfProblem.load(id);
    return Promise.all(links.map((link) => loaded(ctx.loaders.complaint.load(link.id))));
  },
  cause: ({ causeSealed }, _args, ctx) => (causeSealed === null ? null : ctx.open(causeSealed)),
  prevention: ({ preventionSealed }, _args, ctx) => (preventionSealed === null ? null : ctx.open(preventionSealed)),
  owner: ({ ownerId }) => (ownerId === null ? null : { id: ownerId }),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (problem, _args, ctx) => availableActions(ctx, problem, judgeProblemActions(problem)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ComplaintReport: ComplaintReportResolvers<ComplaintContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.report.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  statistics: ({ statistics, communityId }) => ({ ...statistics, communityId }),
  conclusion: ({ conclusionSealed }, _args, ctx) => (conclusionSealed === null ? null : ctx.open(conclusionSealed)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (report, _args, ctx) => availableActions(ctx, report, judgeReportActions(report)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

type Counted = Statistics & { communityId: string };

const counted = (rows: Statistics['categories'], { communityId }: Counted, kind: 'CATEGORY' | 'CHANNEL') =>
  rows.map((row) => ({ ...row, communityId, kind }));

const ComplaintStatistics: ComplaintStatisticsResolvers<ComplaintContext> = {
  categories: (figures) => counted(figures.categories, figures, 'CATEGORY'),
  channels: (figures) => counted(figures.channels, figures, 'CHANNEL'),
  departments: ({ departments }) => departments.map(({ code: departmentCode, count }) => ({ departmentCode, count })),
};

const ComplaintCodeStatistics: ComplaintCodeStatisticsResolvers<ComplaintContext> = {
  code: ({ communityId, kind, code }, _args, ctx) => codeValue(ctx, communityId, kind, code),
};

type Payload<Name extends string> = Record<Name, { id: string }>;

export const analysisTypes = {
  RecurringProblem,
  ComplaintReport,
  ComplaintStatistics,
  ComplaintCodeStatistics,
  PlanRecurringProblemPreventionPayload: {
    recurringProblem: (payload: Payload<'recurringProblem'>, _args: unknown, ctx: ComplaintContext) =>
      loaded(ctx.loaders.problem.load(payload.recurringProblem.id)),
  },
  ReviewComplaintReportPayload: {
    complaintReport: (payload: Payload<'complaintReport'>, _args: unknown, ctx: ComplaintContext) =>
      loaded(ctx.loaders.report.load(payload.complaintReport.id)),
  },
};
