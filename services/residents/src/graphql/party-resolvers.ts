import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { organisationActions, personActions } from '../commands/judge-actions.ts';
import { ofDay } from '../db/household-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { subjectOfOrganisation, subjectOfPerson } from './access-policy.ts';
import type { OrganisationResolvers, PersonResolvers } from './generated.ts';
import { opened } from './opened.ts';
import { householdsBehind } from './visible.ts';

export const Person: PersonResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.person.load(id),
  name: ({ nameSealed }, _args, ctx) => ctx.open(nameSealed),
  phone: ({ phoneSealed }, _args, ctx) => opened(ctx, phoneSealed),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  households: async ({ id }, { on }, ctx) =>
    householdsBehind(ctx, ofDay((await ctx.loaders.membershipsOfPerson.load(id)) ?? [], on)),
  householdsEver: async ({ id }, _args, ctx) => {
    const all = (await ctx.loaders.membershipsOfPerson.load(id)) ?? [];
    return householdsBehind(
      ctx,
      all.filter(({ validFrom, validTo }) => validFrom !== validTo),
    );
  },
  availableActions: async (person, _args, ctx) =>
    availableActions(ctx, await subjectOfPerson(person, ctx), personActions),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const Organisation: OrganisationResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.organisation.load(id),
  contactName: ({ contactNameSealed }, _args, ctx) => opened(ctx, contactNameSealed),
  contactPhone: ({ contactPhoneSealed }, _args, ctx) => opened(ctx, contactPhoneSealed),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  households: async ({ id }, { on }, ctx) =>
    householdsBehind(ctx, ofDay((await ctx.loaders.membershipsOfOrganisation.load(id)) ?? [], on)),
  availableActions: async (organisation, _args, ctx) =>
    availableActions(ctx, await subjectOfOrganisation(organisation, ctx), organisationActions),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};
