import { ownerVoteDeadlines, surveyDeadlines, visitPlanDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { Survey } from '../domain/survey.ts';
import type { VisitPlan } from '../domain/visit-plan.ts';
import type { OwnerVote } from '../domain/vote.ts';
import { ownerVoteEntity, surveyEntity, visitPlanEntity } from './survey-entities.ts';

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const surveyAggregate = defineAggregate<Survey>({
  type: 'survey',
  table: 'survey',
  graphqlType: 'Survey',
  entity: surveyEntity,
  deadlines: surveyDeadlines,
  sealed: ['analysisSealed', 'improvementsSealed'],
  subject: inCommunity,
  // A household sees what it was asked.
  listSubject: {
    households: ({ row }, ids) =>
      `exists (select 1 from survey_recipient x where x.survey_id = ${row}.id and x.household_id = any(${ids}))`,
  },
});

export const ownerVoteAggregate = defineAggregate<OwnerVote>({
  type: 'owner-vote',
  table: 'owner_vote',
  graphqlType: 'OwnerVote',
  entity: ownerVoteEntity,
  deadlines: ownerVoteDeadlines,
  subject: inCommunity,
  listSubject: {
    households: ({ row }, ids) =>
      `exists (select 1 from vote_elector x where x.vote_id = ${row}.id and x.household_id = any(${ids}))`,
  },
});

export const visitPlanAggregate = defineAggregate<VisitPlan>({
  type: 'visit-plan',
  table: 'visit_plan',
  graphqlType: 'VisitPlan',
  entity: visitPlanEntity,
  deadlines: visitPlanDeadlines,
  subject: inCommunity,
});

export const surveyAggregates = [surveyAggregate, ownerVoteAggregate, visitPlanAggregate];
