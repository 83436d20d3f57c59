import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import {
  aFile,
  aGate,
  lookAtPass,
  onPass,
  passMutation,
  reasonsOf,
  refusedOnPass,
  staffOf,
  toldOf,
  type PassAnswer,
} from './passes-fixture.ts';
import { aCompany, aHousehold, factsAfter, startResidents, type Company, type Entered } from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;
let guard: Viewer;
let gate: { id: string; number: string };

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  home = await aHousehold(service, company);
  guard = staffOf(company, 'guard');
  gate = await aGate(service, company);
});
afterAll(() => service?.stop());

const issue = (input: object): Promise<PassAnswer> =>
  onPass(service, company.clerk, 'requestPass', { householdId: home.id, ...input });
const aSlip = (items: object[] = [{ name: '沙发', quantity: 1, isLarge: false }], more: object = {}) =>
  issue({ kind: 'ITEM_RELEASE', items, ...more });
const aGuest = (more: object = {}) => issue({ kind: 'VISITOR', holderName: '王芳', ...more });

const shown = (code: string | null, more: object = {}) => ({
  communityId: company.communityId,
  code,
  gateId: gate.id,
  isMatching: true,
  ...more,
});
const present = (code: string | null, more: object = {}) => onPass(service, guard, 'verifyPass', shown(code, more));
const refused = (code: string | null, more: object = {}) =>
  refusedOnPass(service, guard, 'verifyPass', shown(code, more));

describe('passToVerify', () => {
  it('[A065] shows a guard what to check, and nobody else', async () => {
    const { id, code } = await aSlip();
    const asked = `query ($communityId: ID!, $code: String!) {
      passToVerify(communityId: $communityId, code: $code) { id status items { name } checks } }`;
    const typed = { communityId: company.communityId, code: `${code?.slice(0, 4)}-${code?.slice(4).toLowerCase()}` };
    expect(await service.ok(guard, asked, typed)).toEqual({
      passToVerify: { id, status: 'VALID', items: [{ name: '沙发' }], checks: ['ITEMS'] },
    });
    expect(await service.ok(guard, asked, { ...typed, code: 'ZZZZZZZZ' })).toEqual({ passToVerify: null });
    const cashier = staffOf(company, 'cashier');
    expect((await service.refused(cashier, asked, typed)).extensions.reason).toBe('ACCESS_DENIED');
  });
});

