import type { Tx } from '@steward/db';
import { connection } from '@steward/service-kit';

import { listPolicies } from '../commands/list-policies.ts';
import { communityOrders, communityQuery } from '../db/community-queries.ts';
import { householdOrders, householdQuery } from '../db/household-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { organisationOrders, organisationQuery, personOrders, personQuery } from '../db/party-queries.ts';
import { placeOrders, placeQuery } from '../db/place-queries.ts';
import type { PersonFilter, QueryResolvers } from './generated.ts';
import { callerQueries } from './caller-resolvers.ts';
import { personDataQueries } from './person-erasure-resolvers.ts';
import { registerQueries } from './register-root-resolvers.ts';
import { custodyQueries } from './custody-resolvers.ts';
import { passQueries } from './pass-resolvers.ts';
import { decorationQueries } from './decoration-root-resolvers.ts';
import { fileSetQueries } from './file-set-resolvers.ts';
import { takeoverQueries } from './takeover-resolvers.ts';
import { moveOutQueries } from './move-out-resolvers.ts';
import { contactListQueries } from './contact-list-resolvers.ts';
import { moveInQueries } from './move-in-resolvers.ts';
import { broadcastQueries } from './broadcast-resolvers.ts';
import { counterSignQueries } from './counter-sign-resolvers.ts';
import { deskServiceQueries } from './desk-service-resolvers.ts';
import { mandateQueries } from './mandate-resolvers.ts';
import { unitOf } from './place-resolvers.ts';
import { ifVisible, visible } from './visible.ts';

/**
 * Who filters by a sealed value learns it of the rows that are found: as much as who reads the identity number, or has a
 * phone shown to them.
 */
const sealedValuesOf = ({ phone, identityNumber }: PersonFilter): string[] => [
  ...(phone == null ? [] : ['Mutation.revealPersonContact']),
  ...(identityNumber == null ? [] : ['Person.identityNumberMasked', 'Mutation.revealPersonContact']),
];

export const Query: QueryResolvers<ResidentsContext> = {
  ...passQueries,
  ...custodyQueries,
  ...registerQueries,
  ...callerQueries,
  ...personDataQueries,
  ...decorationQueries,
  ...moveInQueries,
  ...contactListQueries,
  ...moveOutQueries,
  ...takeoverQueries,
  ...fileSetQueries,
  ...mandateQueries,
  ...deskServiceQueries,
  ...broadcastQueries,
  ...counterSignQueries,
  me: (_parent, _args, ctx) => ctx.viewer,
  company: (_parent, _args, ctx) => ctx.loaders.company.load(ctx.viewer.tenantId),
  community: (_parent, { id }, ctx) => ifVisible(ctx, 'Community', ctx.loaders.community.load(id)),
  communities: async (_parent, args, ctx) => {
    const { communities } = await visible(ctx);
    return connection(
      ctx,
      (tx) => communityQuery(tx, args.filter ?? {}, communities),
      communityOrders[args.orderBy],
      args,
    );
  },
  place: (_parent, { id }, ctx) => ifVisible(ctx, 'Place', ctx.loaders.place.load(id)),
  places: async (_parent, args, ctx) => {
    const { communities } = await visible(ctx, args.filter?.communityId);
    return connection(ctx, (tx) => placeQuery(tx, args.filter ?? {}, communities), placeOrders[args.orderBy], args);
  },
  unit: (_parent, { id }, ctx) => ifVisible(ctx, 'Unit', unitOf(ctx, id)),
  person: (_parent, { id }, ctx) => ifVisible(ctx, 'Person', ctx.loaders.person.load(id)),
  persons: async (_parent, args, ctx) => {
    const { communities } = await visible(ctx, args.filter?.communityId);
    const filter = args.filter ?? {};
    const query = (tx: Tx) => personQuery(tx, filter, communities);
    return connection(ctx, query, personOrders[args.orderBy], args, sealedValuesOf(filter));
  },
  organisation: (_parent, { id }, ctx) => ifVisible(ctx, 'Organisation', ctx.loaders.organisation.load(id)),
  organisations: async (_parent, { filter, orderBy, ...page }, ctx) => {
    const { communities } = await visible(ctx, filter?.communityId);
    return connection(ctx, (tx) => organisationQuery(tx, filter ?? {}, communities), organisationOrders[orderBy], page);
  },
  household: (_parent, { id }, ctx) => ifVisible(ctx, 'Household', ctx.loaders.household.load(id)),
  households: async (_parent, args, ctx) => {
    const seen = await visible(ctx, args.filter?.communityId);
    return connection(ctx, (tx) => householdQuery(tx, args.filter ?? {}, seen), householdOrders[args.orderBy], args);
  },
  residentsPolicies: async (_parent, { communityId }, ctx) => {
    const there = await ifVisible(ctx, 'Place', Promise.resolve({ communityId }));
    return there === null ? [] : ctx.read((tx) => listPolicies(tx, communityId));
  },
};
