import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { fileSetsPolicy } from '../src/domain/file-set-policy.ts';
import { takeoverForm } from '../src/domain/takeover-policy.ts';
import { acting, anUpload, order, repaired, residentOf, staffOf } from './procedure-fixture.ts';
import {
  aCompany,
  aHousehold,
  anOrganisation,
  enterPlaces,
  factsAfter,
  mutation,
  startResidents,
  unique,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const takeovers = () => acting(service, 'takeover', 'id number status');

async function aTakeover(): Promise<{ id: string; placeId: string; developerId: string }> {
  const [building] = await enterPlaces(service, company, [{ code: unique('B'), kind: 'BUILDING' }]);
  const placeId = building?.place?.id ?? '';
  const developerId = await anOrganisation(service, company, { kind: 'DEVELOPER', name: unique('开发商') });
  const input = { communityId: company.communityId, placeId, developerId };
  const { id } = await takeovers().act<{ id: string }>(company.clerk, 'openTakeover', input);
  return { id, placeId, developerId };
}

const results = (...failed: string[]) =>
  takeoverForm.map(({ code }) => ({ code, result: failed.includes(code) ? 'FAIL' : 'PASS', note: '渗水' }));

async function filePapers(placeId: string): Promise<void> {
  for (const kindCode of fileSetsPolicy.figures.TAKEOVER.value) {
    const input = { communityId: company.communityId, kind: 'TAKEOVER', kindCode, placeId };
    await service.ok(company.clerk, mutation('fileSetDocument', 'fileSet { id }'), { input });
  }
}

const signing = async (id: string) => ({
  id,
  signatureFileId: await anUpload(service, company, company.clerk),
  signerName: '王强',
});

type Seen = {
  status: string;
  closedAt: string | null;
  defects: { id: string; item: { code: string; label: string }; state: string; note: string }[];
  deadlines: { kind: string; state: string; rule: string }[];
  signatures: { role: string }[];
  availableActions: { action: string; allowed: boolean }[];
};

async function see(id: string): Promise<Seen> {
  const document = `query ($id: ID!) { takeover(id: $id) {
    status closedAt defects { id item { code label } state note } deadlines { kind state rule } signatures { role }
    availableActions { action allowed } } }`;
  return (await service.ok<{ takeover: Seen }>(company.clerk, document, { id })).takeover;
}

describe('openTakeover', () => {
  it('[A215] opens one for a place of the community and its developer, once at a time', async () => {
    const { id, placeId, developerId } = await aTakeover();
    const { refusal } = takeovers();
    const input = { communityId: company.communityId, placeId, developerId };
    expect(await refusal(company.clerk, 'openTakeover', input)).toMatchObject({ reason: 'TAKEOVER_UNDER_WAY' });
    const merchant = await anOrganisation(service, company, { name: unique('商家') });
    const wrong = { ...input, placeId: newId(), developerId: merchant };
    const { violations } = await refusal(company.clerk, 'openTakeover', wrong);
    expect(violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['PLACE_UNKNOWN', 'A215'],
      ['DEVELOPER_UNKNOWN', 'A215'],
    ]);
    expect((await factsAfter(service, id, 0))[0]).toEqual([
      'takeover.opened.v1',
      expect.objectContaining({ takeoverId: id, placeId, developerId }),
    ]);
  });

  it('[A215] is of the staff alone', async () => {
    const { id } = await aTakeover();
    const home = await aHousehold(service, company);
    const asked = 'query ($id: ID!) { takeover(id: $id) { id } }';
    const denied = await service.refused(residentOf(company, home), asked, { id });
    expect(denied.extensions.reason).toBe('ACCESS_DENIED');
  });
});

