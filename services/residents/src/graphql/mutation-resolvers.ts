import { loaded } from '@steward/service-kit';
import type { Command } from '@steward/service-kit';

import { addHouseholdUnit } from '../commands/add-household-unit.ts';
import { changeHouseholdKeyAccount } from '../commands/change-household-key-account.ts';
import { changeHouseholdSegment } from '../commands/change-household-segment.ts';
import { createHouseholdDocumentUpload } from '../commands/create-household-document-upload.ts';
import { endHouseholdMembership } from '../commands/end-household-membership.ts';
import { fileHouseholdDocument } from '../commands/file-household-document.ts';
import { leaveCommunity } from '../commands/leave-community.ts';
import { registerCommunity } from '../commands/register-community.ts';
import { registerCompany } from '../commands/register-company.ts';
import { registerHouseholds } from '../commands/register-households.ts';
import { registerOrganisation } from '../commands/register-organisation.ts';
import { registerPerson } from '../commands/register-person.ts';
import { registerPlaces } from '../commands/register-places.ts';
import { releaseHouseholdUnit } from '../commands/release-household-unit.ts';
import { revealPersonContact } from '../commands/reveal-person-contact.ts';
import { setResidentsPolicy } from '../commands/set-residents-policy.ts';
import { startHouseholdMembership } from '../commands/start-household-membership.ts';
import { updateCommunity } from '../commands/update-community.ts';
import { updateCompany } from '../commands/update-company.ts';
import { updateOrganisation } from '../commands/update-organisation.ts';
import { updatePerson } from '../commands/update-person.ts';
import { updatePlace } from '../commands/update-place.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type { MutationResolvers } from './generated.ts';
import { decorationMutations } from './decoration-root-resolvers.ts';
import { fileSetMutations } from './file-set-resolvers.ts';
import { takeoverMutations } from './takeover-resolvers.ts';
import { moveOutMutations } from './move-out-resolvers.ts';
import { contactListMutations } from './contact-list-resolvers.ts';
import { moveInMutations } from './move-in-resolvers.ts';
import { broadcastMutations } from './broadcast-resolvers.ts';
import { counterSignMutations } from './counter-sign-resolvers.ts';
import { deskServiceMutations } from './desk-service-resolvers.ts';
import { mandateMutations } from './mandate-resolvers.ts';
import { opened } from './opened.ts';
import { procedureMutations } from './procedure-resolvers.ts';
import { personDataMutations } from './person-erasure-resolvers.ts';
import { registerMutations } from './register-root-resolvers.ts';
import { custodyMutations } from './custody-resolvers.ts';
import { passMutations } from './pass-resolvers.ts';

type AggregateName = 'company' | 'community' | 'place' | 'person' | 'organisation' | 'household';
type Answer<Name extends AggregateName> = {
  [N in Name]: NonNullable<Awaited<ReturnType<ResidentsContext['loaders'][N]['load']>>>;
};

/** A mutation that runs a command and answers its aggregate as it then stands. */
const changing =
  <Name extends AggregateName, Input>(name: Name, command: Command<Input, { id: string }>) =>
  async (_parent: unknown, { input }: { input: Input }, ctx: ResidentsContext): Promise<Answer<Name>> => {
    const { id } = await ctx.command(command, input);
    return { [name]: await loaded<unknown>(ctx.loaders[name].load(id)) } as Answer<Name>;
  };

export const Mutation: MutationResolvers<ResidentsContext> = {
  ...passMutations,
  ...custodyMutations,
  ...registerMutations,
  ...personDataMutations,
  ...procedureMutations,
  ...decorationMutations,
  ...moveInMutations,
  ...contactListMutations,
  ...moveOutMutations,
  ...takeoverMutations,
  ...fileSetMutations,
  ...mandateMutations,
  ...deskServiceMutations,
  ...broadcastMutations,
  ...counterSignMutations,
  registerCompany: changing('company', registerCompany),
  updateCompany: changing('company', updateCompany),
  registerCommunity: changing('community', registerCommunity),
  updateCommunity: changing('community', updateCommunity),
  leaveCommunity: changing('community', leaveCommunity),
  registerPlaces: (_parent, { input }, ctx) => ctx.command(registerPlaces, input),
  updatePlace: changing('place', updatePlace),
  registerPerson: changing('person', registerPerson),
  updatePerson: changing('person', updatePerson),
  revealPersonContact: async (_parent, { input }, ctx) => {
    const { id } = await ctx.command(revealPersonContact, input);
    const person = await loaded(ctx.loaders.person.load(id));
    const { nameSealed, phoneSealed, identityNumberSealed } = person;
    const [phone, identityNumber] = [opened(ctx, phoneSealed), opened(ctx, identityNumberSealed)];
    return { person, contact: { name: ctx.open(nameSealed), phone, identityNumber } };
  },
  registerOrganisation: changing('organisation', registerOrganisation),
  updateOrganisation: changing('organisation', updateOrganisation),
  registerHouseholds: (_parent, { input }, ctx) => ctx.command(registerHouseholds, input),
  addHouseholdUnit: changing('household', addHouseholdUnit),
  releaseHouseholdUnit: changing('household', releaseHouseholdUnit),
  startHouseholdMembership: changing('household', startHouseholdMembership),
  endHouseholdMembership: changing('household', endHouseholdMembership),
  changeHouseholdSegment: changing('household', changeHouseholdSegment),
  changeHouseholdKeyAccount: changing('household', changeHouseholdKeyAccount),
  createHouseholdDocumentUpload: async (_parent, { input }, ctx) => ({
    upload: await ctx.command(createHouseholdDocumentUpload, input),
  }),
  fileHouseholdDocument: changing('household', fileHouseholdDocument),
  setResidentsPolicy: (_parent, { input }, ctx) => ctx.command(setResidentsPolicy, input),
};
