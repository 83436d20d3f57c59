import { aggregateColumns, column, defineEntity } from '@steward/db';

import type { Survey } from '../domain/survey.ts';
import type { VisitPlan } from '../domain/visit-plan.ts';
import type { OwnerVote } from '../domain/vote.ts';

const optional = { nullable: true };

export const surveyEntity = defineEntity<Survey>({
  name: 'Survey',
  table: 'survey',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    kind: column.text(),
    title: column.text(),
    isAnonymous: column.bool(),
    segments: column.texts(),
    questions: column.json(),
    issuedAt: column.instant(optional),
    dueAt: column.instant(optional),
    issuedCount: column.int(),
    recoveredCount: column.int(),
    closedAt: column.instant(optional),
    results: column.json(optional),
    analysisSealed: column.text(optional),
    improvementsSealed: column.text(optional),
    reportedAt: column.instant(optional),
    acknowledgedAt: column.instant(optional),
  },
});

export const ownerVoteEntity = defineEntity<OwnerVote>({
  name: 'OwnerVote',
  table: 'owner_vote',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    matter: column.text(),
    title: column.text(),
    proposal: column.text(),
    isSecret: column.bool(),
    opensAt: column.instant(optional),
    closesAt: column.instant(optional),
    electorCount: column.int(),
    electorAreaM2: column.decimal(),
    tally: column.json(optional),
    ballotsSha256: column.text(optional),
    countedAt: column.instant(optional),
    cancelledAt: column.instant(optional),
  },
});

export const visitPlanEntity = defineEntity<VisitPlan>({
  name: 'VisitPlan',
  table: 'visit_plan',
  columns: {
    ...aggregateColumns,
    month: column.text(),
    staffId: column.uuid(),
    visitCount: column.int(),
    openVisitCount: column.int(),
  },
});

export const surveyEntities = [surveyEntity, ownerVoteEntity, visitPlanEntity];
