import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { aFile, lookAtPass, onPass, reasonsOf, refusedOnPass, residentOf, staffOf, toldOf } from './passes-fixture.ts';
import { aCompany, aHousehold, factsAfter, startResidents, type Company, type Entered } from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;
let owner: Viewer;
let guard: Viewer;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  home = await aHousehold(service, company);
  owner = residentOf(company, home.personId);
  guard = staffOf(company, 'guard');
});
afterAll(() => service?.stop());

const sofa = { name: '沙发', quantity: 1, isLarge: false };
const request = (viewer: Viewer, input: object) =>
  onPass(service, viewer, 'requestPass', { householdId: home.id, ...input });
const refused = (viewer: Viewer, input: object) =>
  refusedOnPass(service, viewer, 'requestPass', { householdId: home.id, ...input });

describe('requestPass', () => {
  it('[A065] makes a slip of what a resident applies for once the desk has approved it', async () => {
    const asked = await request(owner, { kind: 'ITEM_RELEASE', items: [sofa] });
    expect(asked).toMatchObject({ status: 'REQUESTED', code: null });
    expect(await toldOf(service, asked.id)).toMatchObject([
      { template: 'passRequested', role: 'clerk', params: { rule: 'A065' } },
    ]);
    const approved = await onPass(service, company.clerk, 'approvePass', { id: asked.id });
    expect(approved).toMatchObject({ status: 'VALID', code: expect.stringMatching(/^[2-9A-HJ-NP-Y]{8}$/) });
    expect((await lookAtPass(service, owner, asked.id))?.code).toBe(approved.code);
    const told = await toldOf(service, asked.id);
    expect(told).toMatchObject([{}, { template: 'passIssued', householdId: home.id }]);
    const facts = await factsAfter(service, asked.id, 0);
    expect(facts.map(([type]) => type)).toEqual(['pass.requested.v1', 'pass.issued.v1']);
    expect(JSON.stringify(facts)).not.toContain(approved.code);
    const again = await refusedOnPass(service, company.clerk, 'approvePass', { id: asked.id });
    expect(again).toMatchObject({ code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION', rule: 'A065' });
  });

  it('[A223] registers a visitor at once, by the household or at the gate', async () => {
    const guest = {
      kind: 'VISITOR',
      holderName: '王芳',
      holderPhone: '138 0000 1111',
      holderCount: 2,
      unitId: home.unitId,
    };
    for (const viewer of [owner, guard, company.clerk]) {
      const pass = await request(viewer, guest);
      expect(pass).toMatchObject({ status: 'VALID', holderName: '王芳', holderCount: 2, unit: { id: home.unitId } });
      expect(Date.parse(pass.validTo) - Date.parse(pass.validFrom)).toBe(24 * 3_600_000);
      expect(pass.code === null).toBe(viewer === guard);
    }
    const denied = await refused(guard, { kind: 'BUS', holderName: '王芳' });
    expect(denied).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED', rule: 'A224' });
  });

  it('[A224] issues vehicle and bus passes at the front desk', async () => {
    const car = await request(company.clerk, { kind: 'VEHICLE', plate: '粤B·12345' });
    expect(car).toMatchObject({
      status: 'VALID',
      plate: '粤B12345',
      plateMasked: '粤B***45',
      checks: ['PLATE', 'CONDITION'],
    });
    const bus = await request(company.clerk, { kind: 'BUS', holderName: '王芳' });
    expect(bus.status).toBe('VALID');
    expect((await request(owner, { kind: 'VEHICLE', plate: '粤B00001' })).status).toBe('REQUESTED');
    const list = `query ($filter: PassFilter) { passes(filter: $filter) { nodes { id } totalCount } }`;
    const found = await service.ok<{ passes: object }>(guard, list, { filter: { plate: '粤b 12345' } });
    expect(found.passes).toEqual({ nodes: [{ id: car.id }], totalCount: 1 });
  });

  it('[A312] asks for photos of large things', async () => {
    const wardrobe = { name: '衣柜', quantity: 1, isLarge: true };
    const bare = await refused(owner, { kind: 'ITEM_RELEASE', items: [wardrobe] });
    expect(bare).toMatchObject({ reason: 'PASS_ITEM_PHOTOS_REQUIRED', rule: 'A312' });
    const photoFileIds = [await aFile(service, owner, company)];
    const pass = await request(owner, { kind: 'ITEM_RELEASE', items: [wardrobe], photoFileIds });
    expect(pass).toMatchObject({ photos: [{ name: 'a.jpg' }], checks: ['ITEMS', 'PAPERS'] });
    const foreign = await refused(company.clerk, { kind: 'ITEM_RELEASE', items: [wardrobe], photoFileIds });
    expect(foreign.reason).toBe('FILE_NOT_UPLOADED');
  });

  it('names everything that is missing at once', async () => {
    const times = { validFrom: '2026-03-03T00:00:00Z', validTo: '2026-03-02T00:00:00Z' };
    const all = await refused(company.clerk, {
      kind: 'ITEM_RELEASE',
      holderCount: 0,
      unitId: company.communityId,
      ...times,
    });
    expect(reasonsOf(all)).toEqual([
      'PASS_ITEMS_REQUIRED A065',
      'PASS_QUANTITY A065',
      'RANGE_EMPTY A065',
      'UNIT_UNKNOWN -',
    ]);
    const items = [{ name: ' ', quantity: 0, isLarge: true }, ...Array.from({ length: 100 }, () => sofa)];
    const long = { validFrom: '2026-03-02T01:00:00Z', validTo: '2026-03-03T01:00:01Z' };
    expect(reasonsOf(await refused(company.clerk, { kind: 'ITEM_RELEASE', items, holderPhone: 'x', ...long }))).toEqual(
      [
        'PASS_ITEMS A065',
        'PASS_ITEM_PHOTOS_REQUIRED A312',
        'PASS_QUANTITY A065',
        'PASS_VALIDITY_TOO_LONG A065',
        'PHONE_MALFORMED -',
        'TEXT_REQUIRED A065',
      ],
    );
    expect((await refused(company.clerk, { kind: 'VISITOR' })).reason).toBe('PASS_HOLDER_REQUIRED');
    expect((await refused(company.clerk, { kind: 'VEHICLE' })).reason).toBe('PASS_PLATE_REQUIRED');
  });

  it.each([
    ['WORKER', 'A086'],
    ['SHOW_FLAT', 'B006'],
  ])('leaves %s passes to their procedure', async (kind, rule) => {
    const byDesk = await refused(company.director, { kind, holderName: '王芳' });
    expect(byDesk).toMatchObject({ code: 'FORBIDDEN', rule });
    expect(await refused(owner, { kind, holderName: '王芳' })).toMatchObject({ reason: 'PASS_OF_PROCEDURE', rule });
  });

  it('shows residents the passes of their own household alone', async () => {
    const neighbours = await aHousehold(service, company);
    const pass = await onPass(service, company.clerk, 'requestPass', {
      householdId: neighbours.id,
      kind: 'VISITOR',
      holderName: '王芳',
    });
    expect(await lookAtPass(service, owner, pass.id)).toBeNull();
    const { passes } = await service.ok<{ passes: { nodes: { household: { id: string } }[] } }>(
      owner,
      '{ passes(first: 100) { nodes { household { id } } } }',
    );
    expect(new Set(passes.nodes.map(({ household }) => household.id))).toEqual(new Set([home.id]));
    const stranger = await refusedOnPass(service, owner, 'requestPass', {
      householdId: neighbours.id,
      kind: 'VISITOR',
      holderName: '王芳',
    });
    expect(stranger.code).toBe('NOT_FOUND');
  });
});
