import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCentre, act, aNewcomer, viewerOf, type Centre } from './duty-fixture.ts';

/** A service centre with a supervisor and a clerk who are staff, a trainer's login and a second director's. */
export type School = Centre & {
  supervisorId: string;
  clerkId: string;
  trainer: Viewer;
  clerkSelf: Viewer;
  otherDirector: Viewer;
};

export async function aSchool(service: TestService, of?: Centre): Promise<School> {
  const centre = of ?? (await aCentre(service));
  const { tenantId } = centre;
  const supervisorId = await aNewcomer(service, centre, 'SUPERVISOR', { employedOn: '2025-06-01' });
  const clerkId = await aNewcomer(service, centre, 'CLERK', { employedOn: '2025-06-01' });
  return {
    ...centre,
    supervisorId,
    clerkId,
    trainer: viewerOf(centre, 'trainer'),
    clerkSelf: viewerOf(centre, 'clerk', clerkId),
    otherDirector: aStaffViewer({ roles: ['director'], tenantId, communityIds: 'all' }),
  };
}

const topicsOf: Record<string, string[]> = {
  BUSINESS: ['DAILY_BUSINESS'],
  INTENSIVE: ['PROPERTY_MANAGEMENT', 'SERVICE_ETIQUETTE'],
  INDUCTION: ['COMPANY_RULES', 'POST_DUTIES', 'WORK_PROCESSES', 'SERVICE_ETIQUETTE', 'SAFETY'],
  STANDARD: ['STANDARDS'],
};

/** A session of two hours from nine in the morning of a day in Shanghai. */
export const aSession = (school: School, kind: string, on: string, overrides: object = {}) => ({
  kind,
  topic: '前台接待',
  topicCodes: topicsOf[kind] ?? [],
  trainerId: school.supervisorId,
  startsAt: `${on}T01:00:00.000Z`,
  endsAt: `${on}T03:00:00.000Z`,
  ...overrides,
});

export const planned = (
  service: TestService,
  school: School,
  kind: string,
  on: string,
  overrides: object = {},
): Promise<{ id: string }> =>
  act(service, school.trainer, 'planTrainingSession', 'trainingSession', {
    communityId: school.communityId,
    departmentCode: 'CUSTOMER_SERVICE',
    ...aSession(school, kind, on),
    ...overrides,
  });

export const present = (...ids: string[]) => ids.map((staffId) => ({ staffId, answer: 'PRESENT' }));

/** Everything of a community in a list, in its order. */
export async function listed<T>(
  service: TestService,
  viewer: Viewer,
  field: string,
  filter: object,
  selection: string,
): Promise<T[]> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1, -1)}Filter`;
  const query = `query ($filter: ${type}) { ${field}(first: 100, filter: $filter) { nodes { ${selection} } } }`;
  const answer = await service.ok<Record<string, { nodes: T[] }>>(viewer, query, { filter });
  return answer[field]?.nodes ?? [];
}

/** A team of the department of customer service. */
export async function aTeam(
  service: TestService,
  { communityId, director }: Centre,
): Promise<{ id: string; code: string }> {
  const code = `T_${newId().slice(-6).toUpperCase()}`;
  const input = { communityId, departmentCode: 'CUSTOMER_SERVICE', code, name: '前台班' };
  const { id } = await act(service, director, 'registerTeam', 'team', input);
  return { id, code };
}

/** What somebody was told about one thing. */
export const toldAbout = async (service: TestService, aggregateId: string): Promise<string[]> => {
  const found = await service.sql<{ template: string; role: string | null; kind: string | null }>(
    `select template, role, params ->> 'kind' as kind from notification where aggregate_id = $1 order by created_at, id`,
    [aggregateId],
  );
  return found.map(({ template, role, kind }) =>
    [template, kind, role ?? 'staff'].filter((one) => one !== null).join(' '),
  );
};

export type Quota = {
  id: string;
  kind: string;
  startsOn: string;
  endsOn: string;
  heldCount: number;
  status: string;
  department: { number: string };
};

/** What departments of a school owe, earliest first. */
export async function quotasOf(service: TestService, school: School, filter: object = {}): Promise<Quota[]> {
  const fields =
    'id kind period startsOn endsOn neededCount heldCount status deadlines { kind state } department { number }';
  const asked = { communityId: school.communityId, ...filter };
  const found = await listed<Quota>(service, school.supervisor, 'trainingQuotas', asked, fields);
  return found.toSorted((a, b) => a.startsOn.localeCompare(b.startsOn));
}

/** Nine in the morning of a day in Shanghai. */
export const morning = (on: string) => ({ set: new Date(`${on}T01:00:00.000Z`) });

/** The day so many days from now. */
export const dayIn = async (service: TestService, days: number): Promise<string> =>
  new Date((await service.now()).getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** The next Monday by the service's clock. */
export async function nextMonday(service: TestService): Promise<string> {
  for (let days = 1; ; days += 1) {
    const day = await dayIn(service, days);
    if (new Date(`${day}T00:00:00.000Z`).getUTCDay() === 1) return day;
  }
}

/** The reasons of everything that is wrong. */
export const reasons = ({ violations }: { violations: { reason: string }[] }): string[] =>
  violations.map(({ reason }) => reason);
