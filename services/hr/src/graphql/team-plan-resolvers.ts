import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { draftTeamPlan, recordTeamPlanProgress, startTeamPlan, withdrawTeamPlan } from '../commands/draft-team-plan.ts';
import { closeTeamPlan, completeTeamPlanMeasure, evaluateTeamPlan } from '../commands/evaluate-team-plan.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import { teamPlansQuery } from '../db/conduct-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  TeamPlanGoalResolvers,
  TeamPlanMeasureResolvers,
  TeamPlanResolvers,
} from './generated.ts';

export const teamPlanQueries: Pick<QueryResolvers<HrContext>, 'teamPlan' | 'teamPlans'> = {
  teamPlan: (_parent, { id }, ctx) => ctx.loaders.teamPlan.load(id),
  teamPlans: (_parent, args, ctx) => dutyList(ctx, args, teamPlansQuery),
};

const teamPlan = answering('teamPlan', (ctx) => ctx.loaders.teamPlan);

export const teamPlanMutations: Pick<
  MutationResolvers<HrContext>,
  | 'draftTeamPlan'
  | 'startTeamPlan'
  | 'recordTeamPlanProgress'
  | 'evaluateTeamPlan'
  | 'completeTeamPlanMeasure'
  | 'closeTeamPlan'
  | 'withdrawTeamPlan'
> = {
  draftTeamPlan: teamPlan(draftTeamPlan),
  startTeamPlan: teamPlan(startTeamPlan),
  recordTeamPlanProgress: teamPlan(recordTeamPlanProgress),
  evaluateTeamPlan: teamPlan(evaluateTeamPlan),
  completeTeamPlanMeasure: teamPlan(completeTeamPlanMeasure),
  closeTeamPlan: teamPlan(closeTeamPlan),
  withdrawTeamPlan: teamPlan(withdrawTeamPlan),
};

const TeamPlan: TeamPlanResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.teamPlan.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  team: ({ teamId }, _args, ctx) => loaded(ctx.loaders.team.load(teamId)),
  goals: ({ id }, _args, ctx) => ctx.loaders.planGoals.load(id),
  evaluation: ({ evaluationSealed: sealed }, _args, ctx) => (sealed === null ? null : ctx.open(sealed)),
  measures: ({ id }, _args, ctx) => ctx.loaders.planMeasures.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      row,
      judgeDutyActions(row, [
        'startTeamPlan',
        'recordTeamPlanProgress',
        'evaluateTeamPlan',
        'completeTeamPlanMeasure',
        'closeTeamPlan',
        'withdrawTeamPlan',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const TeamPlanGoal: TeamPlanGoalResolvers<HrContext> = {
  text: ({ textSealed }, _args, ctx) => ctx.open(textSealed),
  responsible: ({ responsibleId }, _args, ctx) => staffOf(ctx, responsibleId),
  result: ({ resultSealed: sealed }, _args, ctx) => (sealed === null ? null : ctx.open(sealed)),
};

const TeamPlanMeasure: TeamPlanMeasureResolvers<HrContext> = {
  text: ({ textSealed }, _args, ctx) => ctx.open(textSealed),
  goal: async ({ planId, goalId }, _args, ctx) =>
    (await ctx.loaders.planGoals.load(planId)).find(({ id }) => id === goalId) ?? null,
  responsible: ({ responsibleId }, _args, ctx) => staffOf(ctx, responsibleId),
  effect: ({ effectSealed: sealed }, _args, ctx) => (sealed === null ? null : ctx.open(sealed)),
};

export const teamPlanTypes = { TeamPlan, TeamPlanGoal, TeamPlanMeasure };
