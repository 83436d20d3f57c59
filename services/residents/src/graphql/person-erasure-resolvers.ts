import { availableActions, communityScope, connection, historyOf, loaded } from '@steward/service-kit';

import { decidePersonErasure } from '../commands/decide-person-erasure.ts';
import { judgePersonErasure } from '../commands/judge-person-erasure.ts';
import { requestPersonErasure } from '../commands/request-person-erasure.ts';
import { revealPersonContacts } from '../commands/reveal-person-contacts.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { personErasureOrders, personErasureQuery } from '../db/person-erasure-queries.ts';
import type { Person } from '../domain/person.ts';
import type { MutationResolvers, PersonErasureResolvers, QueryResolvers } from './generated.ts';
import { opened } from './opened.ts';
import { subjectOfErasure } from './person-data-access.ts';
import { ifVisible } from './visible.ts';

type Queries = Pick<QueryResolvers<ResidentsContext>, 'personErasure' | 'personErasures'>;
type Mutations = Pick<
  MutationResolvers<ResidentsContext>,
  'requestPersonErasure' | 'decidePersonErasure' | 'revealPersonContacts'
>;

export const personDataQueries: Queries = {
  personErasure: (_parent, { id }, ctx) => ifVisible(ctx, 'PersonErasure', ctx.loaders.personErasure.load(id)),
  personErasures: (_parent, args, ctx) => {
    const filter = args.filter ?? {};
    const communities = communityScope(ctx.viewer, filter.communityId);
    return connection(
      ctx,
      (tx) => personErasureQuery(tx, filter, communities),
      personErasureOrders[args.orderBy],
      args,
    );
  },
};

/** The values of a person in clear; access to them was judged and the reading logged. */
export const contactOf = (ctx: ResidentsContext, { nameSealed, phoneSealed, identityNumberSealed }: Person) => ({
  name: ctx.open(nameSealed),
  phone: opened(ctx, phoneSealed),
  identityNumber: opened(ctx, identityNumberSealed),
});

export const personDataMutations: Mutations = {
  requestPersonErasure: async (_parent, { input }, ctx) => {
    const { id } = await ctx.command(requestPersonErasure, input);
    return { personErasure: await loaded(ctx.loaders.personErasure.load(id)) };
  },
  decidePersonErasure: async (_parent, { input }, ctx) => {
    const { id } = await ctx.command(decidePersonErasure, input);
    return { personErasure: await loaded(ctx.loaders.personErasure.load(id)) };
  },
  revealPersonContacts: async (_parent, { input }, ctx) => {
    const { ids } = await ctx.command(revealPersonContacts, input);
    const persons = await Promise.all(ids.map((id) => loaded(ctx.loaders.person.load(id))));
    return { persons: persons.map((person) => ({ person, contact: contactOf(ctx, person) })) };
  },
};

const PersonErasure: PersonErasureResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.personErasure.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  person: ({ personId }, _args, ctx) => loaded(ctx.loaders.person.load(personId)),
  note: ({ noteSealed }, _args, ctx) => opened(ctx, noteSealed),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (erasure, _args, ctx) =>
    availableActions(ctx, subjectOfErasure(erasure), judgePersonErasure(erasure, ctx.viewer.sub)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const personDataTypes = { PersonErasure };
