import type { ResidentsContext } from '../db/loaders.ts';
import { loaded } from './loaded.ts';
import { opened } from './opened.ts';

type LoaderName = 'company' | 'community' | 'place' | 'person' | 'organisation' | 'household';
type Payload<Name extends string> = Record<Name, { id: string }>;
type RowAnswer = { id: string | null };

/** A command answers `{ id }`; what a client selects of the aggregate is loaded here, in one read for all rows. */
const payloadOf = <Name extends LoaderName>(name: Name) => ({
  [name]: (payload: Payload<Name>, _args: unknown, ctx: ResidentsContext) =>
    loaded<unknown>(ctx.loaders[name].load(payload[name].id)),
});

const rowOf = (name: 'place' | 'household') => ({
  [name]: ({ id }: RowAnswer, _args: unknown, ctx: ResidentsContext) =>
    id === null ? null : ctx.loaders[name].load(id),
});

const household = payloadOf('household');

export const payloads = {
  RegisterCompanyPayload: payloadOf('company'),
  UpdateCompanyPayload: payloadOf('company'),
  RegisterCommunityPayload: payloadOf('community'),
  UpdateCommunityPayload: payloadOf('community'),
  LeaveCommunityPayload: payloadOf('community'),
  PlaceRegistration: rowOf('place'),
  UpdatePlacePayload: payloadOf('place'),
  RegisterPersonPayload: payloadOf('person'),
  UpdatePersonPayload: payloadOf('person'),
  RevealPersonContactPayload: {
    ...payloadOf('person'),
    contact: async (payload: Payload<'person'>, _args: unknown, ctx: ResidentsContext) => {
      const person = await loaded(ctx.loaders.person.load(payload.person.id));
      const { nameSealed, phoneSealed, identityNumberSealed } = person;
      const [name, phone] = [ctx.open(nameSealed), opened(ctx, phoneSealed)];
      return { name, phone, identityNumber: opened(ctx, identityNumberSealed) };
    },
  },
  RegisterOrganisationPayload: payloadOf('organisation'),
  UpdateOrganisationPayload: payloadOf('organisation'),
  HouseholdRegistration: rowOf('household'),
  AddHouseholdUnitPayload: household,
  ReleaseHouseholdUnitPayload: household,
  StartHouseholdMembershipPayload: household,
  EndHouseholdMembershipPayload: household,
  ChangeHouseholdSegmentPayload: household,
  ChangeHouseholdKeyAccountPayload: household,
  FileHouseholdDocumentPayload: household,
};
