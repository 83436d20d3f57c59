import { communityScope, confine, connection } from '@steward/service-kit';

import { billingAccountOrders, billingAccountsQuery, chargeOrders, chargesQuery } from '../db/charge-list-queries.ts';
import type { BillingContext } from '../db/loaders.ts';
import type { BillingAccountFilter, BillingAccountOrder, ChargeFilter, ChargeOrder } from './generated.ts';

type Page<Filter, OrderBy> = { first: number; after?: string | null; filter?: Filter | null; orderBy: OrderBy };

/** A community that is asked for by name has to be within reach; what else is seen, the access table says. */
function checkReach({ viewer }: BillingContext, communityId: string | null | undefined): void {
  if (communityId != null) communityScope(viewer, communityId);
}

/** A page of the billing accounts that the viewer may see. */
export function billingAccountList(ctx: BillingContext, args: Page<BillingAccountFilter, BillingAccountOrder>) {
  checkReach(ctx, args.filter?.communityId);
  return connection(ctx, (tx) => billingAccountsQuery(tx, args.filter ?? {}), billingAccountOrders[args.orderBy], args);
}

type ChargePage = Page<ChargeFilter, ChargeOrder>;

/** A page of the charges that the viewer may see. */
export function chargeList(ctx: BillingContext, args: ChargePage) {
  checkReach(ctx, args.filter?.communityId);
  return connection(ctx, (tx) => chargesQuery(tx, args.filter ?? {}), chargeOrders[args.orderBy], args);
}

type Below = { parentId: string; list: string; column: 'billing_account_id' | 'unit_id' | 'household_id' };

/** The same below a parent; however many parents ask, it is one statement. */
export async function chargesBelow(ctx: BillingContext, args: ChargePage, { parentId, list, column }: Below) {
  checkReach(ctx, args.filter?.communityId);
  const own = { householdIds: await ctx.ownHouseholds() };
  return ctx.loaders.chargesBelow.load({
    parentId,
    list,
    args,
    order: chargeOrders[args.orderBy],
    query: (tx, parent) =>
      confine(ctx, tx, chargesQuery(tx, args.filter ?? {}), own).andWhere(`c.${column} = ${parent}`),
  });
}
