import { connection, type Order } from '@steward/service-kit';

import type { CommunityEventsContext } from '../db/loaders.ts';
import { bookingQuery, venueQuery } from '../db/venue-queries.ts';
import type { VenueBookingFilter, VenueBookingOrder, VenueFilter, VenueOrder } from './generated.ts';
import { within } from './within.ts';

const venueOrders: Record<VenueOrder, Order> = {
  NUMBER_ASC: { property: 'number', direction: 'ASC' },
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};
const bookingOrders: Record<VenueBookingOrder, Order> = {
  STARTS_AT_ASC: { property: 'startsAt', direction: 'ASC' },
  STARTS_AT_DESC: { property: 'startsAt', direction: 'DESC' },
};

type Page = { first: number; after?: string | null };

type VenueArgs = Page & { filter?: VenueFilter | null; orderBy: VenueOrder };

export const venueList = (ctx: CommunityEventsContext, args: VenueArgs) =>
  connection(ctx, (tx) => venueQuery(tx, within(ctx, args.filter)), venueOrders[args.orderBy], args);

type BookingArgs = Page & { filter?: VenueBookingFilter | null; orderBy: VenueBookingOrder };

export const bookingList = (ctx: CommunityEventsContext, args: BookingArgs) =>
  connection(ctx, (tx) => bookingQuery(tx, within(ctx, args.filter)), bookingOrders[args.orderBy], args);
