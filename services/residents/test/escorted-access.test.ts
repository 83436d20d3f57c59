import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { aFile, aGate, lookAtPass, onPass, reasonsOf, refusedOnPass, staffOf, toldOf } from './passes-fixture.ts';
import { aCompany, aUnit, factsAfter, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;
let escort: Viewer;
let unitId: string;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  escort = staffOf(company, 'guard');
  unitId = (await aUnit(service, company)).id;
});
afterAll(() => service?.stop());

type Access = { id: string; status: string; passes: { id: string; status: string; kind: string }[] };

const shown = (name: string): string =>
  mutation(
    name,
    `escortedAccess { id number status kind visitorName visitorCount escort { id }
    checksBefore { item { code label } rule result } checksAfter { item { code } result } photos { name }
    passes { id status kind } startedAt endedAt reason { code } availableActions { action allowed } }`,
  );
const run = async (viewer: Viewer, name: string, input: object): Promise<Access> => {
  const answer = await service.ok<Record<string, { escortedAccess: Access }>>(viewer, shown(name), { input });
  return (answer[name] as { escortedAccess: Access }).escortedAccess;
};
const refused = async (viewer: Viewer, name: string, input: object) =>
  (await service.refused(viewer, shown(name), { input })).extensions;

const hour = 3_600_000;

async function planned(input: object = {}): Promise<Access> {
  const now = (await service.now()).getTime();
  const times = { validFrom: new Date(now), validTo: new Date(now + 4 * hour) };
  const plan = { communityId: company.communityId, kind: 'FILMING', unitId, visitorName: '王芳', visitorCount: 3 };
  return run(company.clerk, 'planEscortedAccess', { ...plan, ...times, ...input });
}

const items = ['FITTINGS_COMPLETE', 'FLOORS_COVERED', 'FURNITURE_COVERED', 'WALLS_AND_CORNERS', 'WATER_AND_POWER'];
const all = (result: string) => items.map((code) => ({ code, result }));

async function begun(): Promise<string> {
  const { id } = await planned();
  await run(company.clerk, 'assignEscort', { id, escortId: escort.staffId });
  await run(escort, 'checkEscortedAccess', { id, list: 'BEFORE', results: all('PASS') });
  await run(escort, 'startEscortedAccess', { id });
  return id;
}

