import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, startTestService, type StoredEvent, type TestService } from '@steward/test-kit';

import type { RegisterHouseholdRow, RegisterPlaceRow } from '../src/graphql/generated.ts';
import { definition } from '../src/service.ts';

export const startResidents = (): Promise<TestService> => startTestService(definition);

/** A company with one community and its people; each call makes another company. */
export type Company = { tenantId: string; communityId: string; director: Viewer; clerk: Viewer };

export async function aCompany(service: TestService): Promise<Company> {
  const tenantId = newId();
  const director = aStaffViewer({ roles: ['director'], tenantId, communityIds: 'all' });
  await service.ok(director, mutation('registerCompany', 'company { id }'), { input: { name: '安居物业' } });
  const communityId = await aCommunity(service, director);
  const clerk = aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [communityId] });
  return { tenantId, communityId, director, clerk };
}

let running = 0;

/** A code or number that nobody else of the run has. */
export const unique = (prefix: string): string => {
  running += 1;
  return `${prefix}-${running}`;
};

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A mutation by its name with what is to be selected of its payload. */
export const mutation = (name: string, selection: string): string =>
  `mutation ($input: ${capital(name)}Input!) { ${name}(input: $input) { ${selection} } }`;

export async function aCommunity(service: TestService, director: Viewer, overrides: object = {}): Promise<string> {
  const input = { code: unique('C'), name: '锦绣花园', ...overrides };
  const answer = await service.ok<{ registerCommunity: { community: { id: string } } }>(
    director,
    mutation('registerCommunity', 'community { id }'),
    { input },
  );
  return answer.registerCommunity.community.id;
}

export type RowAnswer = {
  index: number;
  isNew: boolean;
  place?: { id: string; version: number } | null;
  household?: { id: string; version: number } | null;
  refusal: { code: string; reason: string; message: string; violations: { path: string; reason: string }[] } | null;
};

const rowAnswer = (thing: string): string =>
  `results { index isNew ${thing} { id version } refusal { code reason message violations { path reason } } }`;

export const registerPlaces = mutation('registerPlaces', rowAnswer('place'));
export const registerHouseholds = mutation('registerHouseholds', rowAnswer('household'));

/** Enters places in the company's community. */
export async function enterPlaces(
  service: TestService,
  company: Company,
  rows: readonly Partial<RegisterPlaceRow>[],
  viewer: Viewer = company.clerk,
): Promise<RowAnswer[]> {
  const input = { communityId: company.communityId, rows };
  const answer = await service.ok<{ registerPlaces: { results: RowAnswer[] } }>(viewer, registerPlaces, { input });
  return answer.registerPlaces.results;
}

/** A building with a flat; answers the path and the id of the flat. */
export async function aUnit(
  service: TestService,
  company: Company,
  overrides: Partial<RegisterPlaceRow> = {},
): Promise<{ path: string; id: string }> {
  const building = unique('B');
  const flat = {
    parentPath: building,
    code: '1201',
    kind: 'UNIT' as const,
    usage: 'RESIDENTIAL' as const,
    ...overrides,
  };
  const [, unit] = await enterPlaces(service, company, [{ code: building, kind: 'BUILDING' }, flat]);
  if (unit?.place == null) throw new Error(JSON.stringify(unit));
  return { path: `${building}/${flat.code}`, id: unit.place.id };
}

/** Enters households in the company's community. */
export async function enterHouseholds(
  service: TestService,
  company: Company,
  rows: readonly object[],
  viewer: Viewer = company.clerk,
): Promise<RowAnswer[]> {
  const input = { communityId: company.communityId, rows };
  const answer = await service.ok<{ registerHouseholds: { results: RowAnswer[] } }>(viewer, registerHouseholds, {
    input,
  });
  return answer.registerHouseholds.results;
}

export type Entered = { id: string; unitId: string; unitPath: string; personId: string };

