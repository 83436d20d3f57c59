import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import type { RegisterComplaintInput } from '../src/graphql/generated.ts';
import type { Estate } from './estate-fixture.ts';

export * from './estate-fixture.ts';

export type Overrides = Partial<Omit<RegisterComplaintInput, 'receivedAt' | 'occurredAt' | 'wantedUntil'>> & {
  receivedAt?: string;
  occurredAt?: string;
  wantedUntil?: string;
};

/** A minor complaint as the desk types it unless told otherwise. */
export const aReport = (estate: Estate, overrides: Overrides = {}): object => ({
  communityId: estate.communityId,
  channelCode: 'PHONE',
  categoryCode: 'NOISE',
  placeId: estate.unitId,
  contactName: '张建国',
  contactPhone: '138 1234 5678',
  summary: '楼上夜间噪音扰民',
  course: '连续三晚十一点后仍有敲击声',
  demand: '请制止并告知结果',
  ...overrides,
});

const registerComplaint = `mutation ($input: RegisterComplaintInput!) {
  registerComplaint(input: $input) { complaint { id } }
}`;

/** Takes in a complaint and answers its id. */
export async function aComplaint(
  service: TestService,
  estate: Estate,
  overrides: Overrides = {},
  viewer: Viewer = estate.clerk,
): Promise<string> {
  type Answer = { registerComplaint: { complaint: { id: string } } };
  const answer = await service.ok<Answer>(viewer, registerComplaint, { input: aReport(estate, overrides) });
  return answer.registerComplaint.complaint.id;
}

const typeOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
const document = (name: string): string =>
  `mutation ($input: ${typeOf(name)}) { ${name}(input: $input) { complaint { id version status } } }`;

export type Changed = { id: string; version: number; status: string };

/** Runs a mutation that answers a complaint. */
export async function act(service: TestService, viewer: Viewer, name: string, input: object): Promise<Changed> {
  type Answer = Record<string, { complaint: Changed }>;
  const answer = await service.ok<Answer>(viewer, document(name), { input });
  return (answer[name] as { complaint: Changed }).complaint;
}

/** The refusal of a mutation that answers a complaint. */
export async function refusal(
  service: TestService,
  viewer: Viewer,
  name: string,
  input: object,
  locale?: 'zh-CN' | 'en',
) {
  const { message, extensions } = await service.refused(viewer, document(name), { input }, locale);
  return { message, ...extensions };
}

/** Why it is refused: the one reason, or every reason where there are several. */
export async function reasons(service: TestService, viewer: Viewer, name: string, input: object): Promise<string[]> {
  const { reason, violations } = await refusal(service, viewer, name, input);
  return violations.length > 1 ? violations.map((violation) => violation.reason) : [reason];
}

/** Some fields of a complaint, as the viewer sees them. */
export async function see<T>(service: TestService, viewer: Viewer, id: string, selection: string): Promise<T> {
  const query = `query ($id: ID!) { complaint(id: $id) { ${selection} } }`;
  const { complaint } = await service.ok<{ complaint: T | null }>(viewer, query, { id });
  if (complaint === null) throw new Error('the complaint is not visible');
  return complaint;
}

export type Deadline = {
  kind: string;
  rule: string;
  startedAt: string;
  dueAt: string;
  warnAt: string | null;
  state: string;
  metAt: string | null;
  breachedAt: string | null;
};

/** All clocks of a complaint by their kind; of several of a kind the last. */
export async function clocksOf(service: TestService, viewer: Viewer, id: string): Promise<Record<string, Deadline>> {
  const selection = 'deadlines { kind rule startedAt dueAt warnAt state metAt breachedAt }';
  const { deadlines } = await see<{ deadlines: Deadline[] }>(service, viewer, id, selection);
  return Object.fromEntries(deadlines.map((deadline) => [deadline.kind, deadline]));
}

type Told = { template: string; role: string | null; department_code: string | null; staff_id: string | null };

