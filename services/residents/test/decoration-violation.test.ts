import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { act, anEstate, apply, aScan, look, permitted, refusal, told, type Estate } from './decoration-fixture.ts';
import { startResidents } from './residents-fixture.ts';

let service: TestService;
let estate: Estate;
let id: string;

beforeAll(async () => {
  service = await startResidents();
});
beforeEach(async () => {
  estate = await anEstate(service);
  id = await permitted(service, estate);
});
afterAll(() => service?.stop());

const photo = async () => [await aScan(service, estate, estate.guard, 'PHOTO')];

const aFinding = async (overrides: object = {}) => ({
  decorationId: id,
  kind: 'WASTE',
  note: '垃圾堆在楼道',
  isStopOrder: false,
  photoFileIds: await photo(),
  ...overrides,
});

const find = async (overrides: object = {}) =>
  (await act(service, estate.guard, 'registerDecorationViolation', await aFinding(overrides))).id;

const remedy = (violationId: string) =>
  act(service, estate.owner, 'reportDecorationViolationRemedied', { id: violationId });

const settle = async (violationId: string, overrides: object = {}) =>
  act(service, estate.guard, 'checkDecorationViolation', {
    id: violationId,
    isRemedied: true,
    resolution: 'RESTORED',
    photoFileIds: await photo(),
    ...overrides,
  });

type Violation = {
  status: string;
  isStopOrder: boolean;
  note: string;
  remedyDueAt: string;
  checkCount: number;
  deadlines: { kind: string; state: string; dueAt: string; rule: string }[];
  availableActions: { action: string; allowed: boolean }[];
};

const violation = async (violationId: string, viewer = estate.owner): Promise<Violation> => {
  const query = `query ($id: ID!) { decorationViolation(id: $id) { status isStopOrder note remedyDueAt checkCount
    inspection { id } finder { id } photos { name } decoration { id } deadlines { kind state dueAt rule }
    availableActions { action allowed } history { nodes { action } } } }`;
  return (await service.ok<{ decorationViolation: Violation }>(viewer, query, { id: violationId })).decorationViolation;
};

describe('registerDecorationViolation', () => {
  it('[A250] a stop order suspends permit and passes until its violation is resolved', async () => {
    const first = await find({ kind: 'STRUCTURE_CHANGED', note: '拆除承重墙' });
    const second = await find({ isStopOrder: true });
    expect(await violation(first)).toMatchObject({ isStopOrder: true, note: '拆除承重墙', status: 'OPEN' });
    expect(await look(service, estate.owner, id)).toMatchObject({
      status: 'STOPPED',
      passes: [{ status: 'SUSPENDED' }],
      violations: { totalCount: 2 },
    });
    expect(await told(service, id)).toEqual(
      expect.arrayContaining(['decorationStopped: household', 'decorationStopped: supervisor of SECURITY']),
    );
    const more = { id, workers: [{ name: '周五', identityNumber: '1' }] };
    expect(await refusal(service, estate.clerk, 'issueDecorationWorkerPasses', more)).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      rule: 'A086',
    });
    await remedy(first);
    await settle(first);
    expect(await look(service, estate.owner, id)).toMatchObject({ status: 'STOPPED' });
    await remedy(second);
    await settle(second);
    expect(await look(service, estate.owner, id)).toMatchObject({ status: 'PERMITTED', passes: [{ status: 'VALID' }] });
    const types = (await service.events()).filter(({ aggregateId }) => aggregateId === id).map(({ type }) => type);
    expect(types.slice(-2)).toEqual([
      'steward.residents.decoration.stopped.v1',
      'steward.residents.decoration.resumed.v1',
    ]);
  });

  it('[A250] names everything that is missing; nothing is found before the permit', async () => {
    const wrong = await aFinding({ note: ' ', photoFileIds: [], inspectionId: id });
    expect((await refusal(service, estate.guard, 'registerDecorationViolation', wrong)).violations).toEqual([
      'INSPECTION_NOT_OF_UNIT/A250',
      'PHOTO_REQUIRED/A250',
      'TEXT_REQUIRED/undefined',
    ]);
    const applied = await aFinding({ decorationId: await apply(service, estate) });
    expect(await refusal(service, estate.guard, 'registerDecorationViolation', applied)).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      rule: 'A250',
    });
  });

  it('[A084] [A250] work outside the permitted hours is judged by the terms', async () => {
    // Monday, 09:00 and Sunday, 21:00 in Shanghai.
    const inside = await aFinding({ kind: 'OUTSIDE_HOURS', occurredAt: '2026-03-02T01:00:00.000Z' });
    expect((await refusal(service, estate.guard, 'registerDecorationViolation', inside)).violations).toEqual([
      'WITHIN_HOURS/A084',
    ]);
    const found = await find({ kind: 'OUTSIDE_HOURS', occurredAt: '2026-03-01T13:00:00.000Z' });
    expect(await violation(found)).toMatchObject({ isStopOrder: false });
    const old = await aFinding({ occurredAt: '2026-02-20T13:00:00.000Z' });
    expect((await refusal(service, estate.guard, 'registerDecorationViolation', old)).violations).toEqual([
      'TOO_FAR_BACK/A250',
    ]);
  });
});

