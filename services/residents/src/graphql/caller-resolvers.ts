import { communityScope, pageSize } from '@steward/service-kit';

import { findCallers } from '../commands/find-callers.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type { CallerResolvers, QueryResolvers } from './generated.ts';

export const callerQueries: Pick<QueryResolvers<ResidentsContext>, 'callers'> = {
  callers: (_parent, { text, communityId, first: asked }, ctx) => {
    const [communities, first] = [communityScope(ctx.viewer, communityId), pageSize({ first: asked })];
    return ctx.read((tx) => findCallers(tx, { text, communities, first }));
  },
};

const Caller: CallerResolvers<ResidentsContext> = {
  matchedBy: ({ kind }) => kind,
  household: ({ householdId: id }, _args, ctx) => (id === null ? null : ctx.loaders.household.load(id)),
  unit: ({ subjectType, subjectId }, _args, ctx) => (subjectType === 'UNIT' ? ctx.loaders.place.load(subjectId) : null),
  person: ({ subjectType, subjectId }, _args, ctx) =>
    subjectType === 'PERSON' ? ctx.loaders.person.load(subjectId) : null,
  reference: ({ subjectType: kind, subjectId: id, number }) =>
    kind === 'UNIT' || kind === 'PERSON' || number === null ? null : { kind, id, number },
};

export const callerTypes = { Caller };
