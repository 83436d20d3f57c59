import { availableActions, availableByMatrix, historyOf, loaded } from '@steward/service-kit';

import {
  judgeActivityActions,
  judgeRegistrationActions,
  missingPlanFields,
  planActs,
} from '../commands/judge-actions.ts';
import type { Activity as ActivityRow } from '../domain/activity.ts';
import type { CommunityEventsContext } from '../db/loaders.ts';
import { registrationsBelow } from './activity-lists.ts';
import type {
  ActivityCheckInResolvers,
  ActivityCheckResolvers,
  ActivityCostResolvers,
  ActivityDutyResolvers,
  ActivityRecordResolvers,
  ActivityRegistrationResolvers,
  ActivityResolvers,
} from './generated.ts';

type Ctx = CommunityEventsContext;

const stub = (id: string | null) => (id === null ? null : { id });
const open = (ctx: Ctx, sealed: string | null) => (sealed === null ? null : ctx.open(sealed));

const checksOf = async (ctx: Ctx, id: string, checklist: string) =>
  (await ctx.loaders.checks.load(id)).filter((check) => check.checklist === checklist);

async function actionsOf(activity: ActivityRow, ctx: Ctx) {
  const asked = (await ctx.loaders.approvals.load(activity.id)).find(({ id }) => id === activity.approvalId);
  return availableByMatrix(ctx, activity, judgeActivityActions(activity), planActs(activity, asked));
}

export const Activity: ActivityResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.activity.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  merchant: ({ merchantId }) => stub(merchantId),
  organiser: ({ organiserId }) => ({ id: organiserId }),
  budget: ({ budgetAmount: amount, currency }) => (amount === null ? null : { amount, currency }),
  actualCost: ({ actualAmount: amount, currency }) => ({ amount, currency }),
  venue: ({ venueId }, _args, ctx) => (venueId === null ? null : ctx.loaders.venue.load(venueId)),
  prizes: ({ id }, _args, ctx) => ctx.loaders.prizes.load(id),
  missingFields: (activity) => missingPlanFields(activity),
  procedures: ({ id }, _args, ctx) => checksOf(ctx, id, 'MERCHANT_PROCEDURES'),
  approvals: ({ id }, _args, ctx) => ctx.loaders.approvals.load(id),
  duties: ({ id }, _args, ctx) => ctx.loaders.duties.load(id),
  siteControls: ({ id }, _args, ctx) => checksOf(ctx, id, 'SITE_CONTROL'),
  costs: ({ id }, _args, ctx) => ctx.loaders.costs.load(id),
  registeredCount: async ({ id }, _args, ctx) => (await loaded(ctx.loaders.seats.load(id))).registered,
  waitingCount: async ({ id }, _args, ctx) => (await loaded(ctx.loaders.seats.load(id))).waiting,
  records: ({ id }, _args, ctx) => ctx.loaders.records.load(id),
  cancelReason: ({ cancelReasonCode: code }) => (code === null ? null : { code, labelKey: `cancelReason.${code}` }),
  registrations: ({ id }, args, ctx) => registrationsBelow(ctx, id, args),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (activity, _args, ctx) => actionsOf(activity, ctx),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ActivityDuty: ActivityDutyResolvers<Ctx> = { staff: ({ staffId }) => stub(staffId) };

const ActivityCheck: ActivityCheckResolvers<Ctx> = {
  item: ({ code }) => ({ code, labelKey: `check.${code}` }),
  isPassed: ({ result }) => (result === null ? null : result === 'PASS'),
};

const ActivityCost: ActivityCostResolvers<Ctx> = { cost: ({ amount, currency }) => ({ amount, currency }) };

const ActivityRecord: ActivityRecordResolvers<Ctx> = {
  note: ({ noteSealed }, _args, ctx) => open(ctx, noteSealed),
  file: ({ fileId }, _args, ctx) => (fileId === null ? null : ctx.loaders.file.load(fileId)),
};

const ActivityRegistration: ActivityRegistrationResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.registration.load(id),
  activity: ({ activityId }, _args, ctx) => loaded(ctx.loaders.activity.load(activityId)),
  person: ({ personId }) => stub(personId),
  household: ({ householdId }) => stub(householdId),
  contactName: ({ contactNameSealed }, _args, ctx) => open(ctx, contactNameSealed),
  contactPhone: ({ contactPhoneSealed }, _args, ctx) => open(ctx, contactPhoneSealed),
  availableActions: (registration, _args, ctx) => {
    const { communityId, personId, householdId } = registration;
    const subject = {
      communityId,
      personIds: personId === null ? [] : [personId],
      householdIds: householdId === null ? [] : [householdId],
    };
    return availableActions(ctx, subject, judgeRegistrationActions(registration));
  },
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ActivityCheckIn: ActivityCheckInResolvers<Ctx> = {
  activityRegistration: ({ id, refusal }, _args, ctx) => (refusal === null ? ctx.loaders.registration.load(id) : null),
};

export const activityTypes = {
  Activity,
  ActivityDuty,
  ActivityCheck,
  ActivityCost,
  ActivityRecord,
  ActivityRegistration,
  ActivityCheckIn,
};
