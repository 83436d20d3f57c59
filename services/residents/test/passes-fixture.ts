import type { Viewer } from '@steward/auth';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import { enterPlaces, mutation, unique, type Company } from './residents-fixture.ts';

/** A gate of the company's community. */
export async function aGate(service: TestService, company: Company): Promise<{ id: string; number: string }> {
  const code = unique('GATE');
  const [gate] = await enterPlaces(service, company, [{ code, kind: 'COMMON_AREA', commonAreaCode: 'GATE' }]);
  if (gate?.place == null) throw new Error(JSON.stringify(gate));
  return { id: gate.place.id, number: code };
}

type Role = Viewer['roles'][number];

export const staffOf = ({ tenantId, communityId }: Company, role: Role): Viewer =>
  aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });

export const residentOf = ({ tenantId, communityId }: Company, personId: string): Viewer =>
  aResidentViewer({ tenantId, communityIds: [communityId], personId });

const bytesOf = {
  PHOTO: { body: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5, 6, 7, 8]), type: 'image/jpeg', name: 'a.jpg' },
  SIGNATURE: {
    body: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]),
    type: 'image/png',
    name: 'a.png',
  },
  PAPER: { body: Buffer.from('%PDF-1.7\n% a scan\n%%EOF\n'), type: 'application/pdf', name: 'a.pdf' },
};

const createUpload = mutation('createProcedureUpload', 'upload { fileId uploadUrl }');

/** Puts a file where the service says; answers its id. */
export async function aFile(
  service: TestService,
  viewer: Viewer,
  { communityId }: Company,
  purpose: keyof typeof bytesOf = 'PHOTO',
): Promise<string> {
  const { body, type, name } = bytesOf[purpose];
  const input = { communityId, purpose, fileName: name, contentType: type, bytes: body.length };
  const answer = await service.ok<{ createProcedureUpload: { upload: { fileId: string; uploadUrl: string } } }>(
    viewer,
    createUpload,
    { input },
  );
  const { fileId, uploadUrl } = answer.createProcedureUpload.upload;
  const headers = { 'content-type': type };
  const { ok, status } = await fetch(new URL(uploadUrl, service.url()), { method: 'PUT', headers, body });
  if (!ok) throw new Error(`upload: ${status}`);
  return fileId;
}

const shown = `id number version kind status code household { id } unit { id } holderNameMasked holderName holderCount
  plateMasked plate items { name quantity isLarge } photos { name } validFrom validTo reason { code } usedAt
  usedGate { id } checks uses { usedAt gate { id } guard { id } direction isDamaged isLocked photos { name } }
  availableActions { action allowed refusal { reason rule } } history { nodes { action rule reason } }`;

export type PassAnswer = {
  id: string;
  number: string;
  version: number;
  kind: string;
  status: string;
  code: string | null;
  holderName: string | null;
  plateMasked: string | null;
  plate: string | null;
  validFrom: string;
  validTo: string;
  reason: { code: string } | null;
  usedAt: string | null;
  checks: string[];
  uses: { usedAt: string; gate: { id: string }; guard: { id: string } | null; photos: object[] }[];
  availableActions: { action: string; allowed: boolean; refusal: { reason: string } | null }[];
  history: { nodes: { action: string; rule: string | null; reason: string | null }[] };
};

/** A mutation on a pass that answers it as the viewer sees it. */
export const passMutation = (name: string): string => mutation(name, `pass { ${shown} }`);

/** Runs such a mutation. */
export async function onPass(service: TestService, viewer: Viewer, name: string, input: object): Promise<PassAnswer> {
  const answer = await service.ok<Record<string, { pass: PassAnswer }>>(viewer, passMutation(name), { input });
  return (answer[name] as { pass: PassAnswer }).pass;
}

/** The one refusal of such a mutation. */
export const refusedOnPass = async (service: TestService, viewer: Viewer, name: string, input: object) =>
  (await service.refused(viewer, passMutation(name), { input })).extensions;

export async function lookAtPass(service: TestService, viewer: Viewer, id: string): Promise<PassAnswer | null> {
  const document = `query ($id: ID!) { pass(id: $id) { ${shown.replace('holderName ', '').replace('plate items', 'items')} } }`;
  return (await service.ok<{ pass: PassAnswer | null }>(viewer, document, { id })).pass;
}

/** Reasons of a refusal with their rules, in order of their paths. */
export const reasonsOf = ({ violations }: { violations: { reason: string; rule?: string }[] }): string[] =>
  violations.map(({ reason, rule }) => `${reason} ${rule ?? '-'}`).toSorted();

/** The notifications of an aggregate: whom, what. */
export const toldOf = (service: TestService, aggregateId: string) =>
  service.sql<{ template: string; role: string | null; householdId: string | null; params: Record<string, unknown> }>(
    `select template, role, household_id as "householdId", params from notification where aggregate_id = $1
      order by created_at, id`,
    [aggregateId],
  );
