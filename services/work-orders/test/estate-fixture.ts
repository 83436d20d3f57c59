import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import {
  communityRegistered,
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  placeRegistered,
  staffDutyChanged,
  staffPostAssigned,
  staffRegistered,
  staffTradesChanged,
} from '@steward/events';
import { aResidentViewer, aStaffViewer, startTestService, type TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';

export const startWorkOrders = (): Promise<TestService> => startTestService(definition);

type Role = Viewer['roles'][number];

/** A company with one community: a building with a delivered unit, its household, and people at the desk. */
export type Estate = {
  tenantId: string;
  communityId: string;
  buildingId: string;
  unitId: string;
  householdId: string;
  lobbyId: string;
  director: Viewer;
  supervisor: Viewer;
  clerk: Viewer;
  plumber: Viewer;
  resident: Viewer;
};

type Where = { tenantId: string; communityId: string };

export type PlaceOptions = {
  kind?: 'BUILDING' | 'SECTION' | 'UNIT' | 'COMMON_AREA';
  path: string;
  warrantyFrom?: string | null;
  designLifeYears?: number | null;
};

export async function aCommunity(
  service: TestService,
  tenantId: string,
  overrides: { timeZone?: string } = {},
): Promise<string> {
  const communityId = newId();
  const known = { timeZone: 'Asia/Shanghai', locale: 'zh-CN' as const, currency: 'CNY', status: 'ACTIVE' as const };
  const data = { communityId, companyId: tenantId, code: `C-${communityId.slice(-6)}`, ...known, ...overrides };
  await service.wire.send(communityRegistered, { tenantId, communityId, aggregateId: communityId, data });
  return communityId;
}

export async function aPlace(
  service: TestService,
  { tenantId, communityId }: Where,
  options: PlaceOptions,
): Promise<string> {
  const placeId = newId();
  const { kind = 'UNIT', path, warrantyFrom = null, designLifeYears = null } = options;
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
    deliveredOn: warrantyFrom,
    warrantyFrom,
    designLifeYears,
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
  const number = `H-${householdId.slice(-8)}`;
  const validFrom = '2020-01-01';
  await service.wire.send(householdRegistered, {
    ...send,
    data: { householdId, communityId, number, segment: 'RESIDENT', isKeyAccount: false },
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

type WorkerOptions = {
  tradeCodes?: string[];
  departmentCode?: string;
  role?: 'maintenance' | 'environment' | 'guard' | 'cashier';
  isOnDuty?: boolean;
};

/** A member of staff as hr tells of them, on duty unless told otherwise. */
export async function aWorker(service: TestService, where: Where, options: WorkerOptions = {}): Promise<Viewer> {
  const { tradeCodes = ['PLUMBING', 'WATERPROOFING'], departmentCode = 'MAINTENANCE', role = 'maintenance' } = options;
  const { tenantId, communityId } = where;
  const staffId = newId();
  const send = { tenantId, aggregateId: staffId };
  await service.wire.send(staffRegistered, {
    ...send,
    data: { staffId, number: staffId.slice(-8), employedOn: '2024-01-01' },
  });
  await service.wire.send(staffTradesChanged, { ...send, data: { staffId, tradeCodes } });
  const department = { departmentId: newId(), departmentCode, teamId: null, positionCode: 'REPAIR_WORKER', role };
  await service.wire.send(staffPostAssigned, {
    ...send,
    data: { staffId, postId: newId(), communityId, ...department, validFrom: '2024-01-01', validTo: null },
  });
  if (options.isOnDuty ?? true) await setDuty(service, where, staffId, { from: '2026-03-01T00:00:00.000Z', to: null });
  return aStaffViewer({ roles: [role], tenantId, staffId, communityIds: [communityId] });
}

export const setDuty = (
  service: TestService,
  { tenantId }: Where,
  staffId: string,
  duty: { from: string | null; to: string | null },
) =>
  service.wire.send(staffDutyChanged, {
    tenantId,
    aggregateId: staffId,
    data: { staffId, onDutyFrom: duty.from, onDutyTo: duty.to },
  });

/** Each call makes another company. The unit's warranty began long ago, so what is mended in it is paid. */
export async function anEstate(service: TestService, unit: Partial<PlaceOptions> = {}): Promise<Estate> {
  const tenantId = newId();
  const communityId = await aCommunity(service, tenantId);
  const where = { tenantId, communityId };
  const buildingId = await aPlace(service, where, { kind: 'BUILDING', path: '3' });
  const unitId = await aPlace(service, where, { path: '3/1/1201', warrantyFrom: '2012-05-01', ...unit });
  const lobbyId = await aPlace(service, where, { kind: 'COMMON_AREA', path: '3/1/LOBBY' });
  const resident = aResidentViewer({ tenantId, communityIds: [communityId] });
  const householdId = await aHousehold(service, where, unitId, resident.personId ?? '');
  const plumber = await aWorker(service, where);
  await service.settle();
  const desk = (role: Role): Viewer => aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });
  const people = {
    director: desk('director'),
    supervisor: desk('supervisor'),
    clerk: desk('clerk'),
    plumber,
    resident,
  };
  return { ...where, buildingId, unitId, householdId, lobbyId, ...people };
}
