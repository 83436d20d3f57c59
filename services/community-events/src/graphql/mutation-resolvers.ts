import { loaded, type Command } from '@steward/service-kit';

import { addActivityRecords } from '../commands/add-activity-records.ts';
import { archiveActivity } from '../commands/archive-activity.ts';
import { assignActivityDuties } from '../commands/assign-activity-duties.ts';
import { awardActivityPrize } from '../commands/award-activity-prize.ts';
import { bookVenue } from '../commands/book-venue.ts';
import { cancelActivity } from '../commands/cancel-activity.ts';
import { cancelActivityRegistration } from '../commands/cancel-activity-registration.ts';
import { checkInActivityParticipants } from '../commands/check-in-activity-participants.ts';
import { confirmActivityDuty } from '../commands/confirm-activity-duty.ts';
import { createActivityUpload } from '../commands/create-activity-upload.ts';
import { decideActivityPlan } from '../commands/decide-activity-plan.ts';
import { finishActivity } from '../commands/finish-activity.ts';
import { planActivity } from '../commands/plan-activity.ts';
import { recordActivityCost } from '../commands/record-activity-cost.ts';
import { recordActivitySiteControl } from '../commands/record-activity-site-control.ts';
import { recordMerchantProcedures } from '../commands/record-merchant-procedures.ts';
import { registerForActivity } from '../commands/register-for-activity.ts';
import { registerVenue } from '../commands/register-venue.ts';
import { releaseVenueBooking } from '../commands/release-venue-booking.ts';
import { retireVenue } from '../commands/retire-venue.ts';
import { revealActivityRegistrationContact } from '../commands/reveal-activity-registration-contact.ts';
import { setCommunityEventsPolicy } from '../commands/set-community-events-policy.ts';
import { startActivity } from '../commands/start-activity.ts';
import { submitActivityPlan } from '../commands/submit-activity-plan.ts';
import { updateActivityPlan } from '../commands/update-activity-plan.ts';
import { updateVenue } from '../commands/update-venue.ts';
import { listPolicies } from '../commands/list-policies.ts';
import type { CommunityEventsContext } from '../db/loaders.ts';
import { noticeMutations } from './notice-mutations.ts';
import { surveyMutations } from './survey-mutations.ts';
import type { MutationResolvers, SetCommunityEventsPolicyPayloadResolvers } from './generated.ts';

type Ctx = CommunityEventsContext;

async function venueChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { venue: await loaded(ctx.loaders.venue.load(id)) };
}

async function bookingChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { venueBooking: await loaded(ctx.loaders.booking.load(id)) };
}

async function activityChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { activity: await loaded(ctx.loaders.activity.load(id)) };
}

async function registrationChanged<Input>(ctx: Ctx, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { activityRegistration: await loaded(ctx.loaders.registration.load(id)) };
}

export const Mutation: MutationResolvers<Ctx> = {
  ...noticeMutations,
  ...surveyMutations,
  registerVenue: (_parent, { input }, ctx) => venueChanged(ctx, registerVenue, input),
  updateVenue: (_parent, { input }, ctx) => venueChanged(ctx, updateVenue, input),
  retireVenue: (_parent, { input }, ctx) => venueChanged(ctx, retireVenue, input),
  bookVenue: (_parent, { input }, ctx) => bookingChanged(ctx, bookVenue, input),
  releaseVenueBooking: (_parent, { input }, ctx) => bookingChanged(ctx, releaseVenueBooking, input),
  planActivity: (_parent, { input }, ctx) => activityChanged(ctx, planActivity, input),
  updateActivityPlan: (_parent, { input }, ctx) => activityChanged(ctx, updateActivityPlan, input),
  recordMerchantProcedures: (_parent, { input }, ctx) => activityChanged(ctx, recordMerchantProcedures, input),
  submitActivityPlan: (_parent, { input }, ctx) => activityChanged(ctx, submitActivityPlan, input),
  decideActivityPlan: (_parent, { input }, ctx) => activityChanged(ctx, decideActivityPlan, input),
  assignActivityDuties: (_parent, { input }, ctx) => activityChanged(ctx, assignActivityDuties, input),
  confirmActivityDuty: (_parent, { input }, ctx) => activityChanged(ctx, confirmActivityDuty, input),
  startActivity: (_parent, { input }, ctx) => activityChanged(ctx, startActivity, input),
  recordActivitySiteControl: (_parent, { input }, ctx) => activityChanged(ctx, recordActivitySiteControl, input),
  awardActivityPrize: (_parent, { input }, ctx) => activityChanged(ctx, awardActivityPrize, input),
  recordActivityCost: (_parent, { input }, ctx) => activityChanged(ctx, recordActivityCost, input),
  finishActivity: (_parent, { input }, ctx) => activityChanged(ctx, finishActivity, input),
  addActivityRecords: (_parent, { input }, ctx) => activityChanged(ctx, addActivityRecords, input),
  archiveActivity: (_parent, { input }, ctx) => activityChanged(ctx, archiveActivity, input),
  cancelActivity: (_parent, { input }, ctx) => activityChanged(ctx, cancelActivity, input),
  registerForActivity: (_parent, { input }, ctx) => registrationChanged(ctx, registerForActivity, input),
  cancelActivityRegistration: (_parent, { input }, ctx) => registrationChanged(ctx, cancelActivityRegistration, input),
  checkInActivityParticipants: (_parent, { input }, ctx) => ctx.command(checkInActivityParticipants, input),
  createActivityUpload: async (_parent, { input }, ctx) => ({ upload: await ctx.command(createActivityUpload, input) }),
  revealActivityRegistrationContact: async (_parent, { input }, ctx) => {
    const { activityRegistration } = await registrationChanged(ctx, revealActivityRegistrationContact, input);
    const { contactNameSealed: name, contactPhoneSealed: phone } = activityRegistration;
    return {
      activityRegistration,
      contactName: name === null ? null : ctx.open(name),
      contactPhone: phone === null ? null : ctx.open(phone),
    };
  },
  setCommunityEventsPolicy: (_parent, { input }, ctx) => ctx.command(setCommunityEventsPolicy, input),
};

export const SetCommunityEventsPolicyPayload: SetCommunityEventsPolicyPayloadResolvers<Ctx> = {
  figures: ({ communityId }, _args, ctx) => ctx.read((tx) => listPolicies(tx, communityId)),
};
