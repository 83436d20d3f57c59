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

import type { RegisterWorkOrderInput, WorkOrderPriority } from '../src/graphql/generated.ts';
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
  role?: 'maintenance' | 'environment';
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

/** A request as the desk types it: a free repair of the lobby's tap unless told otherwise, convenient tomorrow morning. */
export const aRequest = (estate: Estate, overrides: Partial<RegisterWorkOrderInput> = {}): RegisterWorkOrderInput => ({
  communityId: estate.communityId,
  channelCode: 'PHONE',
  placeId: estate.unitId,
  tradeCode: 'PLUMBING',
  problemCode: 'TAP_OR_VALVE',
  part: 'COMMON',
  contactName: '张建国',
  contactPhone: '138 1234 5678',
  description: '厨房水龙头漏水',
  convenientFrom: '2026-03-03T01:00:00.000Z' as never,
  convenientTo: '2026-03-03T04:00:00.000Z' as never,
  photoFileIds: [],
  ...overrides,
});

const registerWorkOrder = `mutation ($input: RegisterWorkOrderInput!) {
  registerWorkOrder(input: $input) { workOrder { id } }
}`;

/** Takes in a request and answers the order's id. */
export async function anOrder(
  service: TestService,
  estate: Estate,
  overrides: Partial<RegisterWorkOrderInput> = {},
  viewer: Viewer = estate.clerk,
): Promise<string> {
  const input = aRequest(estate, overrides);
  const answer = await service.ok<{ registerWorkOrder: { workOrder: { id: string } } }>(viewer, registerWorkOrder, {
    input,
  });
  return answer.registerWorkOrder.workOrder.id;
}

const typeOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
const document = (name: string): string =>
  `mutation ($input: ${typeOf(name)}) { ${name}(input: $input) { workOrder { id version status } } }`;

/** Runs a mutation that answers an order. */
export async function act(service: TestService, viewer: Viewer, name: string, input: object) {
  const answer = await service.ok<Record<string, { workOrder: { id: string; version: number; status: string } }>>(
    viewer,
    document(name),
    { input },
  );
  return (answer[name] as { workOrder: { id: string; version: number; status: string } }).workOrder;
}

/** The refusal of a mutation that answers an order. */
export const refusal = async (
  service: TestService,
  viewer: Viewer,
  name: string,
  input: object,
  locale?: 'zh-CN' | 'en',
) => {
  const { message, extensions } = await service.refused(viewer, document(name), { input }, locale);
  return { message, ...extensions };
};

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

/** Uploads a small picture and answers its id. */
export async function anUpload(
  service: TestService,
  estate: Estate,
  viewer: Viewer,
  purpose: 'PHOTO' | 'SIGNATURE' = 'PHOTO',
): Promise<string> {
  const input = {
    communityId: estate.communityId,
    purpose,
    fileName: 'a.png',
    contentType: 'image/png',
    bytes: png.length,
  };
  const mutation = `mutation ($input: CreateWorkOrderUploadInput!) {
    createWorkOrderUpload(input: $input) { upload { fileId uploadUrl } }
  }`;
  type Answer = { createWorkOrderUpload: { upload: { fileId: string; uploadUrl: string } } };
  const { upload } = (await service.ok<Answer>(viewer, mutation, { input })).createWorkOrderUpload;
  const response = await fetch(`${service.url()}${upload.uploadUrl}`, {
    method: 'PUT',
    body: png,
    headers: { 'content-type': 'image/png' },
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return upload.fileId;
}

/** Gives an order to the estate's plumber, who goes there at once. */
export async function onSite(service: TestService, estate: Estate, id: string): Promise<void> {
  await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
  await act(service, estate.plumber, 'arriveOnSite', { id });
}

/** Brings an order to its completion, with a photo. */
export async function completed(service: TestService, estate: Estate, id: string): Promise<void> {
  await onSite(service, estate, id);
  await act(service, estate.plumber, 'completeWorkOrder', {
    id,
    photoFileIds: [await anUpload(service, estate, estate.plumber)],
  });
}

/** The household signs for the finished work. */
export const accepted = async (service: TestService, estate: Estate, id: string) =>
  act(service, estate.plumber, 'acceptWorkOrder', {
    id,
    signatureFileId: await anUpload(service, estate, estate.plumber, 'SIGNATURE'),
  });

export type Deadline = {
  kind: string;
  rule: string;
  startedAt: string;
  dueAt: string;
  warnAt: string | null;
  state: string;
  metAt: string | null;
};

export type Seen = {
  id: string;
  number: string;
  version: number;
  status: string;
  priority: WorkOrderPriority;
  appointmentAt: string | null;
  arrivedAt: string | null;
  completedAt: string | null;
  dueAt: string | null;
  acceptedAt: string | null;
  closedAt: string | null;
  receivedAt: string;
  createdAt: string;
  departmentCode: string;
  part: string;
  responsibleParty: string;
  responsibilityBasis: string;
  warrantyEndsOn: string | null;
  isPaid: boolean;
  chargeState: string;
  returnVisitKind: string;
  reworkCount: number;
  opinionRating: number | null;
  urgeCount: number;
  contactName: string | null;
  contactNameMasked: string | null;
  contactPhone: string | null;
  contactPhoneMasked: string | null;
  description: string | null;
  unit: { id: string } | null;
  household: { id: string } | null;
  assignee: { id: string } | null;
  deadlines: Deadline[];
};

const workOrder = `query ($id: ID!) {
  workOrder(id: $id) {
    id number version status priority appointmentAt arrivedAt completedAt dueAt acceptedAt closedAt receivedAt createdAt
    departmentCode part responsibleParty responsibilityBasis warrantyEndsOn isPaid chargeState returnVisitKind reworkCount
    opinionRating urgeCount contactName contactNameMasked contactPhone contactPhoneMasked description
    unit { id } household { id } assignee { id }
    deadlines { kind rule startedAt dueAt warnAt state metAt }
  }
}`;

/** What the viewer sees of an order. */
export async function look(service: TestService, viewer: Viewer, id: string): Promise<Seen> {
  const { workOrder: found } = await service.ok<{ workOrder: Seen | null }>(viewer, workOrder, { id });
  if (found === null) throw new Error('the order is not visible');
  return found;
}

/** The running deadline of a kind. */
export function running(order: Seen, kind: string): Deadline {
  const found = order.deadlines.find((deadline) => deadline.kind === kind && deadline.state === 'RUNNING');
  if (found === undefined) throw new Error(`no clock ${kind} runs: ${JSON.stringify(order.deadlines)}`);
  return found;
}

/** Templates and recipients of what was told about an order. */
export const told = (service: TestService, id: string) =>
  service.sql<{
    template: string;
    role: string | null;
    department_code: string | null;
    staff_id: string | null;
    household_id: string | null;
  }>(
    'select template, role, department_code, staff_id, household_id from notification where aggregate_id = $1 order by id',
    [id],
  );
