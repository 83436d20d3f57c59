import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aCentre, act, aNewcomer, refusal, see, viewerOf, type Centre } from './duty-fixture.ts';
import { aCommunity, aStaffRow, change, look, registerStaff, startHr, type Registered } from './hr-fixture.ts';
import { keeperOf, postTerms, registerOwn } from './position-fixture.ts';

let service: TestService;
let centre: Centre;

beforeAll(async () => {
  service = await startHr();
  centre = await aCentre(service);
  await registerOwn(service, centre, 'MANAGER', { rank: 'DEPARTMENT_MANAGER', plannedCount: 5 });
  await registerOwn(service, centre, 'HEAD', { rank: 'SUPERVISOR', plannedCount: 9 });
  await registerOwn(service, centre, 'DEPUTY_HEAD', { rank: 'DEPUTY_SUPERVISOR', plannedCount: 9 });
});
afterAll(() => service?.stop());

const matrixFor = async () =>
  (
    await service.ok<{ authorityMatrix: Record<string, unknown>[] }>(
      centre.clerk,
      `query ($id: ID!) { authorityMatrix(communityId: $id) {
        action role delegate { id } belowRank limit { amount currency } validTo source rule } }`,
      { id: centre.communityId },
    )
  ).authorityMatrix;

const lacking = { code: 'FORBIDDEN', reason: 'AUTHORITY_LACKING' };

describe('hiring and dismissing by rank', () => {
  const assigning = (role: Parameters<typeof viewerOf>[1], id: string, positionCode: string) => {
    const input = postTerms(centre, id, positionCode);
    return { viewer: viewerOf(centre, role), document: change('assignStaffPost'), input };
  };

  it('[A330] the head appoints below the department manager only', async () => {
    const id = await aNewcomer(service, centre, 'GUARD');
    const { document, input } = assigning('director', id, 'MANAGER');
    const error = await service.refused(centre.director, document, { input });
    expect(error.extensions).toMatchObject({ ...lacking, rule: 'A330' });
    await service.ok(centre.director, document, { input: { ...input, positionCode: 'HEAD' } });
  });

  it('[A002] the administration appoints below the supervisor only', async () => {
    const id = await aNewcomer(service, centre, 'GUARD');
    const { viewer, document, input } = assigning('administrativeSupervisor', id, 'HEAD');
    const error = await service.refused(viewer, document, { input });
    expect(error.extensions).toMatchObject({ ...lacking, rule: 'A002' });
    await service.ok(viewer, document, { input: { ...input, positionCode: 'DEPUTY_HEAD' } });
  });

  it('[A002] a new hire in the register falls under the matrix, who was there before is taken over', async () => {
    const posts = [{ departmentCode: 'CUSTOMER_SERVICE', positionCode: 'HEAD', role: 'SUPERVISOR' as const }];
    const administration = viewerOf(centre, 'administrativeSupervisor');
    const enter = async (employedOn: string) => {
      const rows = [aStaffRow(centre, { posts, employedOn })];
      const { registerStaff: answer } = await service.ok<Registered>(administration, registerStaff, {
        input: { rows },
      });
      return answer.results[0];
    };
    expect((await enter('2026-01-31'))?.refusal?.reason).toBe('AUTHORITY_LACKING');
    expect((await enter('2026-01-30'))?.refusal ?? null).toBeNull();
  });

  it('[A330] [A002] nobody is dismissed, nor a post taken, above the rank', async () => {
    const posts = [{ departmentCode: 'CUSTOMER_SERVICE', positionCode: 'MANAGER', role: 'SUPERVISOR' as const }];
    const id = await aNewcomer(service, centre, 'SUPERVISOR', { posts });
    const leaving = (reasonCode: string) => ({ input: { id, leftOn: '2026-03-03', reasonCode } });
    const dismissed = await service.refused(centre.director, change('recordStaffLeaving'), leaving('DISMISSED'));
    expect(dismissed.extensions).toMatchObject({ ...lacking, rule: 'A330' });
    const postId = (await look(service, centre.director, id)).posts[0]?.id ?? '';
    const input = { id, postId, validTo: '2026-03-03' };
    const ended = await service.refused(centre.director, change('endStaffPost'), { input });
    expect(ended.extensions).toMatchObject(lacking);
    await service.ok(centre.director, change('recordStaffLeaving'), leaving('RESIGNED'));
    const clerk = await aNewcomer(service, centre, 'CLERK');
    const dismissal = { input: { id: clerk, leftOn: '2026-03-03', reasonCode: 'DISMISSED' } };
    await service.ok(centre.director, change('recordStaffLeaving'), dismissal);
  });
});

