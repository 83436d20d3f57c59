import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import {
  act,
  anEstate,
  aPermit,
  apply,
  approved,
  aScan,
  look,
  paid,
  pay,
  permitted,
  refusal,
  submitted,
  told,
  type Estate,
} from './decoration-fixture.ts';
import { startResidents } from './residents-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startResidents();
});
// Each test has a community of its own.
const fresh = async (): Promise<Estate> => {
  estate = await anEstate(service);
  return estate;
};
afterAll(() => service?.stop());

const approval = async () => ({
  approvalNumber: '建审〔2026〕12号',
  authorityName: '区住房和城乡建设局',
  approvedOn: '2026-02-20',
  fileId: await aScan(service, estate, estate.clerk),
});

describe('reviewDecorationPlan', () => {
  it('[A225] maintenance decides with a reason; a rejected plan may be submitted again', async () => {
    await fresh();
    const id = await apply(service, estate);
    await submitted(service, estate, id);
    expect((await look(service, estate.clerk, id)).deadlines).toMatchObject([
      { kind: 'PLAN_REVIEW', rule: 'A225', state: 'RUNNING' },
    ]);
    const decision = { id, isApproved: false, reason: '' };
    expect((await refusal(service, estate.fitter, 'reviewDecorationPlan', decision)).violations).toEqual([
      'REASON_REQUIRED/A225',
    ]);
    expect((await refusal(service, estate.clerk, 'reviewDecorationPlan', decision)).reason).toBe('ACCESS_DENIED');
    await act(service, estate.fitter, 'reviewDecorationPlan', { ...decision, reason: '缺少水电改造图' });
    const rejected = await look(service, estate.owner, id);
    expect(rejected).toMatchObject({ status: 'APPLIED', planReason: '缺少水电改造图', depositState: 'NONE' });
    expect(rejected.deadlines).toMatchObject([{ state: 'MET' }]);
    const planFileIds = [await aScan(service, estate, estate.owner)];
    await act(service, estate.owner, 'submitDecorationPlan', { id, planFileIds });
    await act(service, estate.fitter, 'reviewDecorationPlan', { id, isApproved: true, reason: '已补齐' });
    expect(await look(service, estate.owner, id)).toMatchObject({ status: 'APPROVED', depositState: 'REQUESTED' });
  });

  it('[A225] nobody reviews a plan they have submitted', async () => {
    await fresh();
    const { tenantId, communityId } = estate;
    const supervisor = aStaffViewer({ roles: ['supervisor'], tenantId, communityIds: [communityId] });
    const id = await apply(service, estate);
    await submitted(service, { ...estate, clerk: supervisor }, id);
    const input = { id, isApproved: true, reason: '同意' };
    expect(await refusal(service, supervisor, 'reviewDecorationPlan', input)).toMatchObject({ reason: 'OWN_WORK' });
  });

  it('[A087] [A225] the approval asks billing for waste fee and deposit', async () => {
    await fresh();
    const id = await apply(service, estate);
    await approved(service, estate, id);
    const { householdId, unitId } = { householdId: estate.household.id, unitId: estate.household.unitId };
    const asked = (await service.events('steward.residents.decoration.charge-requested.v1')).filter(
      ({ aggregateId }) => aggregateId === id,
    );
    const common = { decorationId: id, householdId, unitId };
    expect(asked.map(({ data }) => data)).toEqual([
      { ...common, chargeTypeCode: 'DECORATION_WASTE', fee: { amount: 30_000, currency: 'CNY' }, rule: 'A087' },
      { ...common, chargeTypeCode: 'DECORATION_DEPOSIT', fee: { amount: 200_000, currency: 'CNY' }, rule: 'A225' },
    ]);
  });
});