describe('an escorted access', () => {
  it('[B006] begins with an escort and everything protected, and names all that is missing at once', async () => {
    const { id } = await planned();
    expect(reasonsOf(await refused(company.clerk, 'startEscortedAccess', { id }))).toEqual([
      'ESCORT_MISSING B006',
      ...items.map(() => 'ESCORT_NOT_PROTECTED B006'),
    ]);
    expect(await refused(escort, 'startEscortedAccess', { id })).toMatchObject({ reason: 'ACCESS_DENIED' });
    const assigned = await run(company.clerk, 'assignEscort', { id, escortId: escort.staffId });
    expect(assigned).toMatchObject({
      escort: { id: escort.staffId },
      passes: [{ kind: 'SHOW_FLAT', status: 'VALID' }],
    });
    expect((await toldOf(service, id)).map(({ template }) => template)).toEqual(['escortAssigned']);
    const some = [...all('PASS').slice(1), { code: 'FITTINGS_COMPLETE', result: 'FAIL' }];
    const checked = await run(escort, 'checkEscortedAccess', { id, list: 'BEFORE', results: some });
    expect(checked).toMatchObject({
      checksBefore: expect.arrayContaining([expect.objectContaining({ rule: 'B006', result: 'FAIL' })]),
    });
    expect(reasonsOf(await refused(escort, 'startEscortedAccess', { id }))).toEqual(['ESCORT_NOT_PROTECTED B006']);
    await run(escort, 'checkEscortedAccess', { id, list: 'BEFORE', results: all('PASS') });
    expect(await run(escort, 'startEscortedAccess', { id })).toMatchObject({ status: 'STARTED' });
    const again = await refused(company.clerk, 'cancelEscortedAccess', { id, reasonCode: 'RAIN' });
    expect(again).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule: 'B006' });
  });

  it('[B006] ends with everything looked at again; damage goes to the supervisor', async () => {
    const id = await begun();
    expect(reasonsOf(await refused(escort, 'endEscortedAccess', { id }))).toEqual(
      items.map(() => 'ESCORT_NOT_CHECKED B006'),
    );
    const results = [...all('PASS').slice(0, 4), { code: 'WATER_AND_POWER', result: 'FAIL' }];
    const bare = { id, list: 'AFTER', results };
    expect(await refused(escort, 'checkEscortedAccess', bare)).toMatchObject({
      reason: 'ESCORT_PHOTO_REQUIRED',
      rule: 'B006',
    });
    const photoFileIds = [await aFile(service, escort, company)];
    await run(escort, 'checkEscortedAccess', { ...bare, photoFileIds });
    const ended = await run(escort, 'endEscortedAccess', { id });
    expect(ended).toMatchObject({ status: 'ENDED', photos: [{ name: 'a.jpg' }], passes: [{ status: 'WITHDRAWN' }] });
    expect((await toldOf(service, id)).at(-1)).toMatchObject({
      template: 'showFlatDamaged',
      role: 'supervisor',
      params: { damages: 1 },
    });
    const [type, data] = (await factsAfter(service, id, 0)).at(-1) ?? [];
    expect([type, data]).toEqual([
      'escorted-access.ended.v1',
      { escortedAccessId: id, damagedItemCodes: ['WATER_AND_POWER'] },
    ]);
    expect(JSON.stringify(await service.events())).not.toContain('王芳');
  });

  it('[B006] opens the gate by its pass as long as it lasts', async () => {
    const id = await begun();
    const { passes } = await run(company.clerk, 'assignEscort', { id, escortId: newId() });
    expect(passes).toHaveLength(1);
    const pass = await lookAtPass(service, company.clerk, passes[0]?.id ?? '');
    const gate = await aGate(service, company);
    const shownAtGate = { communityId: company.communityId, code: pass?.code, gateId: gate.id, isMatching: true };
    expect(await onPass(service, escort, 'verifyPass', shownAtGate)).toMatchObject({
      status: 'VALID',
      holderName: '王芳',
    });
    await onPass(service, company.clerk, 'suspendPass', { id: passes[0]?.id, reasonCode: 'NOISE' });
    expect(await refusedOnPass(service, escort, 'verifyPass', shownAtGate)).toMatchObject({
      reason: 'PASS_SUSPENDED',
      rule: 'B006',
    });
    expect(await onPass(service, company.clerk, 'resumePass', { id: passes[0]?.id })).toMatchObject({
      status: 'VALID',
    });
  });

  it('[B006] checks each list in its time, and items that it has', async () => {
    const { id } = await planned();
    const results = [{ code: 'GHOSTS', result: 'PASS' }];
    const wrong = await refused(company.clerk, 'checkEscortedAccess', { id, list: 'AFTER', results });
    expect(reasonsOf(wrong)).toEqual(['ESCORT_ITEM_UNKNOWN B006', 'ESCORT_LIST_NOT_OPEN B006']);
    const bad = await refused(company.clerk, 'cancelEscortedAccess', { id, reasonCode: '下雨' });
    expect(bad).toMatchObject({ reason: 'REASON_CODE_MALFORMED', rule: 'B006' });
    const off = await run(company.clerk, 'cancelEscortedAccess', { id, reasonCode: 'RAIN' });
    expect(off).toMatchObject({ status: 'CANCELLED', reason: { code: 'RAIN' } });
  });

  it('[B006] names everything that is wrong with a plan at once', async () => {
    const now = (await service.now()).getTime();
    const plan = {
      communityId: company.communityId,
      kind: 'WORK',
      unitId: company.communityId,
      organisationId: newId(),
    };
    const wrong = { visitorName: ' ', visitorCount: 0, validFrom: new Date(now), validTo: new Date(now) };
    expect(reasonsOf(await refused(company.clerk, 'planEscortedAccess', { ...plan, ...wrong }))).toEqual([
      'ORGANISATION_UNKNOWN B006',
      'PASS_QUANTITY B006',
      'RANGE_EMPTY B006',
      'TEXT_REQUIRED B006',
      'UNIT_UNKNOWN B006',
    ]);
  });
});
