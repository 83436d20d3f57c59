import { hasRole } from '@steward/auth';
import type { Tx } from '@steward/db';
import { communityScope, confine, connection, phoneIndex, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import { complaintQuery, countByStatus, type ListFilter } from '../db/complaint-list-queries.ts';
import type { ComplaintContext } from '../db/loaders.ts';
import type { Complaint } from '../domain/complaint.ts';
import type { ComplaintFilter, ComplaintOrder, ComplaintStatus } from './generated.ts';

const orders: Record<ComplaintOrder, Order> = {
  RECEIVED_AT_DESC: { property: 'receivedAt', direction: 'DESC' },
  RECEIVED_AT_ASC: { property: 'receivedAt', direction: 'ASC' },
  DUE_AT_ASC: { property: 'dueAt', direction: 'ASC' },
};

const statuses: readonly ComplaintStatus[] = ['RECEIVED', 'REFERRED', 'HANDLING', 'RESOLVED', 'ARCHIVED', 'WITHDRAWN'];

/** A whole phone number finds complaints for those alone who may have it revealed. */
function withPhone(ctx: ComplaintContext, tx: Tx, filter: ComplaintFilter): ListFilter {
  const phone = (filter.text ?? '').replace(/[\s-]/g, '');
  const row = ctx.accessTo('Mutation.revealComplaintContact');
  const mayFind = typeof row !== 'string' && row.some((grant) => hasRole(grant, ctx.viewer));
  return { ...filter, phoneIndex: mayFind && /^\+?\d{5,20}$/.test(phone) ? phoneIndex(tx, phone) : null };
}

/** A community that is asked for by name has to be within reach; what else is seen, the access table says. */
function asked(ctx: ComplaintContext, { communityId }: ComplaintFilter): string[] | null {
  if (communityId == null) return null;
  communityScope(ctx.viewer, communityId);
  return [communityId];
}

type ListArgs = { first: number; after?: string | null; filter?: ComplaintFilter | null; orderBy: ComplaintOrder };

function listQuery(
  ctx: ComplaintContext,
  tx: Tx,
  { filter, orderBy }: Pick<ListArgs, 'filter' | 'orderBy'>,
): SelectQueryBuilder<Complaint> {
  const query = complaintQuery(tx, withPhone(ctx, tx, filter ?? {}), asked(ctx, filter ?? {}));
  return orderBy === 'DUE_AT_ASC' ? query.andWhere('c.due_at is not null') : query;
}

/** A page of the complaints that the viewer may see. */
export const complaintList = (ctx: ComplaintContext, args: ListArgs) =>
  connection(ctx, (tx) => listQuery(ctx, tx, args), orders[args.orderBy], args);

type Below = { parentId: string; list: string; column: 'community_id' | 'unit_id' | 'household_id' | 'handler_id' };

/** The same below a parent; however many parents ask, it is one statement. */
export async function complaintsBelow(ctx: ComplaintContext, args: ListArgs, { parentId, list, column }: Below) {
  const own = { householdIds: await ctx.ownHouseholds() };
  return ctx.loaders.complaintsBelow.load({
    parentId,
    list,
    args,
    order: orders[args.orderBy],
    query: (tx, parent) => confine(ctx, tx, listQuery(ctx, tx, args), own).andWhere(`c.${column} = ${parent}`),
  });
}

/** How many there are in every status, none included. */
export async function complaintCounts(ctx: ComplaintContext, filter: ComplaintFilter) {
  const own = { householdIds: await ctx.ownHouseholds() };
  const found = await ctx.read((tx) =>
    countByStatus(confine(ctx, tx, listQuery(ctx, tx, { filter, orderBy: 'RECEIVED_AT_DESC' }), own)),
  );
  const counts = new Map(found.map(({ status, count }) => [status, count]));
  return statuses.map((status) => ({ status, count: counts.get(status) ?? 0 }));
}
