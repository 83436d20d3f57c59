import type { ListSubject } from '@steward/service-kit';

import type { WorkOrder, WorkOrderStatus } from '../domain/work-order.ts';

const over: readonly WorkOrderStatus[] = ['CLOSED', 'CANCELLED'];

/** An order is its household's and, as long as it is not over, its assignee's. */
export const workOrderSubject = (order: WorkOrder) => ({
  communityId: order.communityId,
  householdIds: order.householdId === null ? [] : [order.householdId],
  personIds: order.requesterId === null ? [] : [order.requesterId],
  staffIds: order.assigneeId === null || over.includes(order.status) ? [] : [order.assigneeId],
});

/** The same for lists. */
export const workOrderListSubject: ListSubject = {
  households: ({ row }, ids) => `${row}.household_id = any(${ids})`,
  person: ({ row }, id) => `${row}.requester_id = ${id}`,
  staff: ({ row }, id) => `(${row}.assignee_id = ${id} and ${row}.status <> all('{${over.join(',')}}'))`,
};
