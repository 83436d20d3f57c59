import { loader, resolvePolicy, type Context } from '@steward/service-kit';

import type { Candidate, Fitter } from '../domain/dispatch-rules.ts';
import type { authorityPolicy } from '../domain/quote-policy.ts';
import type { dispatchRoles, workPolicy, WorkValues } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import { findCandidatesOf } from './dispatch-queries.ts';
import { findFitter, zonesOf } from './reference-queries.ts';

/** What holds in a community, for the actions on its orders. */
export type ActionFigures = { zone: string; work: WorkValues; propertyAcceptanceRoles: readonly string[] };

/** The tables of figures that decide about actions. */
export type ActionPolicies = {
  authority: typeof authorityPolicy;
  work: typeof workPolicy;
  dispatchRoles: typeof dispatchRoles;
};

/** Loaders of what actions depend on besides the order; one read per kind, and for figures one per community. */
export const actionLoaders = (ctx: Context, policies: ActionPolicies) => ({
  candidates: loader<WorkOrder, Candidate[]>(ctx, async (tx, orders) => {
    const found = await findCandidatesOf(tx, orders, policies.dispatchRoles.value);
    return orders.map(({ id }) => found.get(id) ?? []);
  }),
  fitter: loader<string, Fitter>(ctx, (tx, ids) => Promise.all(ids.map((id) => findFitter(tx, id)))),
  actionFigures: loader<string, ActionFigures>(ctx, async (tx, ids) => {
    const zones = await zonesOf(
      tx,
      ids.map((communityId) => ({ communityId })),
    );
    const figures: ActionFigures[] = [];
    for (const id of ids) {
      const { propertyAcceptanceRoles } = await resolvePolicy(tx, policies.authority, id);
      figures.push({ zone: zones(id), work: await resolvePolicy(tx, policies.work, id), propertyAcceptanceRoles });
    }
    return figures;
  }),
});
