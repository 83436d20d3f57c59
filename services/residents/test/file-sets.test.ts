import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import { acting, anUpload, staffOf } from './procedure-fixture.ts';
import {
  aCompany,
  aHousehold,
  aPerson,
  aUnit,
  change,
  factsAfter,
  startResidents,
  unique,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
});
afterAll(() => service?.stop());

const sets = () => acting(service, 'fileSet', 'id kind isComplete missingKinds { code } documents { kind { code } }');
const inspections = () => acting(service, 'fileInspection', 'id number isValid endedAt endReason { code }');
const put = (kind: string, kindCode: string, more: object = {}) =>
  sets().act<{ id: string; isComplete: boolean; missingKinds: { code: string }[] }>(company.clerk, 'fileSetDocument', {
    communityId: company.communityId,
    kind,
    kindCode,
    ...more,
  });

type Listed = { fileSets: { nodes: { id: string; kind: string; documents: object[] }[]; totalCount: number } };
const list = (viewer: Viewer) =>
  service.ok<Listed>(viewer, '{ fileSets { nodes { id kind documents { kind { code } scan { name } } } totalCount } }');
const kindsSeen = async (viewer: Viewer) => (await list(viewer)).fileSets.nodes.map(({ kind }) => kind);

describe('fileSetDocument', () => {
  it('[A213] keeps the four sets of a community and says what is missing in each', async () => {
    company = await aCompany(service);
    const first = await put('HANDOVER', 'HANDOVER_LIST');
    expect(first).toMatchObject({ isComplete: false, missingKinds: [{ code: 'UNIT_PLANS' }] });
    expect(await put('HANDOVER', 'UNIT_PLANS')).toMatchObject({ isComplete: true, missingKinds: [] });
    const all = ['DECORATION', 'HANDOVER', 'QUALITY_RECORD', 'TAKEOVER'];
    expect((await kindsSeen(company.clerk)).toSorted()).toEqual(all);
    const facts = (await factsAfter(service, first.id, 0)).map(([type, data]) => [type, data]);
    expect(facts.at(-1)).toEqual([
      'file-set.changed.v1',
      {
        fileSetId: first.id,
        kind: 'HANDOVER',
        documentKindCode: 'UNIT_PLANS',
        missingKindCodes: [],
        isComplete: true,
      },
    ]);
  });

  it('[A213] refuses what does not belong into the set', async () => {
    company = await aCompany(service);
    const wrong = {
      communityId: company.communityId,
      kind: 'TAKEOVER',
      kindCode: 'UNIT_PLANS',
      placeId: newId(),
      filedAt: '2030-01-01T00:00:00Z',
    };
    const { violations } = await sets().refusal(company.clerk, 'fileSetDocument', wrong);
    expect(violations.map(({ reason }) => reason)).toEqual([
      'SET_DOCUMENT_KIND_UNKNOWN',
      'IN_THE_FUTURE',
      'PLACE_UNKNOWN',
    ]);
    expect((await sets().refusal(staffOf(company, 'guard'), 'fileSetDocument', wrong)).reason).toBe('ACCESS_DENIED');
  });
});

describe('householdFileCompleteness', () => {
  it('[B016] counts complete files by kind of unit', async () => {
    company = await aCompany(service);
    const home = await aHousehold(service, company);
    await aHousehold(service, company);
    const space = await aUnit(service, company, { usage: 'PARKING', code: 'P1' });
    const hold = { id: home.id, unitId: space.id, tenure: 'OWNED', validFrom: '2020-01-01' };
    await service.ok(company.clerk, change('addHouseholdUnit'), { input: hold });
    const papers = ['OWNER_IDENTITY_CARD', 'MOVE_IN_NOTICE', 'PURCHASE_CONTRACT', 'MANAGEMENT_AGREEMENT'];
    for (const kindCode of [...papers, 'RESIDENT_REGISTER']) {
      await service.ok(company.clerk, change('fileHouseholdDocument'), { input: { id: home.id, kindCode } });
    }
    const asked = `query ($id: ID!) {
      householdFileCompleteness(communityId: $id) { usage householdCount completeCount }
    }`;
    expect(await service.ok(company.clerk, asked, { id: company.communityId })).toEqual({
      householdFileCompleteness: [
        { usage: 'PARKING', householdCount: 1, completeCount: 1 },
        { usage: 'RESIDENTIAL', householdCount: 2, completeCount: 1 },
      ],
    });
    const refused = await service.refused(staffOf(company, 'guard'), asked, { id: company.communityId });
    expect(refused.extensions.reason).toBe('ACCESS_DENIED');
  });
});

