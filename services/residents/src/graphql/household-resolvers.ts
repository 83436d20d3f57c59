import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { householdActionsOf } from '../commands/judge-actions.ts';
import { judgeHouseholdFile } from '../commands/judge-household-file.ts';
import { ofDay } from '../db/household-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { householdTimeline } from './timeline-resolvers.ts';
import { subjectOfHousehold } from './access-policy.ts';
import type {
  HouseholdDocumentResolvers,
  HouseholdFileResolvers,
  HouseholdHoldingResolvers,
  HouseholdMembershipResolvers,
  HouseholdResolvers,
} from './generated.ts';

const documentKind = (code: string) => ({ code, labelKey: `documentKind.${code}` });

export const Household: HouseholdResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.household.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  units: async ({ id }, { on }, ctx) => {
    const held = ofDay((await ctx.loaders.holdingsOfHousehold.load(id)) ?? [], on);
    return Promise.all(
      [...new Set(held.map(({ unitId }) => unitId))].map((unit) => loaded(ctx.loaders.place.load(unit))),
    );
  },
  holdings: async ({ id }, { on }, ctx) => {
    const all = (await ctx.loaders.holdingsOfHousehold.load(id)) ?? [];
    return on == null ? all : ofDay(all, on);
  },
  memberships: async ({ id }, { on, role }, ctx) => {
    const all = (await ctx.loaders.membershipsOfHousehold.load(id)) ?? [];
    return (on == null ? all : ofDay(all, on)).filter((one) => role == null || role.includes(one.role));
  },
  ...householdTimeline,
  file: async ({ id }, _args, ctx) => judgeHouseholdFile(await loaded(ctx.loaders.householdFile.load(id))),
  availableActions: (household, _args, ctx) => availableActions(ctx, subjectOfHousehold(household), householdActionsOf),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const HouseholdHolding: HouseholdHoldingResolvers<ResidentsContext> = {
  unit: ({ unitId }, _args, ctx) => loaded(ctx.loaders.place.load(unitId)),
};

export const HouseholdMembership: HouseholdMembershipResolvers<ResidentsContext> = {
  person: ({ personId }, _args, ctx) => (personId === null ? null : ctx.loaders.person.load(personId)),
  organisation: ({ organisationId: id }, _args, ctx) => (id === null ? null : ctx.loaders.organisation.load(id)),
};

export const HouseholdFile: HouseholdFileResolvers<ResidentsContext> = {
  requiredKinds: ({ requiredKindCodes }) => requiredKindCodes.map(documentKind),
  missingKinds: ({ missingKindCodes }) => missingKindCodes.map(documentKind),
};

export const HouseholdDocument: HouseholdDocumentResolvers<ResidentsContext> = {
  kind: ({ kindCode }) => documentKind(kindCode),
  scan: ({ fileId }, _args, ctx) => (fileId === null ? null : ctx.loaders.file.load(fileId)),
};
