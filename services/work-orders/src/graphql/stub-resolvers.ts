import type { WorkOrderContext } from '../db/loaders.ts';
import type { CommunityResolvers, HouseholdResolvers, StaffResolvers, UnitResolvers } from './generated.ts';
import { workOrdersOf } from './work-order-lists.ts';

/** What this service adds to the entities of others: lists of work orders, as far as the viewer may see them. */
const Community: CommunityResolvers<WorkOrderContext> = {
  workOrders: ({ id }, args, ctx) => workOrdersOf(ctx, 'Community.workOrders', id, args),
};

const Unit: UnitResolvers<WorkOrderContext> = {
  workOrders: ({ id }, args, ctx) => workOrdersOf(ctx, 'Unit.workOrders', id, args),
};

const Household: HouseholdResolvers<WorkOrderContext> = {
  workOrders: ({ id }, args, ctx) => workOrdersOf(ctx, 'Household.workOrders', id, args),
};

const Staff: StaffResolvers<WorkOrderContext> = {
  assignedWorkOrders: ({ id }, args, ctx) => workOrdersOf(ctx, 'Staff.assignedWorkOrders', id, args),
};

export const stubs = { Community, Unit, Household, Staff };
