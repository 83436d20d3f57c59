import { loaded, type Command } from '@steward/service-kit';

import { acknowledgeSurveyReport } from '../commands/acknowledge-survey-report.ts';
import { answerSurvey } from '../commands/answer-survey.ts';
import { cancelOwnerVote } from '../commands/cancel-owner-vote.ts';
import { castBallot } from '../commands/cast-ballot.ts';
import { closeSurvey } from '../commands/close-survey.ts';
import { countOwnerVote } from '../commands/count-owner-vote.ts';
import { createProxyUpload } from '../commands/create-proxy-upload.ts';
import { draftOwnerVote } from '../commands/draft-owner-vote.ts';
import { draftSurvey } from '../commands/draft-survey.ts';
import { issueSurvey } from '../commands/issue-survey.ts';
import { openOwnerVote } from '../commands/open-owner-vote.ts';
import { planVisits } from '../commands/plan-visits.ts';
import { recordPlannedVisit } from '../commands/record-planned-visit.ts';
import { reportSurvey } from '../commands/report-survey.ts';
import type { CommunityEventsContext } from '../db/loaders.ts';
import type { MutationResolvers } from './generated.ts';

type Ctx = CommunityEventsContext;
type Names =
  | 'draftSurvey'
  | 'issueSurvey'
  | 'answerSurvey'
  | 'closeSurvey'
  | 'reportSurvey'
  | 'acknowledgeSurveyReport'
  | 'planVisits'
  | 'recordPlannedVisit'
  | 'draftOwnerVote'
  | 'openOwnerVote'
  | 'countOwnerVote'
  | 'cancelOwnerVote'
  | 'castBallot'
  | 'createProxyUpload';

async function surveyChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { survey: await loaded(ctx.loaders.survey.load(id)) };
}

async function visitPlanChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { visitPlan: await loaded(ctx.loaders.visitPlan.load(id)) };
}

async function ownerVoteChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { ownerVote: await loaded(ctx.loaders.ownerVote.load(id)) };
}

export const surveyMutations: Pick<MutationResolvers<Ctx>, Names> = {
  draftSurvey: (_parent, { input }, ctx) => surveyChanged(ctx, draftSurvey, input),
  issueSurvey: (_parent, { input }, ctx) => surveyChanged(ctx, issueSurvey, input),
  answerSurvey: (_parent, { input }, ctx) => surveyChanged(ctx, answerSurvey, input),
  closeSurvey: (_parent, { input }, ctx) => surveyChanged(ctx, closeSurvey, input),
  reportSurvey: (_parent, { input }, ctx) => surveyChanged(ctx, reportSurvey, input),
  acknowledgeSurveyReport: (_parent, { input }, ctx) => surveyChanged(ctx, acknowledgeSurveyReport, input),
  planVisits: (_parent, { input }, ctx) => visitPlanChanged(ctx, planVisits, input),
  recordPlannedVisit: (_parent, { input }, ctx) => visitPlanChanged(ctx, recordPlannedVisit, input),
  draftOwnerVote: (_parent, { input }, ctx) => ownerVoteChanged(ctx, draftOwnerVote, input),
  openOwnerVote: (_parent, { input }, ctx) => ownerVoteChanged(ctx, openOwnerVote, input),
  countOwnerVote: (_parent, { input }, ctx) => ownerVoteChanged(ctx, countOwnerVote, input),
  cancelOwnerVote: (_parent, { input }, ctx) => ownerVoteChanged(ctx, cancelOwnerVote, input),
  castBallot: async (_parent, { input }, ctx) => {
    const { id, receipt } = await ctx.command(castBallot, input);
    return { ownerVote: await loaded(ctx.loaders.ownerVote.load(id)), receipt };
  },
  createProxyUpload: async (_parent, { input }, ctx) => ({ upload: await ctx.command(createProxyUpload, input) }),
};
