import type { Role, Viewer } from '@steward/auth';
import { addDays } from '@steward/core';
import { aStaffViewer, type GraphqlError, type TestService } from '@steward/test-kit';

import type { RegisterStaffRow, StaffRole } from '../src/graphql/generated.ts';
import { aCompany, aStaffMember, registerDepartment, type Company } from './hr-fixture.ts';

/** A company with a service centre, and viewers of its people by role. */
export type Centre = Company & { supervisor: Viewer; clerk: Viewer };

export async function aCentre(service: TestService): Promise<Centre> {
  const company = await aCompany(service);
  await service.ok(company.director, registerDepartment, { input: { code: 'CUSTOMER_SERVICE', name: '客户服务中心' } });
  return { ...company, supervisor: viewerOf(company, 'supervisor'), clerk: viewerOf(company, 'clerk') };
}

/** Somebody of the community with a role; with their own staff id where one is given. */
export const viewerOf = ({ tenantId, communityId }: Company, role: Role, staffId?: string): Viewer =>
  aStaffViewer({ roles: [role], tenantId, communityIds: [communityId], ...(staffId === undefined ? {} : { staffId }) });

const posts: Record<string, { departmentCode: string; positionCode: string }> = {
  CLERK: { departmentCode: 'CUSTOMER_SERVICE', positionCode: 'CUSTOMER_SERVICE_CLERK' },
  MAINTENANCE: { departmentCode: 'MAINTENANCE', positionCode: 'REPAIR_WORKER' },
  GUARD: { departmentCode: 'SECURITY', positionCode: 'GUARD' },
  SUPERVISOR: { departmentCode: 'CUSTOMER_SERVICE', positionCode: 'DEPARTMENT_SUPERVISOR' },
  DIRECTOR: { departmentCode: 'CUSTOMER_SERVICE', positionCode: 'DIRECTOR' },
};

/** A staff member with a post of the role, neither certificate nor training yet. */
export const aNewcomer = (
  service: TestService,
  company: Company,
  role: StaffRole,
  overrides: Partial<RegisterStaffRow> = {},
): Promise<string> => {
  const post = posts[role] ?? posts['GUARD'];
  if (post === undefined) throw new Error(role);
  return aStaffMember(service, company, { posts: [{ ...post, role }], ...overrides });
};

/** A staff member who may be put into shifts: health certificate and induction are there. */
export async function aWorker(
  service: TestService,
  company: Company,
  role: StaffRole,
  overrides: Partial<RegisterStaffRow> = {},
): Promise<string> {
  const staffId = await aNewcomer(service, company, role, overrides);
  await act(service, company.director, 'registerCertificate', 'certificate', healthOf(company, staffId));
  const induction = { staffId, completedOn: '2026-01-15', isPassed: true };
  await act(service, company.director, 'recordStaffInduction', 'inductionRecord', induction);
  return staffId;
}

export const healthOf = ({ communityId }: Company, staffId: string, overrides: object = {}) => ({
  communityId,
  staffId,
  kindCode: 'HEALTH',
  certificateNo: 'JK-2026-0001',
  issuedOn: '2026-01-01',
  expiresOn: '2026-12-31',
  ...overrides,
});

