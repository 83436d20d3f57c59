import { hasRole } from '@steward/auth';
import type { Tx } from '@steward/db';
import { blindIndex, communityScope, connection, type Connection, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import type { WorkOrderContext } from '../db/loaders.ts';
import { countByStatus, workOrderQuery, type ListFilter, type Visible } from '../db/work-order-list-queries.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import { access } from './access-policy.ts';
import type { WorkOrderFilter, WorkOrderOrder, WorkOrderStatus } from './generated.ts';

const orders: Record<WorkOrderOrder, Order> = {
  RECEIVED_AT_DESC: { property: 'receivedAt', direction: 'DESC' },
  RECEIVED_AT_ASC: { property: 'receivedAt', direction: 'ASC' },
  DUE_AT_ASC: { property: 'dueAt', direction: 'ASC' },
};

const statuses: readonly WorkOrderStatus[] = [
  'RECEIVED',
  'ASSIGNED',
  'ON_SITE',
  'PAUSED',
  'COMPLETED',
  'ACCEPTED',
  'CLOSED',
  'CANCELLED',
];

const judgedBy = access['WorkOrder'] ?? 'nobody';

/** Staff whose role sees orders see those of their communities, everybody else their own. */
async function visibleTo(ctx: WorkOrderContext, communityId?: string | null): Promise<Visible> {
  const { viewer } = ctx;
  const seesAll =
    typeof judgedBy !== 'string' && judgedBy.some((grant) => grant.relation === 'community' && hasRole(grant, viewer));
  const households = viewer.actor === 'staff' && seesAll ? null : await ctx.ownHouseholds();
  return { communities: communityScope(viewer, communityId), households, personId: viewer.personId ?? null };
}

/** A whole phone number finds orders for those alone who may have it revealed. */
function withPhone(ctx: WorkOrderContext, tx: Tx, filter: WorkOrderFilter): ListFilter {
  const phone = (filter.text ?? '').replace(/[\s-]/g, '');
  const row = access['Mutation.revealWorkOrderContact'] ?? 'nobody';
  const mayFind = typeof row !== 'string' && row.some((grant) => hasRole(grant, ctx.viewer));
  return { ...filter, phoneIndex: mayFind && /^\+?\d{5,20}$/.test(phone) ? blindIndex(tx, phone) : null };
}

type ListArgs = { first: number; after?: string | null; filter?: WorkOrderFilter | null; orderBy: WorkOrderOrder };

/** The query behind every list of orders. */
const listed =
  (ctx: WorkOrderContext, { filter, orderBy }: ListArgs, visible: Visible) =>
  (tx: Tx): SelectQueryBuilder<WorkOrder> => {
    const query = workOrderQuery(tx, withPhone(ctx, tx, filter ?? {}), visible);
    return orderBy === 'DUE_AT_ASC' ? query.andWhere('w.due_at is not null') : query;
  };

/** A page of the orders that the viewer may see. */
export async function workOrderList(ctx: WorkOrderContext, args: ListArgs): Promise<Connection<WorkOrder>> {
  const visible = await visibleTo(ctx, args.filter?.communityId);
  return connection(ctx, listed(ctx, args, visible), orders[args.orderBy], args);
}

/** The lists that hang on entities of others, and the column that holds the entity's id. */
const parents = {
  'Community.workOrders': 'community_id',
  'Unit.workOrders': 'unit_id',
  'Household.workOrders': 'household_id',
  'Staff.assignedWorkOrders': 'assignee_id',
} as const;

/** The same below an entity; all entities of a request that ask for the same page are answered by one statement. */
export async function workOrdersOf(
  ctx: WorkOrderContext,
  list: keyof typeof parents,
  parentId: string,
  args: ListArgs,
): Promise<Connection<WorkOrder>> {
  // A community out of the viewer's reach is refused; the page itself is confined by what it hangs on.
  if (list === 'Community.workOrders') communityScope(ctx.viewer, parentId);
  const asked = list === 'Community.workOrders' ? null : args.filter?.communityId;
  const query = listed(ctx, args, await visibleTo(ctx, asked));
  return ctx.loaders.workOrdersOf.load({
    parentId,
    list,
    args,
    order: orders[args.orderBy],
    query: (tx, parent) => query(tx).andWhere(`w.${parents[list]} = ${parent}`),
  });
}

/** How many there are in every status, none included. */
export async function workOrderCounts(ctx: WorkOrderContext, filter: WorkOrderFilter) {
  const visible = await visibleTo(ctx, filter.communityId);
  const found = await ctx.read((tx) => countByStatus(tx, withPhone(ctx, tx, filter), visible));
  const counts = new Map(found.map(({ status, count }) => [status, count]));
  return statuses.map((status) => ({ status, count: counts.get(status) ?? 0 }));
}
