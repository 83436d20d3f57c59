import { loader, resolvePolicy, type Context } from '@steward/service-kit';

import type { Candidate, Fitter } from '../domain/dispatch-rules.ts';
import { authorityPolicy } from '../domain/quote-policy.ts';
import { workPolicy, type WorkValues } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import { findCandidatesOf } from './dispatch-queries.ts';
import { findFitter, zonesOf } from './reference-queries.ts';

/** What holds in a community, for the actions on its orders. */
export type ActionFigures = { zone: string; work: WorkValues; propertyAcceptanceRoles: readonly string[] };

/** Loaders of what actions depend on besides the order; one read per kind, and for figures one per community. */
export const actionLoaders = (ctx: Context) => ({
  candidates: loader<WorkOrder, Candidate[]>(ctx, async (tx, orders) => {
    const found = await findCandidatesOf(tx, orders);
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
      const { propertyAcceptanceRoles } = await resolvePolicy(tx, authorityPolicy, id);
      figures.push({ zone: zones(id), work: await resolvePolicy(tx, workPolicy, id), propertyAcceptanceRoles });
    }
    return figures;
  }),
});