describe('grantFileInspection', () => {
  const start = async () => {
    company = await aCompany(service);
    const personId = await aPerson(service, company, { name: unique('李') });
    const { tenantId, communityId } = company;
    const reader = aResidentViewer({ tenantId, communityIds: [communityId], personId, roles: ['committee'] });
    const fileId = await anUpload(service, company, company.clerk, 'PAPER');
    const quality = await put('QUALITY_RECORD', 'SERVICE_RECORDS', { fileId });
    return { personId, reader, quality };
  };
  const grant = (personId: string, more: object = {}) => ({
    communityId: company.communityId,
    personId,
    role: 'COMMITTEE',
    fileSetKinds: ['QUALITY_RECORD'],
    validTo: '2026-03-04T01:00:00.000Z',
    ...more,
  });

  it('[A214] opens the named sets to one person, and closes them by time', async () => {
    const { personId, reader, quality } = await start();
    const one = 'query ($id: ID!) { fileSet(id: $id) { kind documents { scan { name } } } }';
    expect(await kindsSeen(reader)).toEqual([]);
    expect(await service.ok(reader, one, { id: quality.id })).toEqual({ fileSet: null });
    const { id } = await inspections().act<{ id: string }>(company.director, 'grantFileInspection', grant(personId));
    expect(await kindsSeen(reader)).toEqual(['QUALITY_RECORD']);
    expect(await service.ok(reader, one, { id: quality.id })).toEqual({
      fileSet: { kind: 'QUALITY_RECORD', documents: [{ scan: { name: '签名' } }] },
    });
    const neighbour = aResidentViewer({ ...reader, personId: newId() });
    expect(await kindsSeen(neighbour)).toEqual([]);
    const history = 'query ($id: ID!) { fileSet(id: $id) { history { nodes { action } } } }';
    expect((await service.refused(reader, history, { id: quality.id })).extensions.reason).toBe('ACCESS_DENIED');
    await service.move({ set: new Date('2026-03-04T00:59:59.000Z') });
    expect(await kindsSeen(reader)).toEqual(['QUALITY_RECORD']);
    await service.move({ set: new Date('2026-03-04T01:00:00.000Z') });
    expect(await kindsSeen(reader)).toEqual([]);
    expect(await service.ok(reader, one, { id: quality.id })).toEqual({ fileSet: null });
    const ended = `query ($id: ID!) { fileInspection(id: $id) { isValid endedAt endReason { code label } } }`;
    expect(await service.ok(company.clerk, ended, { id })).toEqual({
      fileInspection: {
        isValid: false,
        endedAt: '2026-03-04T01:00:00.000Z',
        endReason: { code: 'EXPIRED', label: 'Its time has come' },
      },
    });
    const facts = (await factsAfter(service, id, 0)).map(([type]) => type);
    expect(facts).toEqual(['file-inspection.granted.v1', 'file-inspection.ended.v1']);
  });

  it('[A214] is taken back before its time, once', async () => {
    const { personId, reader } = await start();
    const now = await service.now();
    const validTo = new Date(now.getTime() + 86_400_000).toISOString();
    const granted = await inspections().act<{ id: string }>(
      company.director,
      'grantFileInspection',
      grant(personId, { validTo }),
    );
    const { id } = granted;
    expect(await kindsSeen(reader)).toEqual(['QUALITY_RECORD']);
    const bad = await inspections().refusal(company.director, 'endFileInspection', { id, reasonCode: 'EXPIRED' });
    expect(bad.reason).toBe('REASON_UNKNOWN');
    await inspections().act(company.director, 'endFileInspection', { id, reasonCode: 'NOT_ENTITLED' });
    expect(await kindsSeen(reader)).toEqual([]);
    const again = { id, reasonCode: 'NOT_ENTITLED' };
    expect(await inspections().refusal(company.director, 'endFileInspection', again)).toMatchObject({
      reason: 'INSPECTION_ENDED',
      rule: 'A214',
    });
    await service.move({ advance: 'P2D' });
    expect((await factsAfter(service, id, 0)).map(([type]) => type)).toHaveLength(2);
  });

  it('[A214] refuses too long a time, none, no set and who is not known, all at once', async () => {
    const { personId } = await start();
    const { refusal } = inspections();
    const late = new Date((await service.now()).getTime() + 31 * 86_400_000).toISOString();
    const long = grant(personId, { fileSetKinds: [], validTo: late });
    const { violations } = await refusal(company.director, 'grantFileInspection', long);
    expect(violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['FILE_SETS_REQUIRED', 'A214'],
      ['INSPECTION_TOO_LONG', 'A214'],
    ]);
    const past = grant(personId, { validTo: '2026-03-01T00:00:00.000Z' });
    expect((await refusal(company.director, 'grantFileInspection', past)).reason).toBe('IN_THE_PAST');
    const soon = new Date((await service.now()).getTime() + 86_400_000).toISOString();
    const unknown = grant(newId(), { validTo: soon });
    expect((await refusal(company.director, 'grantFileInspection', unknown)).reason).toBe('PERSON_UNKNOWN');
    expect((await refusal(company.clerk, 'grantFileInspection', unknown)).reason).toBe('ACCESS_DENIED');
  });
});
