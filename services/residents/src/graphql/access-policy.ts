import type { AccessPolicy, Grant, Role, Subject, SubjectOf, Viewer } from '@steward/auth';
import { parkedEventAccess } from '@steward/service-kit';

import { personDataAccess, personDataSubjects } from './person-data-access.ts';
import { registerAccess, registerSubjects } from './register-access.ts';
import { custodyAccess, custodySubjects } from './custody-access.ts';
import { passAccess, passSubjects } from './pass-access.ts';
import type { PlacedMembership, ResidentsContext } from '../db/loaders.ts';
import { ofDay } from '../db/household-queries.ts';
import { sharedCommunity } from '../db/visible-queries.ts';
import type { Community } from '../domain/community.ts';
import type { Household } from '../domain/household.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/person.ts';
import type { Place } from '../domain/place.ts';

import { decorationAccess, decorationSubjects } from './decoration-access.ts';
import { fileSetAccess, fileSetSubjects } from './file-set-access.ts';
import { takeoverAccess, takeoverSubjects } from './takeover-access.ts';
import { moveOutAccess, moveOutSubjects } from './move-out-access.ts';
import { contactListAccess, contactListSubjects } from './contact-list-access.ts';
import { deskServiceAccess, deskServiceSubjects } from './desk-service-access.ts';
import { moveInAccess, moveInSubjects } from './move-in-access.ts';

const overseers: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator'];
/** Those who keep the records of residents. */
const desk: Role[] = [...overseers, 'supervisor', 'clerk'];
/** Those who deal with residents by name. */
const counter: Role[] = [...desk, 'cashier'];
const staff: Role[] = [...counter, 'maintenance', 'guard', 'environment', 'trainer', 'analyst'];
const residents: Role[] = ['resident', 'committee'];

const inCommunity = (roles: Role[]): Grant => ({ roles, relation: 'community' });
const own: Grant = { roles: residents, relation: 'own' };

const byOverseers: Grant[] = [{ roles: overseers, relation: 'tenant' }];
const byOverseersThere: Grant[] = [inCommunity(overseers)];
const byDesk: Grant[] = [inCommunity(desk)];
const byCounter: Grant[] = [inCommunity(counter)];
const everyStaff: Grant[] = [inCommunity(staff)];
const everybodyThere: Grant[] = [inCommunity([...staff, ...residents])];

