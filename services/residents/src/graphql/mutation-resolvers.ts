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
import { startHouseholdMembership } from '../commands/start-household-membership.ts';
import { updateCommunity } from '../commands/update-community.ts';
import { updateCompany } from '../commands/update-company.ts';
import { updateOrganisation } from '../commands/update-organisation.ts';
import { updatePerson } from '../commands/update-person.ts';
import { updatePlace } from '../commands/update-place.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type { MutationResolvers } from './generated.ts';

export const Mutation: MutationResolvers<ResidentsContext> = {
  registerCompany: async (_parent, { input }, ctx) => ({ company: await ctx.command(registerCompany, input) }),
  updateCompany: async (_parent, { input }, ctx) => ({ company: await ctx.command(updateCompany, input) }),
  registerCommunity: async (_parent, { input }, ctx) => ({ community: await ctx.command(registerCommunity, input) }),
  updateCommunity: async (_parent, { input }, ctx) => ({ community: await ctx.command(updateCommunity, input) }),
  leaveCommunity: async (_parent, { input }, ctx) => ({ community: await ctx.command(leaveCommunity, input) }),
  registerPlaces: (_parent, { input }, ctx) => ctx.command(registerPlaces, input),
  updatePlace: async (_parent, { input }, ctx) => ({ place: await ctx.command(updatePlace, input) }),
  registerPerson: async (_parent, { input }, ctx) => ({ person: await ctx.command(registerPerson, input) }),
  updatePerson: async (_parent, { input }, ctx) => ({ person: await ctx.command(updatePerson, input) }),
  revealPersonContact: async (_parent, { input }, ctx) => ({ person: await ctx.command(revealPersonContact, input) }),
  registerOrganisation: async (_parent, { input }, ctx) => ({
    organisation: await ctx.command(registerOrganisation, input),
  }),
  updateOrganisation: async (_parent, { input }, ctx) => ({
    organisation: await ctx.command(updateOrganisation, input),
  }),
  registerHouseholds: (_parent, { input }, ctx) => ctx.command(registerHouseholds, input),
  addHouseholdUnit: async (_parent, { input }, ctx) => ({ household: await ctx.command(addHouseholdUnit, input) }),
  releaseHouseholdUnit: async (_parent, { input }, ctx) => ({
    household: await ctx.command(releaseHouseholdUnit, input),
  }),
  startHouseholdMembership: async (_parent, { input }, ctx) => ({
    household: await ctx.command(startHouseholdMembership, input),
  }),
  endHouseholdMembership: async (_parent, { input }, ctx) => ({
    household: await ctx.command(endHouseholdMembership, input),
  }),
  changeHouseholdSegment: async (_parent, { input }, ctx) => ({
    household: await ctx.command(changeHouseholdSegment, input),
  }),
  changeHouseholdKeyAccount: async (_parent, { input }, ctx) => ({
    household: await ctx.command(changeHouseholdKeyAccount, input),
  }),
  createHouseholdDocumentUpload: async (_parent, { input }, ctx) => ({
    upload: await ctx.command(createHouseholdDocumentUpload, input),
  }),
  fileHouseholdDocument: async (_parent, { input }, ctx) => ({
    household: await ctx.command(fileHouseholdDocument, input),
  }),
};
