import { DomainError } from '@steward/core';
import { availableActions, communityScope, connection, historyOf, loaded, type Order } from '@steward/service-kit';

import { readBallot, recount } from '../commands/count-owner-vote.ts';
import {
  isSpecialVote,
  judgeSurveyActions,
  judgeVisitPlanActions,
  judgeVoteActions,
} from '../commands/judge-survey-actions.ts';
import type { CommunityEventsContext, NamedAnswer } from '../db/loaders.ts';
import { surveyQuery, visitPlanQuery } from '../db/survey-queries.ts';
import { ownerVoteQuery } from '../db/vote-queries.ts';
import type { Survey as SurveyRow } from '../domain/survey.ts';
import type {
  OwnerVoteResolvers,
  PlannedVisitResolvers,
  QueryResolvers,
  SurveyAnswerResolvers,
  SurveyResolvers,
  VisitPlanResolvers,
} from './generated.ts';
import { within } from './within.ts';

type Ctx = CommunityEventsContext;
type Queries = Pick<
  QueryResolvers<Ctx>,
  'survey' | 'surveys' | 'visitPlans' | 'ownerVote' | 'ownerVotes' | 'ownerVoteRecount' | 'ballotOfReceipt'
>;

const orders = {
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
  MONTH_DESC: { property: 'month', direction: 'DESC' },
  MONTH_ASC: { property: 'month', direction: 'ASC' },
} as const satisfies Record<string, Order>;

/** Whom a survey went to is staff's to know, and a household's of itself. */
async function isTheirs(ctx: Ctx, householdId: string): Promise<boolean> {
  return ctx.viewer.actor !== 'person' || (await ctx.ownHouseholds()).includes(householdId);
}

async function requireOwn(ctx: Ctx, householdId: string | null | undefined): Promise<void> {
  if (householdId == null || (await isTheirs(ctx, householdId))) return;
  throw new DomainError('NOT_FOUND', 'NOT_FOUND', { path: 'filter.householdId' });
}

/** What a household answered in its own name: for staff once the survey is closed. */
async function answersOf(ctx: Ctx, { id, closedAt }: SurveyRow, householdId: string): Promise<NamedAnswer[] | null> {
  const isOpenToStaff = ctx.viewer.actor !== 'person' && closedAt === null;
  if (isOpenToStaff || !(await isTheirs(ctx, householdId))) return null;
  const answers = await loaded(ctx.loaders.namedAnswers.load(`${id} ${householdId.toLowerCase()}`));
  return answers.length === 0 ? null : answers;
}

export const surveyQueries: Queries = {
  survey: (_parent, { id }, ctx) => ctx.loaders.survey.load(id),
  surveys: async (_parent, args, ctx) => {
    await requireOwn(ctx, args.filter?.householdId);
    return connection(ctx, (tx) => surveyQuery(tx, within(ctx, args.filter)), orders[args.orderBy], args);
  },
  visitPlans: (_parent, args, ctx) =>
    connection(ctx, (tx) => visitPlanQuery(tx, within(ctx, args.filter)), orders[args.orderBy], args),
  ownerVote: (_parent, { id }, ctx) => ctx.loaders.ownerVote.load(id),
  ownerVotes: (_parent, args, ctx) =>
    connection(ctx, (tx) => ownerVoteQuery(tx, within(ctx, args.filter)), orders[args.orderBy], args),
  ownerVoteRecount: async (_parent, { id }, ctx) => {
    const vote = await ctx.loaders.ownerVote.load(id);
    if (vote === null) return null;
    communityScope(ctx.viewer, vote.communityId);
    return ctx.read((tx) => recount(tx, id));
  },
  ballotOfReceipt: (_parent, { voteId, receipt }, ctx) => ctx.read((tx) => readBallot(tx, voteId, receipt)),
};

const open = (ctx: Ctx, sealed: string | null) => (sealed === null ? null : ctx.open(sealed));
const isDone = (own: readonly { done: boolean }[]) => (own.length === 0 ? null : own.every(({ done }) => done));

const Survey: SurveyResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.survey.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  responseRate: ({ issuedCount, recoveredCount, closedAt }) =>
    closedAt === null || issuedCount === 0 ? null : ((100 * recoveredCount) / issuedCount).toFixed(2),
  isAnswered: async ({ id }, _args, ctx) => isDone(await ctx.loaders.ownForms.load(id)),
  answersOf: (survey, { householdId }, ctx) => answersOf(ctx, survey, householdId),
  remarks: async ({ id, closedAt }, _args, ctx) =>
    closedAt === null ? [] : (await ctx.loaders.remarks.load(id)).map(({ textSealed }) => ctx.open(textSealed)),
  analysis: ({ analysisSealed }, _args, ctx) => open(ctx, analysisSealed),
  improvements: ({ improvementsSealed }, _args, ctx) => open(ctx, improvementsSealed),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (survey, _args, ctx) =>
    availableActions(ctx, { communityId: survey.communityId }, judgeSurveyActions(survey)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const SurveyAnswer: SurveyAnswerResolvers<Ctx> = {
  text: ({ textSealed }, _args, ctx) => open(ctx, textSealed),
};

const VisitPlan: VisitPlanResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.visitPlan.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }) => ({ id: staffId }),
  visits: ({ id }, _args, ctx) => ctx.loaders.visits.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (plan, _args, ctx) =>
    availableActions(ctx, { communityId: plan.communityId }, judgeVisitPlanActions(plan)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const PlannedVisit: PlannedVisitResolvers<Ctx> = {
  household: ({ householdId }) => ({ id: householdId }),
  opinion: ({ opinionSealed }, _args, ctx) => open(ctx, opinionSealed),
};

const OwnerVote: OwnerVoteResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.ownerVote.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  isSpecial: (vote) => isSpecialVote(vote),
  electors: ({ electorCount: owners, electorAreaM2: areaM2 }) => ({ owners, areaM2 }),
  castCount: async ({ id }, _args, ctx) => (await loaded(ctx.loaders.casts.load(id))).cast,
  isVoted: async ({ id }, _args, ctx) => isDone(await ctx.loaders.ownVotes.load(id)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (vote, _args, ctx) =>
    availableActions(ctx, { communityId: vote.communityId }, judgeVoteActions(vote)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const surveyTypes = { Survey, SurveyAnswer, VisitPlan, PlannedVisit, OwnerVote };
