import { availableActions, connection, historyOf } from '@steward/service-kit';

import {
  approveTrainingPlan,
  draftTrainingPlan,
  returnTrainingPlan,
  setTrainingPlanEntries,
  submitTrainingPlan,
  withdrawTrainingPlan,
} from '../commands/draft-training-plan.ts';
import { holdTrainingSession, recordTrainingTest } from '../commands/hold-training-session.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import {
  cancelTrainingSession,
  planTrainingSession,
  rescheduleTrainingSession,
} from '../commands/plan-training-session.ts';
import { shiftOrders } from '../db/duty-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { plansQuery, quotasQuery, sessionsQuery } from '../db/training-list-queries.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  TrainingAttendanceResolvers,
  TrainingPlanEntryResolvers,
  TrainingPlanResolvers,
  TrainingQuotaResolvers,
  TrainingSessionResolvers,
} from './generated.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  'trainingPlan' | 'trainingPlans' | 'trainingSession' | 'trainingSessions' | 'trainingQuota' | 'trainingQuotas'
>;

export const trainingQueries: Queries = {
  trainingPlan: (_parent, { id }, ctx) => ctx.loaders.trainingPlan.load(id),
  trainingPlans: (_parent, args, ctx) => dutyList(ctx, args, plansQuery),
  trainingSession: (_parent, { id }, ctx) => ctx.loaders.trainingSession.load(id),
  trainingSessions: (_parent, args, ctx) => {
    const filter = args.filter ?? {};
    // Who finds sessions by a colleague learns where they were.
    const isOwn = filter.staffId == null || filter.staffId === ctx.viewer.staffId;
    const filteredBy = isOwn ? [] : ['TrainingSession.attendance'];
    return connection(ctx, (tx) => sessionsQuery(tx, filter), shiftOrders[args.orderBy], args, filteredBy);
  },
  trainingQuota: (_parent, { id }, ctx) => ctx.loaders.trainingQuota.load(id),
  trainingQuotas: (_parent, args, ctx) => dutyList(ctx, args, quotasQuery),
};

const trainingPlan = answering('trainingPlan', (ctx) => ctx.loaders.trainingPlan);
const trainingSession = answering('trainingSession', (ctx) => ctx.loaders.trainingSession);

export const trainingMutations: Pick<
  MutationResolvers<HrContext>,
  | 'draftTrainingPlan'
  | 'setTrainingPlanEntries'
  | 'submitTrainingPlan'
  | 'returnTrainingPlan'
  | 'approveTrainingPlan'
  | 'withdrawTrainingPlan'
  | 'planTrainingSession'
  | 'rescheduleTrainingSession'
  | 'cancelTrainingSession'
  | 'holdTrainingSession'
  | 'recordTrainingTest'
> = {
  draftTrainingPlan: trainingPlan(draftTrainingPlan),
  setTrainingPlanEntries: trainingPlan(setTrainingPlanEntries),
  submitTrainingPlan: trainingPlan(submitTrainingPlan),
  returnTrainingPlan: trainingPlan(returnTrainingPlan),
  approveTrainingPlan: trainingPlan(approveTrainingPlan),
  withdrawTrainingPlan: trainingPlan(withdrawTrainingPlan),
  planTrainingSession: trainingSession(planTrainingSession),
  rescheduleTrainingSession: trainingSession(rescheduleTrainingSession),
  cancelTrainingSession: trainingSession(cancelTrainingSession),
  holdTrainingSession: trainingSession(holdTrainingSession),
  recordTrainingTest: trainingSession(recordTrainingTest),
};

const topic = (code: string) => ({ code, labelKey: `trainingTopic.${code}` });
const documentOf = (ctx: HrContext, id: string | null) =>
  id === null ? null : ctx.loaders.controlledDocument.load(id);

const TrainingPlan: TrainingPlanResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.trainingPlan.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  department: ({ departmentId }, _args, ctx) => ctx.loaders.department.load(departmentId),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      row,
      judgeDutyActions(row, [
        'setTrainingPlanEntries',
        'submitTrainingPlan',
        'returnTrainingPlan',
        'approveTrainingPlan',
        'withdrawTrainingPlan',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const TrainingPlanEntry: TrainingPlanEntryResolvers<HrContext> = {
  topics: ({ topicCodes }) => topicCodes.map(topic),
  document: ({ documentId }, _args, ctx) => documentOf(ctx, documentId),
  trainer: ({ trainerId }, _args, ctx) => staffOf(ctx, trainerId),
  startsAt: ({ startsAt }) => new Date(startsAt),
  endsAt: ({ endsAt }) => new Date(endsAt),
};

const TrainingSession: TrainingSessionResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.trainingSession.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  plan: ({ planId }, _args, ctx) => (planId === null ? null : ctx.loaders.trainingPlan.load(planId)),
  department: ({ departmentId }, _args, ctx) => ctx.loaders.department.load(departmentId),
  team: ({ teamId }, _args, ctx) => (teamId === null ? null : ctx.loaders.team.load(teamId)),
  document: ({ documentId }, _args, ctx) => documentOf(ctx, documentId),
  topics: ({ topicCodes }) => topicCodes.map(topic),
  trainer: ({ trainerId }, _args, ctx) => staffOf(ctx, trainerId),
  attendance: ({ id }, _args, ctx) => ctx.loaders.trainingAttendance.load(id),
  ownAttendance: async ({ id }, _args, ctx) => {
    const attendance = await ctx.loaders.trainingAttendance.load(id);
    return attendance.find(({ staffId }) => staffId === ctx.viewer.staffId) ?? null;
  },
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      row,
      judgeDutyActions(row, [
        'rescheduleTrainingSession',
        'cancelTrainingSession',
        'holdTrainingSession',
        'recordTrainingTest',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const TrainingAttendance: TrainingAttendanceResolvers<HrContext> = {
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  induction: ({ inductionId }, _args, ctx) =>
    inductionId === null ? null : ctx.loaders.inductionRecord.load(inductionId),
};

const TrainingQuota: TrainingQuotaResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.trainingQuota.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  department: ({ departmentId }, _args, ctx) => ctx.loaders.department.load(departmentId),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: () => [],
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const trainingTypes = { TrainingPlan, TrainingPlanEntry, TrainingSession, TrainingAttendance, TrainingQuota };
