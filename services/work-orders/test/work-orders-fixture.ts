import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import type { RegisterWorkOrderInput, WorkOrderPriority } from '../src/graphql/generated.ts';
import type { Estate } from './estate-fixture.ts';

export * from './estate-fixture.ts';

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
  // Residents write in the app and leave to the service what the desk says.
  const left = viewer.actor === 'person' ? { channelCode: null, part: null } : {};
  const input = aRequest(estate, { ...left, ...overrides });
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

type Printed = {
  id: string;
  number: string;
  copy: number;
  printedAt: string;
  actor: { kind: string; id: string | null };
  file: { id: string; name: string; contentType: string; url: string } | null;
};

export const slipFields = 'id number copy printedAt actor { kind id } file { id name contentType url }';

/** Puts the slip of an order on paper. */
export async function printSlip(
  service: TestService,
  viewer: Viewer,
  input: { id: string; idempotencyKey?: string },
): Promise<Printed> {
  const mutation = `mutation ($input: PrintDispatchSlipInput!) {
    printDispatchSlip(input: $input) { print { ${slipFields} } workOrder { id } }
  }`;
  type Answer = { printDispatchSlip: { print: Printed } };
  return (await service.ok<Answer>(viewer, mutation, { input })).printDispatchSlip.print;
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

/** The household signs for the finished work, on paper. */
export const accepted = async (service: TestService, estate: Estate, id: string) =>
  act(service, estate.plumber, 'acceptWorkOrder', {
    id,
    signatureFileId: await anUpload(service, estate, estate.plumber, 'SIGNATURE'),
    signerId: estate.resident.personId,
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
