import { listPolicies } from '../commands/list-policies.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type {
  HouseholdRegistrationResolvers,
  PlaceRegistrationResolvers,
  SetResidentsPolicyPayloadResolvers,
} from './generated.ts';

export const SetResidentsPolicyPayload: SetResidentsPolicyPayloadResolvers<ResidentsContext> = {
  figures: ({ communityId }, _args, ctx) => ctx.read((tx) => listPolicies(tx, communityId)),
};

export const PlaceRegistration: PlaceRegistrationResolvers<ResidentsContext> = {
  place: ({ id }, _args, ctx) => (id === null ? null : ctx.loaders.place.load(id)),
};

export const HouseholdRegistration: HouseholdRegistrationResolvers<ResidentsContext> = {
  household: ({ id }, _args, ctx) => (id === null ? null : ctx.loaders.household.load(id)),
};
