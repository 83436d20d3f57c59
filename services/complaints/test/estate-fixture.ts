import type { Role, Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import {
  communityRegistered,
  communityUpdated,
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  placeRegistered,
  staffPostAssigned,
  staffRegistered,
} from '@steward/events';
import { aResidentViewer, aStaffViewer, startTestService, type TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';

export const startComplaints = (): Promise<TestService> => startTestService(definition);

export type Where = { tenantId: string; communityId: string };

/** A company with one community: a building with a unit, its household, and people at the desk. */
export type Estate = Where & {
  buildingId: string;
  unitId: string;
  lobbyId: string;
  householdId: string;
  director: Viewer;
  supervisor: Viewer;
  clerk: Viewer;
  /** Of maintenance. */
  plumber: Viewer;
  guard: Viewer;
  resident: Viewer;
};

const communityData = ({ tenantId, communityId }: Where, status: 'ACTIVE' | 'LEFT') => {
  const known = { timeZone: 'Asia/Shanghai', locale: 'zh-CN' as const, currency: 'CNY', status };
  return { communityId, companyId: tenantId, code: `C-${communityId.slice(-6)}`, ...known };
};

export async function aCommunity(service: TestService, tenantId: string): Promise<string> {
  const communityId = newId();
  const data = communityData({ tenantId, communityId }, 'ACTIVE');
  await service.wire.send(communityRegistered, { tenantId, communityId, aggregateId: communityId, data });
  return communityId;
}

/** The company manages it no longer: its reports and searches end, and a clock that moves on does not run them. */
export async function leave(service: TestService, { tenantId, communityId }: Where): Promise<void> {
  const data = communityData({ tenantId, communityId }, 'LEFT');
  await service.wire.send(communityUpdated, { tenantId, communityId, aggregateId: communityId, data });
  await service.settle();
}

type Kind = 'BUILDING' | 'SECTION' | 'UNIT' | 'COMMON_AREA';

export async function aPlace(
  service: TestService,
  { tenantId, communityId }: Where,
  { kind = 'UNIT', path }: { kind?: Kind; path: string },
): Promise<string> {
  const placeId = newId();
  const data = {
    placeId,
    communityId,
    parentId: null,
    kind,
    code: path.split('/').at(-1) ?? path,
    path,
    usage: kind === 'UNIT' ? ('RESIDENTIAL' as const) : null,
    commonAreaCode: kind === 'COMMON_AREA' ? 'LOBBY' : null,
    areaM2: '88.50',
    floor: null,
    deliveredOn: null,
    warrantyFrom: null,
    designLifeYears: null,
  };
  await service.wire.send(placeRegistered, { tenantId, communityId, aggregateId: placeId, data });
  return placeId;
}

/** A household of one person that owns a unit. */
export async function aHousehold(
  service: TestService,
  { tenantId, communityId }: Where,
  unitId: string,
  personId: string,
): Promise<string> {
  const householdId = newId();
  const send = { tenantId, communityId, aggregateId: householdId };
  const validFrom = '2020-01-01';
  await service.wire.send(householdRegistered, {
    ...send,
    data: {
      householdId,
      communityId,
      number: `H-${householdId.slice(-8)}`,
      segment: 'RESIDENT',
      isKeyAccount: false,
    },
  });
  await service.wire.send(householdUnitAdded, {
    ...send,
    data: { householdId, holdingId: newId(), unitId, tenure: 'OWNED', validFrom, validTo: null },
  });
  const membership = { membershipId: newId(), unitIds: [unitId], organisationId: null, role: 'OWNER' as const };
  await service.wire.send(householdMembershipStarted, {
    ...send,
    data: { householdId, ...membership, personId, validFrom, validTo: null },
  });
  return householdId;
}

/** A member of staff as hr tells of them. */
export async function aColleague(
  service: TestService,
  { tenantId, communityId }: Where,
  role: Exclude<Role, 'committee' | 'resident'>,
  departmentCode: string,
): Promise<Viewer> {
  const staffId = newId();
  const send = { tenantId, aggregateId: staffId };
  const number = staffId.slice(-8);
  await service.wire.send(staffRegistered, { ...send, data: { staffId, number, employedOn: '2024-01-01' } });
  const department = { departmentId: newId(), departmentCode, teamId: null, positionCode: 'POST', role };
  await service.wire.send(staffPostAssigned, {
    ...send,
    data: { staffId, postId: newId(), communityId, ...department, validFrom: '2024-01-01', validTo: null },
  });
  return aStaffViewer({ roles: [role], tenantId, staffId, communityIds: [communityId] });
}

/** Somebody with a role in the community, of whom hr has not told. */
export const someone = ({ tenantId, communityId }: Where, role: Role): Viewer =>
  aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });

/** Each call makes another company. */
export async function anEstate(service: TestService): Promise<Estate> {
  const tenantId = newId();
  const communityId = await aCommunity(service, tenantId);
  const where = { tenantId, communityId };
  const buildingId = await aPlace(service, where, { kind: 'BUILDING', path: '3' });
  const unitId = await aPlace(service, where, { path: '3/1/1201' });
  const lobbyId = await aPlace(service, where, { kind: 'COMMON_AREA', path: '3/1/LOBBY' });
  const resident = aResidentViewer({ tenantId, communityIds: [communityId] });
  const householdId = await aHousehold(service, where, unitId, resident.personId ?? '');
  const people = {
    director: await aColleague(service, where, 'director', 'CUSTOMER_SERVICE'),
    supervisor: await aColleague(service, where, 'supervisor', 'CUSTOMER_SERVICE'),
    clerk: await aColleague(service, where, 'clerk', 'CUSTOMER_SERVICE'),
    plumber: await aColleague(service, where, 'maintenance', 'MAINTENANCE'),
    guard: await aColleague(service, where, 'guard', 'SECURITY'),
  };
  await service.settle();
  return { ...where, buildingId, unitId, lobbyId, householdId, resident, ...people };
}