describe('issueDecorationPermit', () => {
  it("[A085] no role issues a permit for a change of structure without the authority's paper", async () => {
    await fresh();
    const id = await apply(service, estate, { isStructureChanged: true });
    await approved(service, estate, id);
    await paid(service, estate, id);
    const { tenantId, communityId } = estate;
    for (const role of ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'] as const) {
      const viewer = aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });
      const refused = await refusal(service, viewer, 'issueDecorationPermit', aPermit(id));
      expect(refused.violations).toEqual(['AUTHORITY_APPROVAL_MISSING/A085']);
    }
    // The database itself holds the gate, whatever a program does.
    const forced = `update decoration set status = 'PERMITTED', permit_number = 'X', permit_from = '2026-03-09',
      permit_to = '2026-04-09' where id = $1`;
    await expect(service.sql(forced, [id])).rejects.toThrow('decoration_authority_gate');
    await act(service, estate.clerk, 'recordDecorationAuthorityApproval', { id, ...(await approval()) });
    await act(service, estate.clerk, 'issueDecorationPermit', aPermit(id));
    const seen = await look(service, estate.clerk, id);
    expect(seen).toMatchObject({ status: 'PERMITTED', isAuthorityNeeded: true });
    expect(seen.archive.requiredKinds).toContainEqual({ code: 'AUTHORITY_APPROVAL' });
  });

  it('[A085] the gate closes too when the review finds a clear increase of load', async () => {
    await fresh();
    const id = await apply(service, estate);
    await approved(service, estate, id, { isLoadIncreased: true });
    await paid(service, estate, id);
    const { violations } = await refusal(service, estate.clerk, 'issueDecorationPermit', aPermit(id));
    expect(violations).toEqual(['AUTHORITY_APPROVAL_MISSING/A085']);
    const wrong = { id, ...(await approval()), approvalNumber: ' ', approvedOn: '2026-03-03' };
    const refused = await refusal(service, estate.clerk, 'recordDecorationAuthorityApproval', wrong);
    expect(refused.violations).toEqual(['IN_THE_FUTURE/A085', 'TEXT_REQUIRED/A085']);
  });

  it('[A086] [A087] [A225] names everything that is missing at once', async () => {
    await fresh();
    const id = await apply(service, estate, { isStructureChanged: true });
    await approved(service, estate, id);
    const wrong = aPermit(id, { validTo: '2026-07-09', workers: [{ name: '', identityNumber: 'x', phone: 'y' }] });
    const { violations } = await refusal(service, estate.clerk, 'issueDecorationPermit', wrong);
    expect(violations).toEqual([
      'AUTHORITY_APPROVAL_MISSING/A085',
      'DEPOSIT_NOT_PAID/A225',
      'PERMIT_TOO_LONG/A086',
      'PHONE_MALFORMED/A086',
      'TEXT_REQUIRED/A086',
      'WASTE_FEE_NOT_PAID/A087',
    ]);
    const { availableActions } = await look(service, estate.clerk, id);
    const action = availableActions.find((one) => one.action === 'issueDecorationPermit');
    expect(action?.allowed).toBe(false);
    expect(action?.refusal?.violations.map(({ reason }) => reason)).toEqual([
      'AUTHORITY_APPROVAL_MISSING',
      'WASTE_FEE_NOT_PAID',
      'DEPOSIT_NOT_PAID',
    ]);
    await pay(service, estate, id, 'DECORATION_WASTE');
    expect(await look(service, estate.clerk, id)).toMatchObject({
      wasteFeeState: 'SETTLED',
      depositState: 'REQUESTED',
    });
  });

  it('[A086] [A089] gives permit and passes, and tells maintenance and security', async () => {
    await fresh();
    const id = await permitted(service, estate);
    const seen = await look(service, estate.owner, id);
    expect(seen).toMatchObject({ status: 'PERMITTED', permitNumber: 'XK-20260302-0001', permitTo: '2026-04-09' });
    expect(seen.passes).toMatchObject([
      { status: 'VALID', validFrom: '2026-03-08T16:00:00.000Z', validTo: '2026-04-08T16:00:00.000Z' },
    ]);
    expect(await told(service, id)).toEqual(
      expect.arrayContaining([
        'decorationPermitIssued: supervisor of MAINTENANCE',
        'decorationPermitIssued: supervisor of SECURITY',
        'decorationPermitIssued: household',
      ]),
    );
    const more = { id, workers: [{ name: '周五', identityNumber: '110101199003070022' }] };
    await act(service, estate.clerk, 'issueDecorationWorkerPasses', more);
    expect((await look(service, estate.clerk, id)).passes).toHaveLength(2);
    expect(
      (await refusal(service, estate.clerk, 'issueDecorationWorkerPasses', { id, workers: [] })).violations,
    ).toEqual(['WORKERS_REQUIRED/A086']);
    const facts = JSON.stringify((await service.events()).map(({ data }) => data));
    expect(facts).not.toMatch(/李四|110101199003070011|13700000001/);
  });
});

describe('cancelDecoration', () => {
  it('asks back what was paid, and waits for billing where something is owed', async () => {
    await fresh();
    const id = await apply(service, estate);
    await approved(service, estate, id);
    const input = { id, reasonCode: 'WITHDRAWN_BY_OWNER' };
    expect(await refusal(service, estate.owner, 'cancelDecoration', input)).toMatchObject({
      reason: 'CHARGE_NOT_REVERSED',
      rule: 'A225',
    });
    await paid(service, estate, id);
    const wrong = { id, reasonCode: 'BORED' };
    expect(await refusal(service, estate.owner, 'cancelDecoration', wrong)).toMatchObject({ reason: 'REASON_UNKNOWN' });
    await act(service, estate.owner, 'cancelDecoration', input);
    expect(await look(service, estate.owner, id)).toMatchObject({
      status: 'CANCELLED',
      cancelReason: { label: 'Withdrawn by the owner' },
      depositState: 'REFUND_REQUESTED',
      wasteFeeState: 'REFUND_REQUESTED',
    });
  });
});

// Last, because the clock moves for all.
describe('extendDecorationPermit', () => {
  it('[A086] permit and passes end together, later once extended', async () => {
    await fresh();
    const id = await permitted(service, estate);
    const extend = (validTo: string) => refusal(service, estate.clerk, 'extendDecorationPermit', { id, validTo });
    expect((await extend('2026-04-09')).violations).toEqual(['NOT_LONGER/A086']);
    expect((await extend('2026-06-01')).violations).toEqual(['PERMIT_TOO_LONG/A086']);
    await act(service, estate.clerk, 'extendDecorationPermit', { id, validTo: '2026-04-12' });
    await service.move({ set: new Date('2026-04-11T15:59:00.000Z') });
    expect(await look(service, estate.clerk, id)).toMatchObject({ status: 'PERMITTED', passes: [{ status: 'VALID' }] });
    await service.move({ set: new Date('2026-04-11T16:00:00.000Z') });
    const over = await look(service, estate.clerk, id);
    expect(over).toMatchObject({ status: 'EXPIRED', passes: [{ status: 'EXPIRED' }] });
    expect(over.deadlines.filter(({ kind }) => kind === 'PERMIT_END').map(({ state }) => state)).toEqual([
      'CANCELLED',
      'RUNNING',
    ]);
    expect(await told(service, id)).toContain('decorationPermitExpired: supervisor of SECURITY');
    await act(service, estate.clerk, 'extendDecorationPermit', { id, validTo: '2026-04-20' });
    expect((await extend('2026-04-25')).violations).toEqual(['EXTENSIONS_USED_UP/A086']);
  });
});