describe('checkTakeover', () => {
  it('[A215] lists what is left over and tells of each defect for its repair', async () => {
    const { id, placeId } = await aTakeover();
    const { act, refusal } = takeovers();
    expect((await refusal(company.clerk, 'checkTakeover', { id, items: [] })).reason).toBe('CHECK_ITEMS_REQUIRED');
    const roof = [{ code: 'ROOF', result: 'FAIL', note: '渗水' }];
    await act(staffOf(company, 'maintenance'), 'checkTakeover', { id, items: roof });
    const again = { id, items: [...roof, { code: 'MOON', result: 'PASS' }] };
    const { violations } = await refusal(company.clerk, 'checkTakeover', again);
    expect(violations.map(({ reason }) => reason)).toEqual(['CHECK_ITEM_UNKNOWN', 'CHECK_ITEM_REPEATED']);
    expect((await see(id)).defects).toMatchObject([
      { item: { code: 'ROOF', label: 'Roof' }, state: 'FOUND', note: '渗水' },
    ]);
    const found = (await factsAfter(service, id, 0)).find(([type]) => type === 'takeover.defect-found.v1');
    expect(found?.[1]).toMatchObject({
      placeId,
      itemCode: 'ROOF',
      tradeCode: 'WATERPROOFING',
      problemCode: 'ROOF_LEAK',
      rule: 'A215',
    });
  });
});

describe('signTakeover', () => {
  it('[A215] names every item and document that is missing at once', async () => {
    const { id, placeId } = await aTakeover();
    const { act, refusal } = takeovers();
    await act(company.clerk, 'checkTakeover', { id, items: results().slice(1) });
    const refused = await refusal(company.clerk, 'signTakeover', await signing(id));
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'TAKEOVER_INCOMPLETE', rule: 'A215' });
    expect(refused.violations.map(({ path, rule }) => [rule, path])).toEqual([
      ['A215', 'checks.STRUCTURE'],
      ...fileSetsPolicy.figures.TAKEOVER.value.map((kindCode) => ['A213', `papers.${kindCode}`]),
    ]);
    await act(company.clerk, 'checkTakeover', { id, items: results().slice(0, 1) });
    await filePapers(placeId);
    const nobody = { ...(await signing(id)), signerName: ' ' };
    expect((await refusal(company.clerk, 'signTakeover', nobody)).reason).toBe('SIGNER_REQUIRED');
    await act(company.clerk, 'signTakeover', await signing(id));
    const seen = await see(id);
    expect([seen.status, seen.deadlines]).toEqual(['CLOSED', []]);
    expect(seen.signatures.map(({ role }) => role).toSorted()).toEqual(['DEVELOPER', 'PROPERTY']);
  });

  it('[A215] follows what is left over to its repair, and closes with the last one', async () => {
    const { id, placeId } = await aTakeover();
    const { act, refusal } = takeovers();
    await act(company.clerk, 'checkTakeover', { id, items: results('ROOF') });
    await filePapers(placeId);
    await act(company.clerk, 'signTakeover', await signing(id));
    const signed = await see(id);
    expect(signed.status).toBe('SIGNED');
    expect(signed.deadlines).toMatchObject([{ kind: 'TAKEOVER_REMEDY', rule: 'A215', state: 'RUNNING' }]);
    const fitter = staffOf(company, 'maintenance');
    const check = (result: string) => ({ id, result });
    const repair = async (): Promise<string> => {
      const [defect] = (await see(id)).defects.filter(({ state }) => state === 'FOUND');
      const home = { id: newId(), unitId: placeId, unitPath: '', personId: newId() };
      const source = { system: 'TAKEOVER', key: defect?.id ?? '' };
      const workOrderId = await order(service, company, home, source);
      expect((await see(id)).defects.at(-1)?.state).toBe('ORDERED');
      await repaired(service, company, workOrderId);
      return defect?.id ?? '';
    };
    const early = { ...check('PASS'), defectId: signed.defects[0]?.id };
    expect(await refusal(fitter, 'recheckTakeoverDefect', early)).toMatchObject({
      reason: 'DEFECT_NOT_REPAIRED',
      rule: 'A215',
    });
    await act(fitter, 'recheckTakeoverDefect', { ...check('FAIL'), defectId: await repair() });
    expect((await see(id)).defects.map(({ state, note }) => [state, note])).toEqual([
      ['FAILED', '渗水'],
      ['FOUND', '渗水'],
    ]);
    await act(fitter, 'recheckTakeoverDefect', { ...check('PASS'), defectId: await repair() });
    const closed = await see(id);
    expect([closed.status, closed.deadlines[0]?.state]).toEqual(['CLOSED', 'MET']);
    expect(closed.availableActions.every(({ allowed }) => !allowed)).toBe(true);
    expect((await factsAfter(service, id, 0)).map(([type]) => type)).toContain('takeover.closed.v1');
  });
});