const document = (name: string, noun: string, selection: string): string => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${name}(input: $input) { ${noun} { ${selection} } } }`;
};

/** Runs a mutation and answers what it says of the row. */
export async function act<T = { id: string }>(
  service: TestService,
  viewer: Viewer,
  name: string,
  noun: string,
  input: object,
  selection = 'id',
): Promise<T> {
  const answer = await service.ok<Record<string, Record<string, T>>>(viewer, document(name, noun, selection), {
    input,
  });
  return answer[name]?.[noun] as T;
}

/** The refusal of a mutation. */
export async function refusal(
  service: TestService,
  viewer: Viewer,
  name: string,
  noun: string,
  input: object,
): Promise<GraphqlError['extensions']> {
  return (await service.refused(viewer, document(name, noun, 'id'), { input })).extensions;
}

/** Reads a row by id. */
export async function see<T>(
  service: TestService,
  viewer: Viewer,
  field: string,
  id: string,
  selection: string,
): Promise<T | null> {
  const found = await service.ok<Record<string, T | null>>(
    viewer,
    `query ($id: ID!) { ${field}(id: $id) { ${selection} } }`,
    { id },
  );
  return found[field] ?? null;
}

export type Crew = { clerks: string[]; workers: string[] };

/** Enough people to keep the service centre by turns. */
export const aCrew = async (service: TestService, company: Company): Promise<Crew> => ({
  clerks: [await aWorker(service, company, 'CLERK'), await aWorker(service, company, 'CLERK')],
  workers: [
    await aWorker(service, company, 'MAINTENANCE'),
    await aWorker(service, company, 'MAINTENANCE', { tradeCodes: ['ELECTRICAL'] }),
  ],
});

export const centreSlots = ({ clerks, workers }: Crew) => [
  ...['MORNING', 'NOON', 'AFTERNOON'].map((patternCode) => ({ patternCode, staffIds: clerks })),
  { patternCode: 'NIGHT', staffIds: workers },
];

type RosterDays = { startsOn: string; days: number };

/** A roster of the service centre, drafted and filled. */
export async function aDraft(
  service: TestService,
  centre: Centre,
  crew: Crew,
  { startsOn, days }: RosterDays = { startsOn: '2026-03-09', days: 3 },
): Promise<string> {
  const range = { startsOn, endsOn: addDays(startsOn, days) };
  const draft = { communityId: centre.communityId, kind: 'SERVICE_CENTRE', ...range };
  const { id } = await act(service, centre.clerk, 'draftDutyRoster', 'dutyRoster', draft);
  await act(service, centre.clerk, 'planDutyRoster', 'dutyRoster', { id, slots: centreSlots(crew) });
  return id;
}

/** The same in force. */
export async function aRoster(service: TestService, centre: Centre, crew: Crew, range?: RosterDays): Promise<string> {
  const id = await aDraft(service, centre, crew, range);
  await act(service, centre.clerk, 'submitDutyRoster', 'dutyRoster', { id });
  await act(service, centre.supervisor, 'publishDutyRoster', 'dutyRoster', { id });
  return id;
}

export type ShiftRow = {
  id: string;
  version: number;
  number: string;
  status: string;
  startsAt: string;
  endsAt: string;
  awayFrom: string | null;
  pattern: { code: string; label: string };
  staff: { id: string };
  substitute: { id: string } | null;
};

/** Shifts of a roster, earliest first. */
export async function shiftsOf(service: TestService, viewer: Viewer, rosterId: string): Promise<ShiftRow[]> {
  const query = `query ($rosterId: ID!) { dutyShifts(first: 100, filter: { rosterId: $rosterId }) { nodes {
    id version number status startsAt endsAt awayFrom pattern { code label } staff { id } substitute { id } } } }`;
  return (await service.ok<{ dutyShifts: { nodes: ShiftRow[] } }>(viewer, query, { rosterId })).dutyShifts.nodes;
}

export async function shiftOf(
  service: TestService,
  viewer: Viewer,
  rosterId: string,
  patternCode: string,
  nth = 0,
): Promise<ShiftRow> {
  const found = (await shiftsOf(service, viewer, rosterId)).filter(({ pattern }) => pattern.code === patternCode)[nth];
  if (found === undefined) throw new Error(`no shift ${patternCode}`);
  return found;
}

/** What was asked to be told since the beginning, as template and recipient; of one thing or of everything. */
export async function notices(
  service: TestService,
  communityId: string,
  aggregateId: string | null = null,
): Promise<{ template: string; role: string | null; staffId: string | null }[]> {
  return service.sql(
    'select template, role, staff_id as "staffId" from notification where community_id = $1 and ($2::uuid is null or aggregate_id = $2) order by created_at, id',
    [communityId, aggregateId],
  );
}

/** Takes back every timer that waits; for tests after whose end nothing is to happen any more. */
export const forgetTimers = async (service: TestService): Promise<void> => {
  await service.sql("update timer set state = 'CANCELLED' where state = 'WAITING'");
};
