import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aCompany,
  aHousehold,
  change,
  factsAfter,
  look,
  mutation,
  startResidents,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const createUpload = mutation('createHouseholdDocumentUpload', 'upload { fileId uploadUrl expiresAt }');
const fileDocument = change('fileHouseholdDocument');
type Upload = { createHouseholdDocumentUpload: { upload: { fileId: string; uploadUrl: string } } };

const pdf = Buffer.from('%PDF-1.7\n% a scan\n%%EOF\n');

/** Announces a scan and puts it where the answer says. */
async function upload(householdId: string, viewer: Viewer = company.clerk): Promise<string> {
  const input = { householdId, fileName: '身份证.pdf', contentType: 'application/pdf', bytes: pdf.length };
  const answer = await service.ok<Upload>(viewer, createUpload, { input });
  const { fileId, uploadUrl } = answer.createHouseholdDocumentUpload.upload;
  const headers = { 'content-type': 'application/pdf' };
  const { ok, status } = await fetch(new URL(uploadUrl, service.url()), { method: 'PUT', headers, body: pdf });
  if (!ok) throw new Error(`upload: ${status}`);
  return fileId;
}

describe('createHouseholdDocumentUpload', () => {
  it.each([
    ['FILE_TYPE_NOT_ALLOWED', { contentType: 'text/html' }],
    ['FILE_EMPTY', { bytes: 0 }],
    ['FILE_TOO_LARGE', { bytes: 21 * 1024 * 1024 }],
    ['FILE_NAME_INVALID', { fileName: '../x' }],
  ])('refuses with %s', async (reason, wrong) => {
    const { id: householdId } = await aHousehold(service, company);
    const input = { householdId, fileName: 'a.pdf', contentType: 'application/pdf', bytes: 10, ...wrong };
    const refusal = await service.refused(company.clerk, createUpload, { input });
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
    expect(refusal.message).not.toBe(reason);
  });
});

describe('fileHouseholdDocument', () => {
  it('[B016] puts papers into the one file of a household until nothing is missing', async () => {
    const { id } = await aHousehold(service, company);
    const required = [
      'OWNER_IDENTITY_CARD',
      'MOVE_IN_NOTICE',
      'PURCHASE_CONTRACT',
      'MANAGEMENT_AGREEMENT',
      'RESIDENT_REGISTER',
    ];
    const fileOf = async () => (await look(service, company.clerk, id)).file;
    const empty = await fileOf();
    expect(empty).toMatchObject({ isComplete: false, completeness: '0.00', documents: [] });
    expect(empty.requiredKinds.map(({ code }) => code)).toEqual(required);
    expect(empty.missingKinds[0]).toEqual({ code: 'OWNER_IDENTITY_CARD', label: "Owner's identity card" });
    const shares: string[] = [];
    for (const kindCode of required) {
      await service.ok(company.clerk, fileDocument, { input: { id, kindCode } });
      shares.push((await fileOf()).completeness);
    }
    expect(shares).toEqual(['0.20', '0.40', '0.60', '0.80', '1.00']);
    expect(await fileOf()).toMatchObject({ isComplete: true, missingKinds: [] });
    const facts = await factsAfter(service, id, 3);
    expect(facts[0]).toEqual([
      'household.file-changed.v1',
      {
        householdId: id,
        documentKindCode: 'OWNER_IDENTITY_CARD',
        missingKindCodes: required.slice(1),
        isComplete: false,
      },
    ]);
    expect(facts[4]?.[1]).toMatchObject({ missingKindCodes: [], isComplete: true });
  });

  it('[B016] asks for what a change of members or units makes necessary', async () => {
    const { id, personId } = await aHousehold(service, company);
    const missing = async () => (await look(service, company.clerk, id)).file.missingKinds.map(({ code }) => code);
    const before = await missing();
    const agent = { id, personId, role: 'AGENT', validFrom: '2026-03-02' };
    await service.ok(company.clerk, change('startHouseholdMembership'), { input: agent });
    expect(await missing()).toEqual(expect.arrayContaining([...before, 'AGENT_IDENTITY_CARD', 'POWER_OF_ATTORNEY']));
    const [holding] = (await look(service, company.clerk, id)).holdings;
    const release = { id, holdingId: holding?.id, validTo: '2026-03-02' };
    await service.ok(company.clerk, change('releaseHouseholdUnit'), { input: release });
    expect((await look(service, company.clerk, id)).file).toMatchObject({ completeness: '1.00', requiredKinds: [] });
  });

  it('keeps the scan that was uploaded, behind a link', async () => {
    const { id } = await aHousehold(service, company);
    const fileId = await upload(id);
    const input = { id, kindCode: 'OWNER_IDENTITY_CARD', fileId, receivedAt: '2026-02-27T02:00:00.000Z' };
    await service.ok(company.clerk, fileDocument, { input });
    const [document] = (await look(service, company.clerk, id)).file.documents;
    expect(document).toMatchObject({
      kind: { code: 'OWNER_IDENTITY_CARD' },
      receivedAt: '2026-02-27T02:00:00.000Z',
      scan: { name: '身份证.pdf' },
    });
    const scan = await fetch(new URL(document?.scan?.url ?? '', service.url()));
    expect(Buffer.from(await scan.arrayBuffer())).toEqual(pdf);
  });

  it('refuses kinds that are not known, papers from the future and scans that are not there', async () => {
    const { id } = await aHousehold(service, company);
    const refusalOf = async (input: object) =>
      (await service.refused(company.clerk, fileDocument, { input: { id, kindCode: 'OTHER', ...input } })).extensions
        .reason;
    expect(await refusalOf({ kindCode: 'LOVE_LETTER' })).toBe('DOCUMENT_KIND_UNKNOWN');
    expect(await refusalOf({ receivedAt: '2030-01-01T00:00:00Z' })).toBe('IN_THE_FUTURE');
    expect(await refusalOf({ fileId: newId() })).toBe('FILE_NOT_UPLOADED');
    expect(await refusalOf({ fileId: await upload(id, company.director) })).toBe('FILE_NOT_UPLOADED');
  });

  it('[B017] shows papers to the household and those who deal with residents by name, and to nobody else', async () => {
    const { id, personId } = await aHousehold(service, company);
    const { tenantId, communityId } = company;
    const there = { tenantId, communityIds: [communityId] };
    const asked = 'query ($id: ID!) { household(id: $id) { number file { completeness } } }';
    for (const viewer of [aStaffViewer({ roles: ['cashier'], ...there }), aResidentViewer({ personId, ...there })]) {
      expect(await service.ok(viewer, asked, { id })).toMatchObject({ household: { file: { completeness: '0.00' } } });
    }
    const guard = aStaffViewer({ roles: ['guard'], ...there });
    expect((await service.refused(guard, asked, { id })).extensions.reason).toBe('ACCESS_DENIED');
    const denied = await service.refused(guard, fileDocument, { input: { id, kindCode: 'OTHER' } });
    expect(denied.extensions.reason).toBe('ACCESS_DENIED');
  });
});
