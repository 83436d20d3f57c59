import type { Role, Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import {
  communityRegistered,
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  placeRegistered,
} from '@steward/events';
import {
  aResidentViewer,
  aStaffViewer,
  startTestService,
  type TestService,
  type TestServiceOptions,
} from '@steward/test-kit';

import { definition } from '../src/service.ts';

export const startBilling = (options?: TestServiceOptions): Promise<TestService> =>
  startTestService(definition, options);

export type Where = { tenantId: string; communityId: string };

type StaffRole = Exclude<Role, 'committee' | 'resident'>;

/** A company with one community: a building with a flat, who owns it, and people of every role at the desk. */
export type Estate = Where & {
  buildingId: string;
  unitId: string;
  householdId: string;
  /** The owner of the flat. */
  personId: string;
  billingAccountId: string;
  resident: Viewer;
  director: Viewer;
  deputyDirector: Viewer;
  administrativeSupervisor: Viewer;
  supervisor: Viewer;
  clerk: Viewer;
  cashier: Viewer;
  guard: Viewer;
  analyst: Viewer;
};

export async function aCommunity(service: TestService, tenantId: string): Promise<string> {
  const communityId = newId();
  const known = { timeZone: 'Asia/Shanghai', locale: 'zh-CN' as const, currency: 'CNY', status: 'ACTIVE' as const };
  const data = { communityId, companyId: tenantId, code: `C-${communityId.slice(-6)}`, ...known };
  await service.wire.send(communityRegistered, { tenantId, communityId, aggregateId: communityId, data });
  return communityId;
}

type Place = {
  path: string;
  kind?: 'BUILDING' | 'SECTION' | 'UNIT' | 'COMMON_AREA';
  usage?: 'RESIDENTIAL' | 'SHOP' | 'OFFICE' | 'PARKING' | 'STORAGE';
  areaM2?: string;
};

export async function aPlace(service: TestService, { tenantId, communityId }: Where, place: Place): Promise<string> {
  const { path, kind = 'UNIT', usage = 'RESIDENTIAL', areaM2 = '88.50' } = place;
  const placeId = newId();
  const terms = { floor: null, deliveredOn: '2020-01-01', warrantyFrom: '2020-01-01', designLifeYears: 50 };
  const what = { commonAreaCode: kind === 'COMMON_AREA' ? 'LOBBY' : null, usage: kind === 'UNIT' ? usage : null };
  const data = { placeId, communityId, parentId: null, kind, code: path.split('/').at(-1) ?? path, path, ...terms };
  await service.wire.send(placeRegistered, {
    tenantId,
    communityId,
    aggregateId: placeId,
    data: { ...data, ...what, areaM2 },
  });
  return placeId;
}

export type Holder = {
  unitId: string;
  personId?: string;
  organisationId?: string;
  tenure?: 'OWNED' | 'RENTED';
  validFrom?: string;
};

/** A household of one person or organisation that owns or rents a unit. */
export async function aHousehold(
  service: TestService,
  { tenantId, communityId }: Where,
  holder: Holder,
): Promise<string> {
  const { unitId, personId = null, organisationId = null, tenure = 'OWNED', validFrom = '2020-01-01' } = holder;
  const householdId = newId();
  const send = { tenantId, communityId, aggregateId: householdId };
  const number = `H-${householdId.slice(-8)}`;
  const registered = { householdId, communityId, number, segment: 'RESIDENT' as const, isKeyAccount: false };
  await service.wire.send(householdRegistered, { ...send, data: registered });
  const days = { validFrom, validTo: null };
  const holding = { householdId, holdingId: newId(), unitId, tenure, ...days };
  await service.wire.send(householdUnitAdded, { ...send, data: holding });
  const role = tenure === 'OWNED' ? ('OWNER' as const) : ('RENTER' as const);
  const member = { householdId, membershipId: newId(), unitIds: [unitId], personId, organisationId, role, ...days };
  await service.wire.send(householdMembershipStarted, { ...send, data: member });
  return householdId;
}

export const aColleague = ({ tenantId, communityId }: Where, role: StaffRole): Viewer =>
  aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });

/** The billing account that owes for a unit now. */
export async function accountOf(service: TestService, unitId: string): Promise<string> {
  const [found] = await service.sql<{ id: string }>(
    'select billing_account_id as id from unit_liability where unit_id = $1 and valid_to is null',
    [unitId],
  );
  return found?.id ?? '';
}

/** Another flat with its owner. */
export async function aFlat(service: TestService, where: Where, path: string) {
  const unitId = await aPlace(service, where, { path });
  const personId = newId();
  const householdId = await aHousehold(service, where, { unitId, personId });
  await service.settle();
  return { unitId, personId, householdId, billingAccountId: await accountOf(service, unitId) };
}

export async function anEstate(service: TestService, tenantId = newId()): Promise<Estate> {
  const communityId = await aCommunity(service, tenantId);
  const where = { tenantId, communityId };
  const buildingId = await aPlace(service, where, { kind: 'BUILDING', path: '3' });
  const flat = await aFlat(service, where, '3/1/1201');
  return {
    ...where,
    buildingId,
    ...flat,
    resident: aResidentViewer({ tenantId, personId: flat.personId, communityIds: [communityId] }),
    director: aColleague(where, 'director'),
    deputyDirector: aColleague(where, 'deputyDirector'),
    administrativeSupervisor: aColleague(where, 'administrativeSupervisor'),
    supervisor: aColleague(where, 'supervisor'),
    clerk: aColleague(where, 'clerk'),
    cashier: aColleague(where, 'cashier'),
    guard: aColleague(where, 'guard'),
    analyst: aColleague(where, 'analyst'),
  };
}
