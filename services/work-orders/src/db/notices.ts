import type { Tx } from '@steward/db';
import { notify, type Recipient } from '@steward/service-kit';

import type { WorkOrder } from '../domain/work-order.ts';

type Params = Record<string, string | number | boolean | null>;

/** Tells somebody about an order; the text is the template's, the order is named by its number. */
const tell = async (tx: Tx, order: WorkOrder, to: Recipient, template: string, params: Params = {}): Promise<void> => {
  const { communityId, id, number } = order;
  await notify(tx, { communityId, to, template, params: { number, ...params }, aggregateId: id });
};

/** The supervisor of the department in charge (A109). */
export const tellSupervisor = (tx: Tx, order: WorkOrder, template: string, params?: Params): Promise<void> =>
  tell(tx, order, { role: 'supervisor', departmentCode: order.departmentCode }, template, params);

/** Whoever has the order; nobody while it waits. */
export const tellAssignee = async (tx: Tx, order: WorkOrder, template: string, params?: Params): Promise<void> => {
  if (order.assigneeId !== null) await tell(tx, order, { staffId: order.assigneeId }, template, params);
};

/** The desk that makes return visits. */
export const tellDesk = (tx: Tx, order: WorkOrder, template: string, params?: Params): Promise<void> =>
  tell(tx, order, { role: 'clerk' }, template, params);

/** The household the work is done for; common areas have none. */
export const tellHousehold = async (tx: Tx, order: WorkOrder, template: string, params?: Params): Promise<void> => {
  if (order.householdId !== null) await tell(tx, order, { householdId: order.householdId }, template, params);
};