describe('the matrix as data', () => {
  const keeper = () => keeperOf(centre);
  const grantOf = (overrides: object = {}) => ({
    action: 'WAIVE_CHARGE',
    role: 'SUPERVISOR',
    limitAmount: 5000,
    validFrom: '2026-03-02',
    ...overrides,
  });

  it('[A330] is the standard until the company decides otherwise, for as long as it does', async () => {
    const standard = { action: 'HIRE_STAFF', role: 'DIRECTOR', belowRank: 'DEPARTMENT_MANAGER', source: 'STANDARD' };
    expect(await matrixFor()).toContainEqual(expect.objectContaining({ ...standard, rule: 'A330' }));
    const { id } = await act(
      service,
      keeper(),
      'grantAuthority',
      'authorityGrant',
      grantOf({ communityId: centre.communityId }),
    );
    const granted = { action: 'WAIVE_CHARGE', role: 'SUPERVISOR', limit: { amount: 5000, currency: 'CNY' } };
    expect(await matrixFor()).toContainEqual(expect.objectContaining({ ...granted, source: 'GRANTED' }));
    const [fact] = await service.events('steward.hr.authority-grant.granted.v1');
    expect(fact?.data).toMatchObject({ grantId: id, action: 'WAIVE_CHARGE', role: 'supervisor', limitAmount: 5000 });
    const again = grantOf({ communityId: centre.communityId, validFrom: '2026-05-01' });
    expect(await refusal(service, keeper(), 'grantAuthority', 'authorityGrant', again)).toMatchObject({
      reason: 'AUTHORITY_OVERLAPS',
    });
    await act(service, keeper(), 'revokeAuthorityGrant', 'authorityGrant', { id });
    const roles = (await matrixFor()).filter(({ action }) => action === 'WAIVE_CHARGE').map(({ role }) => role);
    expect(roles).toEqual(['DIRECTOR']);
    expect(await service.events('steward.hr.authority-grant.revoked.v1')).toHaveLength(1);
    const twice = await refusal(service, keeper(), 'revokeAuthorityGrant', 'authorityGrant', { id });
    expect(twice).toMatchObject({ reason: 'ILLEGAL_TRANSITION' });
  });

  it('nobody who holds an authority widens it', async () => {
    const wider = grantOf({ role: 'DIRECTOR' });
    const denied = await refusal(service, centre.director, 'grantAuthority', 'authorityGrant', wider);
    expect(denied.code).toBe('FORBIDDEN');
    const unfit = grantOf({ action: 'HIRE_STAFF' });
    expect(await refusal(service, keeper(), 'grantAuthority', 'authorityGrant', unfit)).toMatchObject({
      reason: 'AUTHORITY_BOUND_UNFIT',
    });
    const empty = grantOf({ validTo: '2026-03-02' });
    expect(await refusal(service, keeper(), 'grantAuthority', 'authorityGrant', empty)).toMatchObject({
      reason: 'RANGE_EMPTY',
    });
  });
});

