import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { communityRegistered } from '@steward/events';
import { aStaffViewer, startTestService, type TestService, type TestServiceOptions } from '@steward/test-kit';

import type { RegisterStaffRow } from '../src/graphql/generated.ts';
import { definition } from '../src/service.ts';

export const startHr = (options?: TestServiceOptions): Promise<TestService> => startTestService(definition, options);

/** A company with one managed community, two departments and a director; each call makes another company. */
export type Company = { tenantId: string; communityId: string; director: Viewer };

export async function aCompany(service: TestService): Promise<Company> {
  const tenantId = newId();
  const communityId = await aCommunity(service, tenantId);
  const director = aStaffViewer({ roles: ['director'], tenantId, communityIds: 'all' });
  for (const code of ['MAINTENANCE', 'SECURITY']) {
    await service.ok(director, registerDepartment, { input: { code, name: code.toLowerCase() } });
  }
  return { tenantId, communityId, director };
}

/** A community of the company, as residents would tell it. */
export async function aCommunity(
  service: TestService,
  tenantId: string,
  overrides: { timeZone?: string } = {},
): Promise<string> {
  const communityId = newId();
  const data = {
    communityId,
    companyId: tenantId,
    code: `C-${communityId.slice(-6)}`,
    timeZone: 'Asia/Shanghai',
    locale: 'zh-CN' as const,
    currency: 'CNY',
    status: 'ACTIVE' as const,
    ...overrides,
  };
  await service.wire.send(communityRegistered, { tenantId, communityId, aggregateId: communityId, data });
  await service.settle();
  return communityId;
}

let running = 0;

export const aStaffRow = (company: Company, overrides: Partial<RegisterStaffRow> = {}): RegisterStaffRow => {
  running += 1;
  return {
    number: `GH-${running}`,
    name: '王建国',
    phone: '138 0011 0022',
    communityId: company.communityId,
    employedOn: '2025-01-01',
    tradeCodes: ['PLUMBING'],
    posts: [{ departmentCode: 'MAINTENANCE', positionCode: 'REPAIR_WORKER', role: 'MAINTENANCE' }],
    ...overrides,
  };
};

/** Enters one staff member and answers the id. */
export async function aStaffMember(
  service: TestService,
  company: Company,
  overrides: Partial<RegisterStaffRow> = {},
): Promise<string> {
  const rows = [aStaffRow(company, overrides)];
  const { registerStaff: answer } = await service.ok<Registered>(company.director, registerStaff, { input: { rows } });
  const [result] = answer.results;
  if (result?.staffMember == null) throw new Error(JSON.stringify(result));
  return result.staffMember.id;
}

export type Registered = {
  registerStaff: {
    results: {
      index: number;
      isNew: boolean;
      staffMember: { id: string; version: number } | null;
      refusal: { code: string; reason: string; message: string; violations: { path: string; reason: string }[] } | null;
    }[];
  };
};

export const registerDepartment = `mutation ($input: RegisterDepartmentInput!) {
  registerDepartment(input: $input) { department { id number version name code { code label } } }
}`;

export const registerStaff = `mutation ($input: RegisterStaffInput!) {
  registerStaff(input: $input) {
    results { index isNew staffMember { id version } refusal { code reason message violations { path reason } } }
  }
}`;

export const staffMember = `query ($id: ID!) {
  staffMember(id: $id) {
    id number version nameMasked name phoneMasked phone status employedOn leftOn isOnDuty
    community { id }
    duty { from to }
    trades { code label }
    posts { id role validFrom validTo community { id } department { number } team { number } position { code label } }
    availableActions { action allowed refusal { reason message } }
  }
}`;

export const staffHistory = `query ($id: ID!) {
  staffMember(id: $id) { history(first: 1) { nodes { action reason fields { field from to } } } }
}`;

type Change = {
  action: string;
  reason: string | null;
  fields: { field: string; from: string | null; to: string | null }[];
};

/** The newest entry of a staff member's history. */
export async function lastChange(service: TestService, company: Company, id: string): Promise<Change | undefined> {
  const answer = await service.ok<{ staffMember: { history: { nodes: Change[] } } }>(company.director, staffHistory, {
    id,
  });
  return answer.staffMember.history.nodes[0];
}

/** A document for a mutation that answers the staff member. */
export const change = (name: string): string => {
  const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${inputType}!) { ${name}(input: $input) { staffMember { id version } } }`;
};

/** Facts of an aggregate after those of its entry: type and data. */
export async function factsAfter(service: TestService, id: string, version: number): Promise<[string, object][]> {
  const facts = (await service.events()).filter((fact) => fact.aggregateId === id && fact.aggregateVersion > version);
  return facts.map(({ type, data }) => [type.replace('steward.hr.', ''), data]);
}

export type StaffAnswer = {
  staffMember: {
    id: string;
    version: number;
    nameMasked: string;
    name: string | null;
    phoneMasked: string | null;
    phone: string | null;
    status: string;
    leftOn: string | null;
    isOnDuty: boolean;
    duty: { from: string; to: string | null } | null;
    trades: { code: string; label: string }[];
    posts: { id: string; role: string; validFrom: string; validTo: string | null; department: { number: string } }[];
    availableActions: { action: string; allowed: boolean; refusal: { reason: string; message: string } | null }[];
  } | null;
};

/** What the viewer sees of a staff member. */
export async function look(
  service: TestService,
  viewer: Viewer,
  id: string,
): Promise<NonNullable<StaffAnswer['staffMember']>> {
  const { staffMember: found } = await service.ok<StaffAnswer>(viewer, staffMember, { id });
  if (found === null) throw new Error('the staff member is not visible');
  return found;
}