/** Who may see and do what; a field without a row has its type's. */
export const access: AccessPolicy = {
  ...parkedEventAccess('residents'),
  ...decorationAccess,
  ...moveInAccess,
  ...contactListAccess,
  ...moveOutAccess,
  ...takeoverAccess,
  ...fileSetAccess,
  ...passAccess,
  ...custodyAccess,
  ...registerAccess,
  ...deskServiceAccess,
  ...personDataAccess,
  'Query.me': 'authenticated',
  'Query.company': 'authenticated',
  'Query.community': 'authenticated',
  'Query.communities': 'authenticated',
  'Query.place': 'authenticated',
  'Query.places': 'authenticated',
  'Query.unit': 'authenticated',
  'Query.person': 'authenticated',
  'Query.persons': everyStaff,
  'Query.organisation': 'authenticated',
  'Query.organisations': everyStaff,
  'Query.household': 'authenticated',
  'Query.households': 'authenticated',
  'Query.residentsPolicies': everyStaff,

  'Mutation.registerCompany': byOverseers,
  'Mutation.updateCompany': byOverseers,
  'Mutation.registerCommunity': byOverseers,
  'Mutation.updateCommunity': byOverseersThere,
  'Mutation.leaveCommunity': byOverseersThere,
  'Mutation.registerPlaces': byDesk,
  'Mutation.updatePlace': byDesk,
  'Mutation.registerPerson': byDesk,
  'Mutation.updatePerson': byDesk,
  'Mutation.revealPersonContact': byCounter,
  'Mutation.registerOrganisation': byDesk,
  'Mutation.updateOrganisation': byDesk,
  'Mutation.registerHouseholds': byDesk,
  'Mutation.addHouseholdUnit': byDesk,
  'Mutation.releaseHouseholdUnit': byDesk,
  'Mutation.startHouseholdMembership': byDesk,
  'Mutation.endHouseholdMembership': byDesk,
  'Mutation.changeHouseholdSegment': byDesk,
  'Mutation.changeHouseholdKeyAccount': byDesk,
  'Mutation.createHouseholdDocumentUpload': byDesk,
  'Mutation.fileHouseholdDocument': byDesk,
  'Mutation.setResidentsPolicy': byOverseersThere,

  Me: 'inherit',
  Staff: 'authenticated',
  Company: 'authenticated',
  'Company.history': byOverseers,
  // Its name and zone are needed wherever something of it is shown.
  Community: [{ roles: staff, relation: 'tenant' }, inCommunity(residents)],
  'Community.places': everybodyThere,
  'Community.households': everybodyThere,
  'Community.history': everyStaff,
  Place: everybodyThere,
  'Place.history': everyStaff,
  Unit: everybodyThere,
  // The subject of a person says what `community` means for residents: those they share a household with.
  Person: [...everyStaff, inCommunity(residents), own],
  'Person.name': [...byCounter, own],
  'Person.phone': [own],
  'Person.identityNumberMasked': [...byCounter, own],
  'Person.history': [...byCounter, own],
  Organisation: [...everyStaff, own],
  'Organisation.contactName': everyStaff,
  'Organisation.contactPhone': everyStaff,
  'Organisation.history': everyStaff,
  Household: [...everyStaff, own],
  'Household.history': [...byCounter, own],
  // Papers are copies of identity cards and contracts (B017).
  'Household.file': [...byCounter, own],
  HouseholdHolding: 'inherit',
  HouseholdMembership: 'inherit',
  HouseholdFile: 'inherit',
  HouseholdDocument: 'inherit',
  PersonContact: 'inherit',
  ResidentsPolicyFigure: 'inherit',

  CommunityConnection: 'inherit',
  CommunityEdge: 'inherit',
  PlaceConnection: 'inherit',
  PlaceEdge: 'inherit',
  PersonConnection: 'inherit',
  PersonEdge: 'inherit',
  OrganisationConnection: 'inherit',
  OrganisationEdge: 'inherit',
  HouseholdConnection: 'inherit',
  HouseholdEdge: 'inherit',
  PlaceRegistration: 'inherit',
  HouseholdRegistration: 'inherit',
  RegisterCompanyPayload: 'inherit',
  UpdateCompanyPayload: 'inherit',
  RegisterCommunityPayload: 'inherit',
  UpdateCommunityPayload: 'inherit',
  LeaveCommunityPayload: 'inherit',
  RegisterPlacesPayload: 'inherit',
  UpdatePlacePayload: 'inherit',
  RegisterPersonPayload: 'inherit',
  UpdatePersonPayload: 'inherit',
  RevealPersonContactPayload: 'inherit',
  RegisterOrganisationPayload: 'inherit',
  UpdateOrganisationPayload: 'inherit',
  RegisterHouseholdsPayload: 'inherit',
  AddHouseholdUnitPayload: 'inherit',
  ReleaseHouseholdUnitPayload: 'inherit',
  StartHouseholdMembershipPayload: 'inherit',
  EndHouseholdMembershipPayload: 'inherit',
  ChangeHouseholdSegmentPayload: 'inherit',
  ChangeHouseholdKeyAccountPayload: 'inherit',
  CreateHouseholdDocumentUploadPayload: 'inherit',
  FileHouseholdDocumentPayload: 'inherit',
  SetResidentsPolicyPayload: 'inherit',
};

export const subjectOfCommunity = ({ id }: Community): Subject => ({ communityId: id });
export const subjectOfPlace = ({ communityId }: Place): Subject => ({ communityId });
export const subjectOfHousehold = ({ id, communityId }: Household): Subject => ({ communityId, householdIds: [id] });

/** Those who deal with the memberships of today: staff of any community among them, and the household itself. */
function communityOf(viewer: Viewer, home: string, today: readonly PlacedMembership[], households: readonly string[]) {
  if (viewer.actor !== 'person') return sharedCommunity(viewer, [home, ...today.map(({ communityId }) => communityId)]);
  return today.find(({ householdId }) => households.includes(householdId))?.communityId ?? null;
}

export async function subjectOfPerson({ id, communityId }: Person, ctx: ResidentsContext): Promise<Subject> {
  const today = ofDay((await ctx.loaders.membershipsOfPerson.load(id)) ?? []);
  return { communityId: communityOf(ctx.viewer, communityId, today, await ctx.ownHouseholds()), personIds: [id] };
}

export async function subjectOfOrganisation(
  { id, communityId }: Organisation,
  ctx: ResidentsContext,
): Promise<Subject> {
  const today = ofDay((await ctx.loaders.membershipsOfOrganisation.load(id)) ?? []);
  const householdIds = today.map(({ householdId }) => householdId);
  return { communityId: communityOf(ctx.viewer, communityId, today, []), householdIds };
}

/** On what `own` and `community` are judged. */
export const subjects: SubjectOf = {
  ...passSubjects,
  ...custodySubjects,
  ...registerSubjects,
  ...deskServiceSubjects,
  ...personDataSubjects,
  Community: subjectOfCommunity,
  Place: subjectOfPlace,
  Unit: subjectOfPlace,
  Person: subjectOfPerson,
  Organisation: subjectOfOrganisation,
  Household: subjectOfHousehold,
  ...decorationSubjects,
  ...moveInSubjects,
  ...contactListSubjects,
  ...moveOutSubjects,
  ...takeoverSubjects,
  ...fileSetSubjects,
};
