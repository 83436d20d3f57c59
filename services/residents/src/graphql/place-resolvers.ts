import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { placeActions } from '../commands/judge-actions.ts';
import { ofDay } from '../db/household-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { placeOrders, placeQuery } from '../db/place-queries.ts';
import type { Place as PlaceRow } from '../domain/place.ts';
import { subjectOfPlace } from './access-policy.ts';
import type { PlaceResolvers, UnitResolvers } from './generated.ts';
import { householdsBehind } from './visible.ts';

/** The place of that id if it is a unit. */
export async function unitOf(ctx: ResidentsContext, id: string): Promise<PlaceRow | null> {
  const place = await ctx.loaders.place.load(id);
  return place?.kind === 'UNIT' ? place : null;
}

export const Place: PlaceResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.place.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  parent: ({ parentId }, _args, ctx) => (parentId === null ? null : ctx.loaders.place.load(parentId)),
  children: ({ id: parentId }, args, ctx) =>
    ctx.loaders.placesBelow.load({
      parentId,
      list: 'Place.children',
      args,
      order: placeOrders.NUMBER,
      query: (tx, parent) => placeQuery(tx, {}, null).andWhere(`p.parent_id = ${parent}`),
    }),
  unit: (place) => (place.kind === 'UNIT' ? place : null),
  commonArea: ({ commonAreaCode: code }) => (code === null ? null : { code, labelKey: `commonArea.${code}` }),
  availableActions: (place, _args, ctx) => availableActions(ctx, subjectOfPlace(place), placeActions),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const Unit: UnitResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => unitOf(ctx, id),
  place: (place) => place,
  usage: ({ usage }) => usage as NonNullable<typeof usage>,
  households: async ({ id }, { on }, ctx) =>
    householdsBehind(ctx, ofDay((await ctx.loaders.holdingsOfUnit.load(id)) ?? [], on)),
};