describe('delegation and spending', () => {
  const ask = async (kind: 'PAYMENT' | 'CLAIM', amount: number) => {
    const staffId = await aNewcomer(service, centre, 'CLERK');
    const self = viewerOf(centre, 'clerk', staffId);
    const input = { staffId, kind, amount, purpose: '购买消防器材' };
    const request = await act(service, self, 'requestSpending', 'spendingRequest', input);
    return { ...request, self };
  };
  const approve = (viewer: ReturnType<typeof viewerOf>, id: string) =>
    act<{ status: string }>(service, viewer, 'approveSpendingRequest', 'spendingRequest', { id }, 'status');
  const notApproved = (viewer: ReturnType<typeof viewerOf>, id: string) =>
    refusal(service, viewer, 'approveSpendingRequest', 'spendingRequest', { id });

  it('[A330] payments are for the head, claims up to an amount for the administration', async () => {
    const administration = viewerOf(centre, 'administrativeSupervisor');
    const payment = await ask('PAYMENT', 1);
    expect(await notApproved(administration, payment.id)).toMatchObject({ ...lacking, rule: 'A330' });
    expect(await approve(centre.director, payment.id)).toEqual({ status: 'APPROVED' });
    const edge = await ask('CLAIM', 100_000);
    expect(await approve(administration, edge.id)).toEqual({ status: 'APPROVED' });
    const over = await ask('CLAIM', 100_001);
    expect(await notApproved(administration, over.id)).toMatchObject(lacking);
    const reject = { id: over.id, because: 'NO_RECEIPT' };
    await act(service, administration, 'rejectSpendingRequest', 'spendingRequest', reject);
    const own = await ask('CLAIM', 5);
    await act(service, own.self, 'withdrawSpendingRequest', 'spendingRequest', { id: own.id });
    expect(await notApproved(centre.director, own.id)).toMatchObject({ reason: 'ILLEGAL_TRANSITION' });
    const seen = await see(service, own.self, 'spendingRequest', own.id, 'purpose status amount { amount }');
    expect(seen).toEqual({ purpose: '购买消防器材', status: 'WITHDRAWN', amount: { amount: 5 } });
    const told = await service.events('steward.hr.spending-request.approved.v1');
    expect(told.map(({ data }) => data)).toContainEqual(expect.objectContaining({ requestId: edge.id }));
    expect(JSON.stringify(told)).not.toContain('消防');
  });

  it('[A330] an authority is lent for some days, and not lent on', async () => {
    const [headId, deputyId] = [
      await aNewcomer(service, centre, 'DIRECTOR'),
      await aNewcomer(service, centre, 'CLERK'),
    ];
    const head = viewerOf(centre, 'director', headId);
    const deputy = viewerOf(centre, 'supervisor', deputyId);
    const loan = {
      action: 'APPROVE_PAYMENT',
      delegateId: deputyId,
      communityId: centre.communityId,
      limitAmount: 3000,
      validFrom: '2026-03-02',
      validTo: '2026-05-31',
    };
    const lend = (viewer: ReturnType<typeof viewerOf>, overrides: object = {}) =>
      refusal(service, viewer, 'delegateAuthority', 'authorityGrant', { ...loan, ...overrides });
    expect(await lend(deputy, { delegateId: headId })).toMatchObject(lacking);
    expect(await lend(head, { delegateId: headId })).toMatchObject({ reason: 'OWN_REQUEST' });
    const elsewhere = await aCommunity(service, centre.tenantId);
    expect(await lend(head, { communityId: elsewhere })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await lend(head, { validTo: '2026-06-01' })).toMatchObject({ reason: 'DELEGATION_TOO_LONG', rule: 'A330' });
    const { id } = await act(service, head, 'delegateAuthority', 'authorityGrant', loan);
    const within = await ask('PAYMENT', 3000);
    expect(await approve(deputy, within.id)).toEqual({ status: 'APPROVED' });
    expect(await notApproved(deputy, (await ask('PAYMENT', 3001)).id)).toMatchObject(lacking);
    expect(await lend(deputy, { delegateId: headId })).toMatchObject(lacking);
    expect(await refusal(service, deputy, 'revokeAuthorityGrant', 'authorityGrant', { id })).toMatchObject(lacking);
    await act(service, head, 'revokeAuthorityGrant', 'authorityGrant', { id });
    expect(await notApproved(deputy, (await ask('PAYMENT', 1)).id)).toMatchObject(lacking);
  });

  it('nobody approves what they asked for', async () => {
    const staffId = await aNewcomer(service, centre, 'DIRECTOR');
    const self = viewerOf(centre, 'director', staffId);
    const input = { staffId, kind: 'CLAIM', amount: 1, purpose: '差旅' };
    const { id } = await act(service, self, 'requestSpending', 'spendingRequest', input);
    expect(await notApproved(self, id)).toMatchObject({ code: 'FORBIDDEN', reason: 'OWN_REQUEST' });
  });
});