describe('the time to remedy', () => {
  it('[A250] is warned, breached and told to the director', async () => {
    const found = await find();
    const start = await service.now();
    const { remedyDueAt, deadlines } = await violation(found);
    expect(deadlines).toMatchObject([{ kind: 'REMEDY', rule: 'A250', state: 'RUNNING', dueAt: remedyDueAt }]);
    const length = new Date(remedyDueAt).getTime() - start.getTime();
    await service.move({ set: new Date(start.getTime() + length * 0.9) });
    expect(await told(service, found)).toEqual(['deadlineWarned: supervisor of SECURITY']);
    await service.move({ set: new Date(start.getTime() + length * 2.1) });
    expect(await told(service, found)).toEqual([
      'deadlineBreached: supervisor of SECURITY',
      'deadlineEscalated: director of all',
      'deadlineWarned: supervisor of SECURITY',
    ]);
    await remedy(found);
    expect((await violation(found)).deadlines).toMatchObject([{ state: 'BREACHED' }]);
  });
});

describe('checkDecorationViolation', () => {
  it('[A250] is made by somebody else, with a photo and a resolution, or opens it again with new time', async () => {
    const found = await find();
    const check = { id: found, isRemedied: true };
    expect(await refusal(service, estate.guard, 'checkDecorationViolation', check)).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
    });
    await act(service, estate.guard, 'reportDecorationViolationRemedied', { id: found });
    expect(await refusal(service, estate.guard, 'checkDecorationViolation', check)).toMatchObject({
      reason: 'OWN_WORK',
      rule: 'A250',
    });
    expect((await refusal(service, estate.fitter, 'checkDecorationViolation', check)).violations).toEqual([
      'PHOTO_REQUIRED/A250',
      'RESOLUTION_REQUIRED/A250',
    ]);
    await act(service, estate.fitter, 'checkDecorationViolation', { id: found, isRemedied: false });
    expect(await violation(found)).toMatchObject({
      status: 'OPEN',
      checkCount: 1,
      deadlines: [{ state: 'MET' }, { state: 'RUNNING' }],
    });
    await remedy(found);
    await settle(found);
    const resolved = await violation(found, estate.guard);
    expect(resolved).toMatchObject({ status: 'RESOLVED', checkCount: 2 });
    expect(resolved.availableActions.every(({ allowed }) => !allowed)).toBe(true);
  });

  it("[A085] a change of structure is approved afterwards only with the authority's paper", async () => {
    const found = await find({ kind: 'STRUCTURE_CHANGED' });
    await remedy(found);
    const check = { id: found, isRemedied: true, resolution: 'APPROVED_AFTERWARDS' };
    const refused = await refusal(service, estate.guard, 'checkDecorationViolation', {
      ...check,
      photoFileIds: await photo(),
    });
    expect(refused.violations).toEqual(['AUTHORITY_APPROVAL_MISSING/A085']);
    await act(service, estate.clerk, 'recordDecorationAuthorityApproval', {
      id,
      approvalNumber: '建审13号',
      authorityName: '区住建局',
      approvedOn: '2026-03-01',
      fileId: await aScan(service, estate, estate.clerk),
    });
    await settle(found, { resolution: 'APPROVED_AFTERWARDS' });
    expect(await look(service, estate.clerk, id)).toMatchObject({ status: 'PERMITTED' });
  });
});
