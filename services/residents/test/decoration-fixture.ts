import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { chargeReversed, chargeSettled } from '@steward/events';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import { aCompany, aHousehold, anOrganisation, mutation, type Company, type Entered } from './residents-fixture.ts';

/** A community with terms, a contractor, an owner and the staff who deal with decorations. */
export type Estate = Company & {
  household: Entered;
  owner: Viewer;
  fitter: Viewer;
  guard: Viewer;
  contractorId: string;
  termsId: string;
};

const terms = { workFrom: '08:00:00', workTo: '18:00:00', breakFrom: '12:00:00', breakTo: '14:00:00' };

export async function anEstate(service: TestService): Promise<Estate> {
  const company = await aCompany(service);
  const { tenantId, communityId } = company;
  const there = { tenantId, communityIds: [communityId] };
  const household = await aHousehold(service, company);
  const input = { communityId, ...terms, isAllowedAtWeekend: false, prohibitions: '严禁拆改承重墙。' };
  const published = await service.ok<{ publishDecorationTerms: { decorationTerms: { id: string } } }>(
    company.director,
    mutation('publishDecorationTerms', 'decorationTerms { id }'),
    { input },
  );
  return {
    ...company,
    household,
    owner: aResidentViewer({ ...there, personId: household.personId }),
    fitter: aStaffViewer({ roles: ['maintenance'], ...there }),
    guard: aStaffViewer({ roles: ['guard'], ...there }),
    contractorId: await anOrganisation(service, company, { kind: 'CONTRACTOR', name: '精工装饰' }),
    termsId: published.publishDecorationTerms.decorationTerms.id,
  };
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

/** Uploads a small picture for a purpose and answers its id. */
export async function aScan(
  service: TestService,
  { communityId }: Company,
  viewer: Viewer,
  purpose: 'PHOTO' | 'SIGNATURE' | 'PAPER' = 'PAPER',
): Promise<string> {
  const input = { communityId, purpose, fileName: 'a.png', contentType: 'image/png', bytes: png.length };
  type Answer = { createProcedureUpload: { upload: { fileId: string; uploadUrl: string } } };
  const { upload } = (
    await service.ok<Answer>(viewer, mutation('createProcedureUpload', 'upload { fileId uploadUrl }'), { input })
  ).createProcedureUpload;
  const headers = { 'content-type': 'image/png' };
  const response = await fetch(new URL(upload.uploadUrl, service.url()), { method: 'PUT', headers, body: png });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return upload.fileId;
}

export const anApplication = (estate: Estate, overrides: object = {}) => ({
  kind: 'DECORATION',
  householdId: estate.household.id,
  unitId: estate.household.unitId,
  applicantKind: 'OWNER',
  applicantId: estate.household.personId,
  contractorId: estate.contractorId,
  description: '厨房和卫生间翻新',
  isStructureChanged: false,
  isLoadIncreased: false,
  plannedFrom: '2026-03-09',
  plannedTo: '2026-04-09',
  ...overrides,
});

/** What a mutation of each aggregate answers. */
const aggregates = {
  decoration: 'decoration { id version status }',
  decorationInspection: 'decorationInspection { id version status }',
  decorationViolation: 'decorationViolation { id version status }',
} as const;

type Changed = { id: string; version: number; status: string };

const aggregateOf = (name: string): keyof typeof aggregates => {
  if (/DecorationViolation/.test(name)) return 'decorationViolation';
  return /DecorationInspection/.test(name) ? 'decorationInspection' : 'decoration';
};

/** Runs a mutation and answers its aggregate. */
export async function act(service: TestService, viewer: Viewer, name: string, input: object): Promise<Changed> {
  const aggregate = aggregateOf(name);
  const document = mutation(name, aggregates[aggregate]);
  const answer = await service.ok<Record<string, Record<string, Changed>>>(viewer, document, { input });
  return answer[name]?.[aggregate] as Changed;
}

/** The refusal of a mutation: its reason and rule, and all violations as `reason/rule`. */
export async function refusal(service: TestService, viewer: Viewer, name: string, input: object) {
  const document = mutation(name, aggregates[aggregateOf(name)]);
  const { extensions, message } = await service.refused(viewer, document, { input });
  const { code, reason, rule, violations } = extensions;
  return { code, reason, rule, message, violations: violations.map((one) => `${one.reason}/${one.rule}`).sort() };
}

export async function apply(
  service: TestService,
  estate: Estate,
  overrides: object = {},
  viewer: Viewer = estate.clerk,
): Promise<string> {
  return (await act(service, viewer, 'registerDecoration', anApplication(estate, overrides))).id;
}

/** Papers, terms, agreement and plan, as the desk takes them in. */
export async function submitted(service: TestService, estate: Estate, id: string): Promise<void> {
  const { clerk, termsId } = estate;
  const signature = () => aScan(service, estate, clerk, 'SIGNATURE');
  const paper = { id, kindCode: 'OWNER_IDENTITY_CARD', fileId: await aScan(service, estate, clerk) };
  await act(service, clerk, 'fileDecorationDocument', paper);
  for (const party of ['OWNER', 'CONTRACTOR']) {
    const input = { id, party, termsId, signatureFileId: await signature(), signerName: '王强' };
    await act(service, clerk, 'acknowledgeDecorationTerms', input);
  }
  await act(service, clerk, 'signDecorationAgreement', {
    id,
    owner: { signatureFileId: await signature(), signerName: '张伟' },
    contractor: { signatureFileId: await signature(), signerName: '王强' },
    agreementFileId: await aScan(service, estate, clerk),
  });
  await act(service, clerk, 'submitDecorationPlan', { id, planFileIds: [await aScan(service, estate, clerk)] });
}

export async function approved(service: TestService, estate: Estate, id: string, found: object = {}): Promise<void> {
  await submitted(service, estate, id);
  await act(service, estate.fitter, 'reviewDecorationPlan', { id, isApproved: true, reason: '符合规定', ...found });
}

type Sum = 'DECORATION_DEPOSIT' | 'DECORATION_WASTE';

const chargeOf = (estate: Estate, id: string, chargeTypeCode: Sum, chargeId: string) => ({
  chargeId,
  communityId: estate.communityId,
  unitId: estate.household.unitId,
  householdId: estate.household.id,
  chargeTypeCode,
  cause: { service: 'residents', aggregateType: 'decoration', aggregateId: id },
  fee: { amount: 1, currency: 'CNY' },
});

/** Billing has taken a sum in; answers its charge. */
export async function pay(service: TestService, estate: Estate, id: string, sum: Sum): Promise<string> {
  const chargeId = newId();
  const data = {
    ...chargeOf(estate, id, sum, chargeId),
    settledAt: (await service.now()).toISOString(),
    receiptNumber: null,
  };
  const { tenantId, communityId } = estate;
  await service.wire.send(chargeSettled, { tenantId, communityId, aggregateId: chargeId, data });
  await service.settle();
  return chargeId;
}

/** Billing has given a sum back. */
export async function giveBack(
  service: TestService,
  estate: Estate,
  { id, sum, chargeId }: { id: string; sum: Sum; chargeId: string },
): Promise<void> {
  const reversedAt = (await service.now()).toISOString();
  const data = { ...chargeOf(estate, id, sum, chargeId), reversedAt, reasonCode: 'REFUND' };
  const { tenantId, communityId } = estate;
  // The charge's own first fact went before, so this is its second.
  await service.wire.send(chargeReversed, { tenantId, communityId, aggregateId: chargeId, data });
  await service.settle();
}

export async function paid(service: TestService, estate: Estate, id: string): Promise<{ deposit: string }> {
  await pay(service, estate, id, 'DECORATION_WASTE');
  return { deposit: await pay(service, estate, id, 'DECORATION_DEPOSIT') };
}

export const aPermit = (id: string, overrides: object = {}) => ({
  id,
  validFrom: '2026-03-09',
  validTo: '2026-04-09',
  workers: [{ name: '李四', identityNumber: '110101199003070011', phone: '13700000001' }],
  ...overrides,
});

/** An application whose works are under way, with one worker. */
export async function permitted(service: TestService, estate: Estate, overrides: object = {}): Promise<string> {
  const id = await apply(service, estate, overrides);
  await approved(service, estate, id);
  await paid(service, estate, id);
  await act(service, estate.clerk, 'issueDecorationPermit', aPermit(id));
  return id;
}

const shown = `id number version status handler { id } isAuthorityNeeded isStructureChanged isLoadIncreased planDecision planReason
  permitNumber permitFrom permitTo extensionCount passes { id status holderNameMasked validFrom validTo }
  deposit { amount currency } depositState wasteFee { amount currency } wasteFeeState
  archive { isComplete requiredKinds { code } missingKinds { code } } acknowledgements { party terms { edition } }
  documents { kind { code label } scan { name } } signatures { role signedSha256 }
  completionChecks { isPassed findings checkedBy { id } } cancelReason { label }
  violations { totalCount nodes { id kind } } inspections { totalCount nodes { id origin } }
  deadlines { kind rule dueAt state } availableActions { action allowed refusal { reason violations { reason } } }
  history { nodes { action rule } }`;

export type DecorationAnswer = {
  status: string;
  handler: { id: string } | null;
  isAuthorityNeeded: boolean;
  isStructureChanged: boolean;
  planReason: string | null;
  permitNumber: string | null;
  permitTo: string | null;
  passes: { id: string; status: string; validFrom: string; validTo: string }[];
  deposit: { amount: number } | null;
  depositState: string;
  wasteFee: { amount: number } | null;
  wasteFeeState: string;
  archive: { isComplete: boolean; requiredKinds: { code: string }[]; missingKinds: { code: string }[] };
  acknowledgements: { party: string; terms: { edition: number } }[];
  documents: { kind: { code: string; label: string }; scan: { name: string } | null }[];
  signatures: { role: string; signedSha256: string }[];
  completionChecks: { isPassed: boolean; findings: string | null }[];
  cancelReason: { label: string } | null;
  violations: { totalCount: number; nodes: { id: string; kind: string }[] };
  inspections: { totalCount: number; nodes: { id: string; origin: string }[] };
  deadlines: { kind: string; rule: string; dueAt: string; state: string }[];
  availableActions: {
    action: string;
    allowed: boolean;
    refusal: { reason: string; violations: { reason: string }[] } | null;
  }[];
  history: { nodes: { action: string; rule: string | null }[] };
};

/** An application as the viewer sees it; null if it does not exist for them. */
export async function see(service: TestService, viewer: Viewer, id: string): Promise<DecorationAnswer | null> {
  const document = `query ($id: ID!) { decoration(id: $id) { ${shown} } }`;
  return (await service.ok<{ decoration: DecorationAnswer | null }>(viewer, document, { id })).decoration;
}

export async function look(service: TestService, viewer: Viewer, id: string): Promise<DecorationAnswer> {
  const found = await see(service, viewer, id);
  if (found === null) throw new Error('the application is not visible');
  return found;
}

/** Who was told what about something: `template: role of department` or `template: household`. */
export async function told(service: TestService, id: string): Promise<string[]> {
  const found = await service.sql<{ template: string; role: string | null; department_code: string | null }>(
    'select template, role, department_code from notification where aggregate_id = $1 order by template, department_code',
    [id],
  );
  return found.map(({ template, role, department_code }) =>
    role === null ? `${template}: household` : `${template}: ${role} of ${department_code ?? 'all'}`,
  );
}
