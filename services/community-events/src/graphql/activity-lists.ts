import type { Tx } from '@steward/db';
import { communityScope, confine, connection, type Order } from '@steward/service-kit';
import type { SelectQueryBuilder } from 'typeorm';

import { activityQuery, registrationQuery } from '../db/activity-queries.ts';
import type { CommunityEventsContext } from '../db/loaders.ts';
import type { Activity } from '../domain/activity.ts';
import type {
  ActivityFilter,
  ActivityOrder,
  ActivityRegistrationFilter,
  ActivityRegistrationOrder,
} from './generated.ts';

const orders: Record<ActivityOrder, Order> = {
  STARTS_AT_DESC: { property: 'startsAt', direction: 'DESC' },
  STARTS_AT_ASC: { property: 'startsAt', direction: 'ASC' },
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

export type ActivityListArgs = {
  first: number;
  after?: string | null;
  filter?: ActivityFilter | null;
  orderBy: ActivityOrder;
};

/** Plans are the staff's; residents see what was approved and whatever came of it. */
function listQuery(ctx: CommunityEventsContext, tx: Tx, args: ActivityListArgs): SelectQueryBuilder<Activity> {
  const filter = args.filter ?? {};
  if (filter.communityId != null) communityScope(ctx.viewer, filter.communityId);
  const query = activityQuery(tx, filter);
  if (ctx.viewer.actor === 'person') query.andWhere('a.approved_at is not null');
  return args.orderBy === 'CREATED_AT_DESC' ? query : query.andWhere('a.starts_at is not null');
}

export const activityList = (ctx: CommunityEventsContext, args: ActivityListArgs) =>
  connection(ctx, (tx) => listQuery(ctx, tx, args), orders[args.orderBy], args);

/** The same below a community; however many communities ask, it is one statement. */
export async function activitiesBelow(ctx: CommunityEventsContext, parentId: string, args: ActivityListArgs) {
  const own = { householdIds: await ctx.ownHouseholds() };
  return ctx.loaders.activitiesBelow.load({
    parentId,
    list: 'Community.activities',
    args,
    order: orders[args.orderBy],
    query: (tx, parent) => confine(ctx, tx, listQuery(ctx, tx, args), own).andWhere(`a.community_id = ${parent}`),
  });
}

const registrationOrders: Record<ActivityRegistrationOrder, Order> = {
  CREATED_AT_ASC: { property: 'createdAt', direction: 'ASC' },
  CREATED_AT_DESC: { property: 'createdAt', direction: 'DESC' },
};

type Page = { first: number; after?: string | null };
type RegistrationArgs = Page & { filter?: ActivityRegistrationFilter | null; orderBy: ActivityRegistrationOrder };

export const registrationList = (ctx: CommunityEventsContext, args: RegistrationArgs) =>
  connection(ctx, (tx) => registrationQuery(tx, args.filter ?? {}), registrationOrders[args.orderBy], args);

export async function registrationsBelow(ctx: CommunityEventsContext, parentId: string, args: Page) {
  const own = { householdIds: await ctx.ownHouseholds() };
  return ctx.loaders.registrationsBelow.load({
    parentId,
    list: 'Activity.registrations',
    args,
    order: registrationOrders.CREATED_AT_ASC,
    query: (tx, parent) => confine(ctx, tx, registrationQuery(tx, {}), own).andWhere(`r.activity_id = ${parent}`),
  });
}
