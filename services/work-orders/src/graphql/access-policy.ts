import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';
import { parkedEventAccess } from '@steward/service-kit';

import { workOrderGrants } from '../commands/work-order-grants.ts';
import type { WorkOrderContext } from '../db/loaders.ts';
import { workOrderSubject } from '../db/work-order-subject-queries.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import { reviewAccess, reviewSubjects } from './review-access.ts';

const desk: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'];
const staff: Role[] = [...desk, 'cashier', 'maintenance', 'environment', 'guard', 'analyst', 'operator'];

/** The household, the resident who asked, and the assignee as long as the order is not over. */
const own: Grant = { roles: 'any', relation: 'own' };
const everyStaff: Grant[] = [{ roles: staff, relation: 'community' }, own];
const byDesk: Grant[] = [{ roles: desk, relation: 'community' }, own];
const intake: Grant[] = [{ roles: [...desk, 'maintenance', 'guard'], relation: 'community' }, own];

/** Whoever may print a slip finds those that were printed. */
const slips: Grant[] = [
  { roles: desk, relation: 'community' },
  { roles: ['maintenance', 'environment'], relation: 'own' },
];

/** Who may see and do what; a field without a row has its type's. Transitions bring their own rows. */
export const access: AccessPolicy = {
  ...parkedEventAccess('workOrder'),
  ...reviewAccess,
  ...workOrderGrants,

  'Query.workOrder': everyStaff,
  'Query.workOrders': everyStaff,
  'Query.workOrderCounts': everyStaff,
  'Query.workOrderDispatchCandidates': [{ roles: desk, relation: 'community' }],
  'Query.workOrderNotifications': 'authenticated',

  'Mutation.registerWorkOrder': intake,
  'Mutation.createWorkOrderUpload': [{ roles: staff, relation: 'community' }, own],
  'Mutation.importWorkOrders': [{ roles: [...desk, 'operator'], relation: 'community' }],
  // Each order is judged by the grants of this row; `assignWorkOrder` has the same.
  'Mutation.assignWorkOrders': [{ roles: desk, relation: 'community' }],
  'Mutation.revealWorkOrderContact': [{ roles: desk, relation: 'community' }],

  WorkOrder: everyStaff,
  'WorkOrder.contactName': [own],
  'WorkOrder.contactPhone': [own],
  'WorkOrder.opinion': byDesk,
  'WorkOrder.returnVisits': byDesk,
  'WorkOrder.signatures': byDesk,
  'WorkOrder.signers': byDesk,
  'WorkOrder.history': byDesk,
  'WorkOrder.dispatchSlipPrints': slips,
  Community: 'inherit',
  'Community.workOrders': [{ roles: 'any', relation: 'community' }],
  Unit: 'inherit',
  'Unit.workOrders': 'authenticated',
  Household: 'inherit',
  'Household.workOrders': 'authenticated',
  Staff: 'inherit',
  'Staff.assignedWorkOrders': 'authenticated',
  Place: 'inherit',
  Person: 'inherit',
  Organisation: 'inherit',
  Charge: 'inherit',

  ...Object.fromEntries(
    [
      'WorkOrderSource',
      'WorkOrderPause',
      'WorkOrderQuote',
      'WorkOrderQuoteLine',
      'WorkOrderMaterial',
      'WorkOrderPhoto',
      'WorkOrderSigner',
      'WorkOrderWaterTest',
      'WorkOrderRemark',
      'WorkOrderReturnVisit',
      'WorkOrderDispatchSlip',
      'WorkOrderDispatchSlipLine',
      'WorkOrderDispatchSlipPrint',
      'WorkOrderDispatchCandidate',
      'WorkOrderCount',
      'WorkOrderConnection',
      'WorkOrderEdge',
      'WorkOrderImport',
      'WorkOrderAssignment',
      'RegisterWorkOrderPayload',
      'ImportWorkOrdersPayload',
      'AssignWorkOrdersPayload',
      'CreateWorkOrderUploadPayload',
      'RevealWorkOrderContactPayload',
    ].map((type) => [type, 'inherit' as const]),
  ),
  ...Object.fromEntries(Object.keys(workOrderGrants).map((coordinate) => [payloadOf(coordinate), 'inherit' as const])),
};

/** `Mutation.assignWorkOrder` -> `AssignWorkOrderPayload`. */
function payloadOf(coordinate: string): string {
  const name = coordinate.replace('Mutation.', '');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
}

const isRow = (order: WorkOrder | { id: string }): order is WorkOrder => 'status' in order;

/** On what `own` and `community` are judged. */
export const subjects: SubjectOf = {
  ...reviewSubjects,
  WorkOrder: async (order: WorkOrder | { id: string }, ctx: WorkOrderContext) => {
    const row = isRow(order) ? order : await ctx.loaders.workOrder.load(order.id);
    return row === null ? null : workOrderSubject(row);
  },
  Community: ({ id }: { id: string }) => ({ communityId: id }),
};