describe('verifyPass', () => {
  it('[A065] lets an item release through once, with guard, gate and time', async () => {
    const { id, code } = await aSlip();
    const used = await present(code);
    const at = (await service.now()).toISOString();
    expect(used).toMatchObject({ status: 'USED', usedAt: at, usedGate: { id: gate.id } });
    expect(used.uses).toMatchObject([
      { usedAt: at, gate: { id: gate.id }, guard: { id: guard.staffId }, direction: 'EXIT', isDamaged: null },
    ]);
    const other = await aGate(service, company);
    await service.move({ advance: 'PT1H' });
    const again = await service.refused(guard, passMutation('verifyPass'), {
      input: shown(code, { gateId: other.id }),
    });
    expect(again.extensions).toMatchObject({ code: 'CONFLICT', reason: 'PASS_USED', rule: 'A065' });
    expect(again.message).toContain(at);
    expect(again.message).toContain(gate.number);
    expect((await toldOf(service, id)).map(({ template }) => template)).toEqual(['passUsed']);
    const [, [, data] = []] = await factsAfter(service, id, 0);
    expect(data).toMatchObject({ gateId: gate.id, guardId: guard.staffId, isUsedUp: true, condition: null });
  });

  it('[A223] lets a visitor in once', async () => {
    const { code } = await aGuest();
    expect(await present(code)).toMatchObject({ status: 'USED', uses: [{ direction: 'ENTRY' }] });
    expect(await refused(code)).toMatchObject({ reason: 'PASS_USED', rule: 'A223' });
  });

  it('[A065] lets exactly one of two guards with the same code win', async () => {
    const { id, code } = await aSlip();
    const guards = [guard, staffOf(company, 'guard'), staffOf(company, 'guard')];
    const answers = await Promise.all(
      guards.map((each) => service.graphql(each, passMutation('verifyPass'), { input: shown(code) })),
    );
    const refusals = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.reason));
    expect(refusals).toEqual(['PASS_USED', 'PASS_USED']);
    expect((await lookAtPass(service, company.clerk, id))?.uses).toHaveLength(1);
  });

  it('[A312] wants papers for large things', async () => {
    const photoFileIds = [await aFile(service, company.clerk, company)];
    const { code } = await aSlip([{ name: '衣柜', quantity: 1, isLarge: true }], { photoFileIds });
    expect(await refused(code)).toMatchObject({ reason: 'PASS_PAPERS_NOT_SHOWN', rule: 'A312' });
    expect((await present(code, { isShowingPapers: true })).status).toBe('USED');
  });

  it('[A314] keeps the condition of a vehicle that comes in, with photos of what is wrong', async () => {
    const { id, code } = await issue({ kind: 'VEHICLE', plate: '粤B12345' });
    expect(await refused(code)).toMatchObject({ reason: 'PASS_CONDITION_REQUIRED', rule: 'A314' });
    const open = { condition: { isDamaged: false, isLocked: false } };
    expect(await refused(code, open)).toMatchObject({ reason: 'PASS_CONDITION_PHOTO_REQUIRED', rule: 'A314' });
    const damaged = { condition: { isDamaged: true, isLocked: true } };
    expect((await refused(code, damaged)).reason).toBe('PASS_CONDITION_PHOTO_REQUIRED');
    await present(code, { condition: { isDamaged: false, isLocked: true } });
    await present(code, { direction: 'EXIT' });
    const photoFileIds = [await aFile(service, guard, company)];
    const pass = await present(code, { ...damaged, photoFileIds });
    expect(pass).toMatchObject({
      status: 'VALID',
      uses: [
        { isLocked: true },
        { direction: 'EXIT', isLocked: null },
        { isDamaged: true, photos: [{ name: 'a.jpg' }] },
      ],
    });
    expect((await toldOf(service, id)).map(({ template, householdId }) => [template, householdId])).toEqual([
      ['vehicleUnsound', home.id],
    ]);
    const guest = await aGuest({ plate: '粤B00002' });
    expect((await refused(guest.code)).reason).toBe('PASS_CONDITION_REQUIRED');
  });

  it('names everything that is wrong at the gate at once', async () => {
    const photoFileIds = [await aFile(service, company.clerk, company)];
    const { code } = await aSlip([{ name: '衣柜', quantity: 1, isLarge: true }], { photoFileIds });
    const wrong = await refused(code, { gateId: home.unitId, isMatching: false });
    expect(reasonsOf(wrong)).toEqual([
      'PASS_GATE_UNKNOWN A065',
      'PASS_NOT_MATCHING A065',
      'PASS_PAPERS_NOT_SHOWN A312',
    ]);
  });

  it('refuses what does not hold, with the reason', async () => {
    expect(await refused('ZZZZZZZZ')).toMatchObject({ code: 'NOT_FOUND', reason: 'PASS_UNKNOWN' });
    const later = await aGuest({ validFrom: '2027-01-01T00:00:00Z' });
    expect((await refused(later.code)).reason).toBe('PASS_NOT_YET_VALID');
    const taken = await aGuest();
    await onPass(service, company.clerk, 'withdrawPass', { id: taken.id, reasonCode: 'NO_LONGER_NEEDED' });
    expect((await refused(taken.code)).reason).toBe('PASS_WITHDRAWN');
    const stopped = await issue({ kind: 'BUS', holderName: '王芳' });
    await onPass(service, company.clerk, 'suspendPass', { id: stopped.id, reasonCode: 'LOST_CARD' });
    expect(await refused(stopped.code)).toMatchObject({ reason: 'PASS_SUSPENDED', rule: 'A224' });
    const clerk = await refusedOnPass(service, company.clerk, 'verifyPass', shown(taken.code));
    expect(clerk.reason).toBe('ACCESS_DENIED');
  });

  it('knows a code in its own community only', async () => {
    const { code } = await aGuest();
    const elsewhere = await aCompany(service);
    const there = staffOf(elsewhere, 'guard');
    const input = shown(code, { communityId: elsewhere.communityId });
    expect((await refusedOnPass(service, there, 'verifyPass', input)).reason).toBe('PASS_UNKNOWN');
    expect((await refusedOnPass(service, there, 'verifyPass', shown(code))).code).toBe('NOT_FOUND');
  });
});

describe('the end of a pass', () => {
  it('[A223] comes by itself', async () => {
    const { id, code, validTo } = await aGuest();
    const used = await aGuest();
    await present(used.code);
    await service.move({ set: new Date(Date.parse(validTo) - 1) });
    expect((await lookAtPass(service, guard, id))?.status).toBe('VALID');
    await service.move({ set: new Date(validTo) });
    expect((await lookAtPass(service, guard, id))?.status).toBe('EXPIRED');
    expect((await lookAtPass(service, guard, used.id))?.status).toBe('USED');
    expect(await refused(code)).toMatchObject({ reason: 'PASS_EXPIRED', rule: 'A223' });
    expect((await factsAfter(service, id, 1)).map(([type]) => type)).toEqual(['pass.expired.v1']);
  });
});
