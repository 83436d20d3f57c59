import type { WorkOrderContext } from '../db/loaders.ts';
import type { CommunityResolvers, HouseholdResolvers, StaffResolvers, UnitResolvers } from './generated.ts';
import { workOrderList } from './work-order-lists.ts';

/** What this service adds to the entities of others: lists of work orders, as far as the viewer may see them. */
const Community: CommunityResolvers<WorkOrderContext> = {
  workOrders: ({ id }, args, ctx) => workOrderList(ctx, args, { communityId: id }),
};

const Unit: UnitResolvers<WorkOrderContext> = {
  workOrders: ({ id }, args, ctx) => workOrderList(ctx, args, { unitId: id }),
};

const Household: HouseholdResolvers<WorkOrderContext> = {
  workOrders: ({ id }, args, ctx) => workOrderList(ctx, args, { householdId: id }),
};

const Staff: StaffResolvers<WorkOrderContext> = {
  assignedWorkOrders: ({ id }, args, ctx) => workOrderList(ctx, args, { assigneeId: id }),
};

export const stubs = { Community, Unit, Household, Staff };
