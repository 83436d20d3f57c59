import type { ComplaintContext } from '../db/loaders.ts';
import { complaintsBelow } from './complaint-lists.ts';
import type { CommunityResolvers, HouseholdResolvers, StaffResolvers, UnitResolvers } from './generated.ts';

/** What this service adds to the entities of others: lists of complaints, as far as the viewer may see them. */
const Community: CommunityResolvers<ComplaintContext> = {
  complaints: ({ id: parentId }, args, ctx) =>
    complaintsBelow(ctx, args, { parentId, list: 'Community.complaints', column: 'community_id' }),
};

const Unit: UnitResolvers<ComplaintContext> = {
  complaints: ({ id: parentId }, args, ctx) =>
    complaintsBelow(ctx, args, { parentId, list: 'Unit.complaints', column: 'unit_id' }),
};

const Household: HouseholdResolvers<ComplaintContext> = {
  complaints: ({ id: parentId }, args, ctx) =>
    complaintsBelow(ctx, args, { parentId, list: 'Household.complaints', column: 'household_id' }),
};

const Staff: StaffResolvers<ComplaintContext> = {
  handledComplaints: ({ id: parentId }, args, ctx) =>
    complaintsBelow(ctx, args, { parentId, list: 'Staff.handledComplaints', column: 'handler_id' }),
};

export const stubs = { Community, Unit, Household, Staff };
