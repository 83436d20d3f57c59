import type { Role, Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import {
  communityRegistered,
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  staffPostAssigned,
  staffRegistered,
} from '@steward/events';
import { aResidentViewer, aStaffViewer, startTestService, type TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';

export const startCommunityEvents = (): Promise<TestService> => startTestService(definition);

type StaffRole = Exclude<Role, 'committee' | 'resident'>;

/** A company with one community, its staff, residents with households, and a square. */
export type Estate = {
  tenantId: string;
  communityId: string;
  venueId: string;
  director: Viewer;
  administrator: Viewer;
  supervisor: Viewer;
  clerk: Viewer;
  guard: Viewer;
  resident: Viewer;
  neighbour: Viewer;
};

async function aColleague(
  service: TestService,
  estate: Pick<Estate, 'tenantId' | 'communityId'>,
  role: StaffRole,
  departmentCode: string,
): Promise<Viewer> {
  const { tenantId, communityId } = estate;
  const staffId = newId();
  const send = { tenantId, aggregateId: staffId };
  await service.wire.send(staffRegistered, {
    ...send,
    data: { staffId, number: staffId.slice(-8), employedOn: '2024-01-01' },
  });
  const post = { departmentId: newId(), departmentCode, teamId: null, positionCode: 'POST', role };
  await service.wire.send(staffPostAssigned, {
    ...send,
    data: { staffId, postId: newId(), communityId, ...post, validFrom: '2024-01-01', validTo: null },
  });
  return aStaffViewer({ roles: [role], tenantId, staffId, communityIds: [communityId] });
}

export async function aResident(
  service: TestService,
  { tenantId, communityId }: Pick<Estate, 'tenantId' | 'communityId'>,
): Promise<Viewer> {
  const resident = aResidentViewer({ tenantId, communityIds: [communityId] });
  const householdId = newId();
  const send = { tenantId, communityId, aggregateId: householdId };
  const unitId = newId();
  const number = `H-${householdId.slice(-8)}`;
  await service.wire.send(householdRegistered, {
    ...send,
    data: { householdId, communityId, number, segment: 'RESIDENT', isKeyAccount: false },
  });
  const validFrom = '2020-01-01';
  await service.wire.send(householdUnitAdded, {
    ...send,
    data: { householdId, holdingId: newId(), unitId, tenure: 'OWNED', validFrom, validTo: null },
  });
  await service.wire.send(householdMembershipStarted, {
    ...send,
    data: {
      householdId,
      membershipId: newId(),
      unitIds: [unitId],
      organisationId: null,
      role: 'OWNER',
      personId: resident.personId ?? '',
      validFrom,
      validTo: null,
    },
  });
  return resident;
}

/** Each call makes another company. */
export async function anEstate(service: TestService): Promise<Estate> {
  const tenantId = newId();
  const communityId = newId();
  const where = { tenantId, communityId };
  const known = { timeZone: 'Asia/Shanghai', locale: 'zh-CN' as const, currency: 'CNY', status: 'ACTIVE' as const };
  const data = { communityId, companyId: tenantId, code: `C-${communityId.slice(-6)}`, ...known };
  await service.wire.send(communityRegistered, { tenantId, communityId, aggregateId: communityId, data });
  const people = {
    director: await aColleague(service, where, 'director', 'CUSTOMER_SERVICE'),
    administrator: await aColleague(service, where, 'administrativeSupervisor', 'CUSTOMER_SERVICE'),
    supervisor: await aColleague(service, where, 'supervisor', 'CUSTOMER_SERVICE'),
    clerk: await aColleague(service, where, 'clerk', 'CUSTOMER_SERVICE'),
    guard: await aColleague(service, where, 'guard', 'SECURITY'),
    resident: await aResident(service, where),
    neighbour: await aResident(service, where),
  };
  await service.settle();
  const estate = { ...where, ...people, venueId: '' };
  return { ...estate, venueId: await aVenue(service, estate) };
}

const typeOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
const mutation = (name: string, selection: string): string =>
  `mutation ($input: ${typeOf(name)}) { ${name}(input: $input) { ${selection} } }`;

/** Runs a mutation and answers what its payload holds. */
export async function run<T>(
  service: TestService,
  viewer: Viewer,
  name: string,
  input: object,
  selection: string,
): Promise<T> {
  const answer = await service.ok<Record<string, T>>(viewer, mutation(name, selection), { input });
  return answer[name] as T;
}

type Thing = { id: string; status: string; version: number };

/** Runs a mutation on an activity. */
export const act = async (service: TestService, viewer: Viewer, name: string, input: object): Promise<Thing> =>
  (await run<{ activity: Thing }>(service, viewer, name, input, 'activity { id status version }')).activity;

export async function aVenue(service: TestService, estate: Estate, over: object = {}): Promise<string> {
  const input = {
    communityId: estate.communityId,
    kindCode: 'SQUARE',
    nameZh: '中心广场',
    nameEn: 'Central square',
    capacity: 200,
    openFrom: '08:00:00',
    openTo: '22:00:00',
    ...over,
  };
  return (await run<{ venue: Thing }>(service, estate.supervisor, 'registerVenue', input, 'venue { id }')).venue.id;
}

/** Every violation of a refused mutation as `path reason rule`; without any, the error's own reason and rule. */
export async function refusals(
  service: TestService,
  viewer: Viewer,
  name: string,
  input: object,
  payload = 'activity',
): Promise<string[]> {
  const { extensions } = await service.refused(viewer, mutation(name, `${payload} { id }`), { input });
  const { violations, reason, rule } = extensions;
  if (violations.length === 0) return [`${reason} ${rule ?? ''}`.trim()];
  return violations.map((one) => `${one.path ?? ''} ${one.reason} ${one.rule ?? ''}`.trim());
}

/** The ten fields of a plan, on a day and hour in Shanghai. */
export const aPlan = (estate: Estate, over: object = {}): object => ({
  communityId: estate.communityId,
  organiserId: estate.clerk.staffId,
  theme: '重阳节敬老活动',
  programme: ['文艺演出', '猜灯谜'],
  budgetAmount: 300000,
  venueId: estate.venueId,
  startsAt: '2026-03-10T02:00:00.000Z',
  endsAt: '2026-03-10T04:00:00.000Z',
  audience: '六十岁以上业主',
  capacity: 4,
  agenda: '10:00 开场;11:30 颁奖',
  departmentCodes: ['CUSTOMER_SERVICE', 'MAINTENANCE', 'SECURITY', 'ENVIRONMENT'],
  prizes: [{ name: '食用油', quantity: 1 }],
  ...over,
});

export const planned = async (service: TestService, estate: Estate, over: object = {}): Promise<string> =>
  (await act(service, estate.clerk, 'planActivity', aPlan(estate, over))).id;

/** Approved: registration is open. */
export async function approved(service: TestService, estate: Estate, over: object = {}): Promise<string> {
  const id = await planned(service, estate, over);
  await act(service, estate.clerk, 'submitActivityPlan', { id });
  await act(service, estate.administrator, 'decideActivityPlan', { id, isApproved: true });
  return id;
}

export const duties = ['MAINTENANCE', 'SECURITY', 'ENVIRONMENT'].map((departmentCode) => ({
  departmentCode,
  task: '布置现场',
}));

/** Everything stands. */
export async function prepared(service: TestService, estate: Estate, id: string): Promise<void> {
  await act(service, estate.clerk, 'assignActivityDuties', { id, duties });
  const selection = 'activity { duties { id } }';
  const query = `query ($id: ID!) { ${selection.replace('activity', 'activity(id: $id)')} }`;
  const { activity } = await service.ok<{ activity: { duties: { id: string }[] } }>(estate.clerk, query, { id });
  for (const { id: dutyId } of activity.duties) await act(service, estate.guard, 'confirmActivityDuty', { id, dutyId });
}

/** Some fields of an activity, as the viewer sees them; null if not visible. */
export async function see<T>(service: TestService, viewer: Viewer, id: string, selection: string): Promise<T | null> {
  const query = `query ($id: ID!) { activity(id: $id) { ${selection} } }`;
  return (await service.ok<{ activity: T | null }>(viewer, query, { id })).activity;
}

/** Templates of what was told about an aggregate, oldest first. */
export const told = async (service: TestService, id: string): Promise<string[]> =>
  (
    await service.sql<{ template: string }>('select template from notification where aggregate_id = $1 order by id', [
      id,
    ])
  ).map(({ template }) => template);

export type Registration = { id: string; status: string };

export const registered = async (
  service: TestService,
  viewer: Viewer,
  activityId: string,
  participantCount = 1,
  over: object = {},
): Promise<Registration> =>
  (
    await run<{ activityRegistration: Registration }>(
      service,
      viewer,
      'registerForActivity',
      { activityId, participantCount, ...over },
      'activityRegistration { id status }',
    )
  ).activityRegistration;
