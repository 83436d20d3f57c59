import { communityScope, connection } from '@steward/service-kit';

import {
  apportionmentsQuery,
  chargeRequestsQuery,
  chargeRunsQuery,
  metersQuery,
  newestOrders,
  openingImportsQuery,
  tariffsQuery,
  waiversQuery,
} from '../db/charging-list-queries.ts';
import type { BillingContext } from '../db/loaders.ts';
import type { QueryResolvers } from './generated.ts';

/** A community that is asked for by name has to be within reach; what else is seen, the access table says. */
function checkReach({ viewer }: BillingContext, filter: { communityId?: string | null } | null | undefined): void {
  if (filter?.communityId != null) communityScope(viewer, filter.communityId);
}

type Lists = Pick<
  QueryResolvers<BillingContext>,
  'tariffs' | 'meters' | 'apportionments' | 'chargeRuns' | 'openingImports' | 'chargeRequests' | 'waivers'
>;

/** Pages of what the viewer may see. */
export const chargingLists: Lists = {
  tariffs: (_parent, args, ctx) => {
    checkReach(ctx, args.filter);
    return connection(ctx, (tx) => tariffsQuery(tx, args.filter ?? {}), newestOrders[args.orderBy], args);
  },
  meters: (_parent, args, ctx) => {
    checkReach(ctx, args.filter);
    return connection(ctx, (tx) => metersQuery(tx, args.filter ?? {}), newestOrders[args.orderBy], args);
  },
  apportionments: (_parent, args, ctx) => {
    checkReach(ctx, args.filter);
    return connection(ctx, (tx) => apportionmentsQuery(tx, args.filter ?? {}), newestOrders[args.orderBy], args);
  },
  chargeRuns: (_parent, args, ctx) => {
    checkReach(ctx, args.filter);
    return connection(ctx, (tx) => chargeRunsQuery(tx, args.filter ?? {}), newestOrders[args.orderBy], args);
  },
  openingImports: (_parent, args, ctx) => {
    checkReach(ctx, args.filter);
    return connection(ctx, (tx) => openingImportsQuery(tx, args.filter ?? {}), newestOrders[args.orderBy], args);
  },
  chargeRequests: (_parent, args, ctx) => {
    checkReach(ctx, args.filter);
    return connection(ctx, (tx) => chargeRequestsQuery(tx, args.filter ?? {}), newestOrders[args.orderBy], args);
  },
  waivers: (_parent, args, ctx) => {
    checkReach(ctx, args.filter);
    return connection(ctx, (tx) => waiversQuery(tx, args.filter ?? {}), newestOrders[args.orderBy], args);
  },
};