/** Templates and recipients of what was told about an aggregate. */
export const told = (service: TestService, id: string) =>
  service.sql<Told & { household_id: string | null; person_id: string | null; params: Record<string, unknown> }>(
    `select template, role, department_code, staff_id, household_id, person_id, params from notification
      where aggregate_id = $1 order by id`,
    [id],
  );

/** Role and department of whoever was told by a template. */
export const toldBy = async (service: TestService, id: string, template: string) =>
  (await told(service, id))
    .filter((telling) => telling.template === template)
    .map(({ role, department_code: department }) => [role, department]);

/** What was told about an aggregate, oldest first: the fact and its data. */
export async function factsOf(
  service: TestService,
  id: string,
): Promise<[fact: string, data: Record<string, unknown>][]> {
  const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id);
  return facts.map(({ type, data }) => [type.split('.')[3] ?? '', data]);
}

export const lastFact = async (service: TestService, id: string, fact: string) =>
  (await factsOf(service, id)).findLast(([name]) => name === fact)?.[1];

type Change = { action: string; reason: string | null; rule: string | null };

/** The newest entry of a complaint's history. */
export async function lastChange(service: TestService, viewer: Viewer, id: string): Promise<Change | undefined> {
  const selection = 'history(first: 1) { nodes { action reason rule } }';
  return (await see<{ history: { nodes: Change[] } }>(service, viewer, id, selection)).history.nodes[0];
}

export type Form = { id: string; round: number; departmentCode: string; state: string; content: string };

export const formsOf = async (service: TestService, viewer: Viewer, id: string): Promise<Form[]> =>
  (await see<{ contactForms: Form[] }>(service, viewer, id, 'contactForms { id round departmentCode state content }'))
    .contactForms;

export const aForm = (departmentCode = 'SECURITY', content = '请到场制止并回复') => ({ departmentCode, content });

/** Hands a complaint to a department, which answers its form. */
export async function handled(service: TestService, estate: Estate, id: string): Promise<void> {
  await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] });
  await answered(service, estate, id);
}

/** Every open form is answered. */
export async function answered(service: TestService, estate: Estate, id: string): Promise<void> {
  for (const { id: formId, state } of await formsOf(service, estate.supervisor, id)) {
    if (state !== 'ISSUED') continue;
    await act(service, estate.supervisor, 'answerComplaintContactForm', { id, formId, answer: '已到场处理' });
  }
}

/** Contacted, judged and apologised for: what the procedure asks for before a result. */
export async function proceeded(service: TestService, estate: Estate, id: string): Promise<void> {
  await act(service, estate.clerk, 'recordComplaintStep', { id, step: 'CONTACT', means: 'PHONE' });
  await act(service, estate.clerk, 'judgeComplaint', { id, isValid: true, responsibility: 'COMPANY' });
  await act(service, estate.clerk, 'recordComplaintStep', { id, step: 'APOLOGY', means: 'PHONE' });
}

const result = '已制止噪音，物业加强夜间巡查';

/** A minor complaint, dealt with. */
export async function aResolved(service: TestService, estate: Estate, overrides: Overrides = {}): Promise<string> {
  const id = await aComplaint(service, estate, overrides);
  await handled(service, estate, id);
  await proceeded(service, estate, id);
  await act(service, estate.clerk, 'resolveComplaint', { id, result });
  return id;
}

/** Dealt with, and its resident told. */
export async function aTold(service: TestService, estate: Estate, overrides: Overrides = {}): Promise<string> {
  const id = await aResolved(service, estate, overrides);
  await act(service, estate.clerk, 'tellComplaintResult', { id, means: 'PHONE' });
  return id;
}

/** Told, visited and put into the archive. */
export async function anArchived(service: TestService, estate: Estate, overrides: Overrides = {}): Promise<string> {
  const id = await aTold(service, estate, overrides);
  const visit = { id, means: 'PHONE', outcome: 'SATISFIED', rating: 5 };
  await act(service, estate.clerk, 'recordComplaintReturnVisit', visit);
  await act(service, estate.clerk, 'archiveComplaint', { id });
  return id;
}
