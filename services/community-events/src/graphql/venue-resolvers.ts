import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { judgeBookingActions, judgeVenueActions } from '../commands/judge-actions.ts';
import type { CommunityEventsContext } from '../db/loaders.ts';
import { activitiesBelow } from './activity-lists.ts';
import type {
  ActivityStatisticsResolvers,
  CommunityResolvers,
  ServiceLineResolvers,
  VenueBookingResolvers,
  VenueResolvers,
} from './generated.ts';

type Ctx = CommunityEventsContext;

const Venue: VenueResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.venue.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  kind: ({ kindCode: code }) => ({ code, labelKey: `venueKind.${code}` }),
  place: ({ placeId }) => (placeId === null ? null : { id: placeId }),
  availableActions: (venue, _args, ctx) => availableActions(ctx, venue, judgeVenueActions(venue)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const VenueBooking: VenueBookingResolvers<Ctx> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.booking.load(id),
  venue: ({ venueId }, _args, ctx) => loaded(ctx.loaders.venue.load(venueId)),
  purpose: ({ purposeSealed }, _args, ctx) => (purposeSealed === null ? null : ctx.open(purposeSealed)),
  activity: ({ activityId }, _args, ctx) => (activityId === null ? null : ctx.loaders.activity.load(activityId)),
  availableActions: (booking, _args, ctx) => availableActions(ctx, booking, judgeBookingActions(booking)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

/** What this service adds to the entities of others. */
const Community: CommunityResolvers<Ctx> = {
  activities: ({ id }, args, ctx) => activitiesBelow(ctx, id, args),
};

const ServiceLine: ServiceLineResolvers<Ctx> = { code: ({ code }) => ({ code, labelKey: `serviceLine.${code}` }) };

const ActivityStatistics: ActivityStatisticsResolvers<Ctx> = {
  budget: ({ budgetAmount: amount, currency }) => ({ amount, currency }),
  actualCost: ({ actualAmount: amount, currency }) => ({ amount, currency }),
};

export const venueTypes = { Venue, VenueBooking, Community, ServiceLine, ActivityStatistics };