/** A household that owns a flat of its own, with a person as its owner. */
export async function aHousehold(
  service: TestService,
  company: Company,
  overrides: Partial<RegisterHouseholdRow> = {},
): Promise<Entered> {
  const unit = await aUnit(service, company);
  const personId = newId();
  const row = {
    number: unique('H'),
    holdings: [{ unitPath: unit.path, tenure: 'OWNED' as const, validFrom: '2020-01-01' }],
    members: [
      {
        person: { id: personId, name: '张伟', phone: '138 0011 0022' },
        role: 'OWNER' as const,
        validFrom: '2020-01-01',
      },
    ],
    ...overrides,
  };
  const [answer] = await enterHouseholds(service, company, [row]);
  if (answer?.household == null) throw new Error(JSON.stringify(answer));
  return { id: answer.household.id, unitId: unit.id, unitPath: unit.path, personId };
}

/** A person entered alone. */
export async function aPerson(service: TestService, company: Company, overrides: object = {}): Promise<string> {
  const input = { communityId: company.communityId, name: '李娜', phone: '13900000000', ...overrides };
  const answer = await service.ok<{ registerPerson: { person: { id: string } } }>(
    company.clerk,
    mutation('registerPerson', 'person { id }'),
    { input },
  );
  return answer.registerPerson.person.id;
}

/** The facts of an aggregate after a version, without the words that all have in common. */
export async function factsAfter(service: TestService, id: string, version: number): Promise<[string, object][]> {
  const isOfIt = (event: StoredEvent): boolean => event.aggregateId === id && event.aggregateVersion > version;
  return (await service.events())
    .filter(isOfIt)
    .map(({ type, data }) => [type.replace('steward.residents.', ''), data]);
}

const householdFields = `
  id number version segment isKeyAccount
  units { id number }
  holdings { id unit { id number } tenure validFrom validTo }
  memberships { id person { id nameMasked name phone } organisation { id } role validFrom validTo }
  file { isComplete completeness requiredKinds { code } missingKinds { code label }
    documents { kind { code } receivedAt scan { name url } } }
  availableActions { action allowed refusal { reason } }
  history { nodes { action version reason rule fields { field from to } } }`;

export type HouseholdAnswer = {
  id: string;
  number: string;
  version: number;
  segment: string;
  isKeyAccount: boolean;
  units: { id: string; number: string }[];
  holdings: { id: string; unit: { id: string }; tenure: string; validFrom: string; validTo: string | null }[];
  memberships: {
    id: string;
    person: { id: string; nameMasked: string; name: string | null; phone: string | null } | null;
    organisation: { id: string } | null;
    role: string;
    validFrom: string;
    validTo: string | null;
  }[];
  file: {
    isComplete: boolean;
    completeness: string;
    requiredKinds: { code: string }[];
    missingKinds: { code: string; label: string }[];
    documents: { kind: { code: string }; receivedAt: string; scan: { name: string; url: string } | null }[];
  };
  availableActions: { action: string; allowed: boolean; refusal: { reason: string } | null }[];
  history: { nodes: { action: string; reason: string | null; rule: string | null; fields: object[] }[] };
};

/** What the viewer sees of a household. */
export async function look(service: TestService, viewer: Viewer, id: string): Promise<HouseholdAnswer> {
  const document = `query ($id: ID!) { household(id: $id) { ${householdFields} } }`;
  const { household } = await service.ok<{ household: HouseholdAnswer | null }>(viewer, document, { id });
  if (household === null) throw new Error('the household is not visible');
  return household;
}

/** An organisation entered alone. */
export async function anOrganisation(service: TestService, company: Company, overrides: object = {}): Promise<string> {
  const input = { communityId: company.communityId, kind: 'MERCHANT', name: '全家便利店', ...overrides };
  const answer = await service.ok<{ registerOrganisation: { organisation: { id: string } } }>(
    company.clerk,
    mutation('registerOrganisation', 'organisation { id }'),
    { input },
  );
  return answer.registerOrganisation.organisation.id;
}

/** A mutation on a household that answers it. */
export const change = (name: string): string => mutation(name, 'household { id version }');
