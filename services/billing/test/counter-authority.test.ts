import type { Viewer } from '@steward/auth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAuthority, type TestService } from '@steward/test-kit';

import {
  aColleague,
  act,
  anEstate,
  answer,
  anUpload,
  aPayment,
  aSession,
  reasons,
  see,
  startBilling,
  type Estate,
} from './counter-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

/** A desk at which much was paid in advance. */
async function aDesk(): Promise<Estate> {
  const estate = await anEstate(service);
  await aSession(service, estate);
  await aPayment(service, estate, 900_000);
  // Several refunds of one account are asked for here, and each is measured by itself.
  const figure = { communityId: estate.communityId, policy: 'refund', key: 'addedUpDays', value: 0, reason: '试行' };
  await answer(service, estate.director, 'setBillingPolicy', figure, '__typename');
  return estate;
}

async function aRefund({ cashier, communityId, billingAccountId }: Estate, amount: number): Promise<string> {
  const what = { source: 'ADVANCE', means: 'CASH', reasonCode: 'OVERPAID' };
  const input = { communityId, billingAccountId, amount, ...what };
  return (await act(service, cashier, 'requestRefund', input)).id;
}

const decided = async (viewer: Viewer, id: string): Promise<string> =>
  (await act<{ status: string }>(service, viewer, 'decideRefund', { id, isApproved: true }, 'status')).status;
const refused = (viewer: Viewer, id: string): Promise<string[]> =>
  reasons(service, viewer, 'decideRefund', { id, isApproved: true });

const ruleOf = async (viewer: Viewer, id: string): Promise<string | undefined> => {
  const document = `mutation ($input: DecideRefundInput!) { decideRefund(input: $input) { __typename } }`;
  const error = await service.refused(viewer, document, { input: { id, isApproved: true } });
  return error.extensions.rule;
};

type Action = { action: string; allowed: boolean; refusal: { reason: string } | null };
const offered = async (viewer: Viewer, id: string): Promise<Action | undefined> => {
  const selection = 'availableActions { action allowed refusal { reason } }';
  const { availableActions } = await see<{ availableActions: Action[] }>(service, viewer, 'refund', id, selection);
  return availableActions.find(({ action }) => action === 'decideRefund');
};

describe('refunds by the authority matrix', () => {
  it('[A018] a grant lets a clerk decide up to its limit, and no more once it is revoked', async () => {
    const estate = await aDesk();
    const { clerk, supervisor } = estate;
    const [first, edge, over, last] = [
      await aRefund(estate, 1000),
      await aRefund(estate, 2000),
      await aRefund(estate, 2001),
      await aRefund(estate, 10),
    ];
    // Nothing is published yet: the built-in roles alone.
    expect(await refused(clerk, first)).toEqual(['ACCESS_DENIED']);
    expect(await decided(supervisor, first)).toBe('APPROVED');
    const grant = await anAuthority(service, estate, { action: 'REFUND_PAYMENT', role: 'clerk', limitAmount: 2000 });
    expect(await offered(clerk, edge)).toEqual({ action: 'decideRefund', allowed: true, refusal: null });
    expect(await decided(clerk, edge)).toBe('APPROVED');
    const beyond = { action: 'decideRefund', allowed: false, refusal: { reason: 'BEYOND_AUTHORITY' } };
    expect(await offered(clerk, over)).toEqual(beyond);
    expect(await refused(clerk, over)).toEqual(['BEYOND_AUTHORITY']);
    expect(await ruleOf(clerk, over)).toBe('A018');
    await grant.revoke();
    expect(await refused(clerk, last)).toEqual(['AUTHORITY_LACKING']);
    expect(await ruleOf(clerk, last)).toBe('A018');
    expect(await decided(supervisor, over)).toBe('APPROVED');
  });

  it('[A018] a grant takes the place of the built-in figure of its role, until it runs out', async () => {
    const estate = await aDesk();
    const { supervisor, director, guard, deputyDirector } = estate;
    const [high, higher, mine] = [
      await aRefund(estate, 150_000),
      await aRefund(estate, 150_001),
      await aRefund(estate, 501),
    ];
    const terms = { action: 'REFUND_PAYMENT', validTo: '2026-03-03' };
    const elsewhere = await anEstate(service, estate.tenantId);
    await anAuthority(service, elsewhere, { ...terms, role: 'supervisor' });
    await anAuthority(service, estate, { ...terms, action: 'APPROVE_CLAIM', role: 'supervisor' });
    expect(await refused(supervisor, high)).toEqual(['BEYOND_AUTHORITY']);
    await anAuthority(service, estate, { ...terms, role: 'supervisor', limitAmount: 150_000 });
    await anAuthority(service, estate, { ...terms, role: 'director', limitAmount: 500 });
    await anAuthority(service, estate, { ...terms, role: 'deputyDirector', communityId: null });
    await anAuthority(service, estate, { ...terms, role: 'guard' });
    expect(await decided(supervisor, high)).toBe('APPROVED');
    expect(await refused(supervisor, higher)).toEqual(['BEYOND_AUTHORITY']);
    expect(await refused(director, mine)).toEqual(['BEYOND_AUTHORITY']);
    // A guard does not see refunds, whatever they were granted.
    expect(await refused(guard, mine)).toEqual(['AUTHORITY_LACKING']);
    expect(await decided(deputyDirector, higher)).toBe('APPROVED');
    await service.move({ set: new Date('2026-03-02T15:59:59.000Z') });
    expect(await refused(director, mine)).toEqual(['BEYOND_AUTHORITY']);
    await service.move({ set: new Date('2026-03-02T16:00:00.000Z') });
    expect(await decided(director, mine)).toBe('APPROVED');
    expect(await refused(deputyDirector, await aRefund(estate, 1))).toEqual(['AUTHORITY_LACKING']);
  });

  it('[A018] a delegation is its delegate’s alone, from its first day to the end of its last', async () => {
    const estate = await aDesk();
    const delegate = aColleague(estate, 'clerk');
    const [before, first, last, after] = [
      await aRefund(estate, 7000),
      await aRefund(estate, 7000),
      await aRefund(estate, 7000),
      await aRefund(estate, 7000),
    ];
    const days = { validFrom: '2026-03-05', validTo: '2026-03-07' };
    const delegateId = delegate.staffId ?? '';
    await anAuthority(service, estate, { action: 'REFUND_PAYMENT', delegateId, limitAmount: 7000, ...days });
    const at = (instant: string) => service.move({ set: new Date(instant) });
    await at('2026-03-04T23:59:59.000+08:00');
    expect(await refused(delegate, first)).toEqual(['AUTHORITY_LACKING']);
    await at('2026-03-05T00:00:00.000+08:00');
    expect(await decided(delegate, first)).toBe('APPROVED');
    expect(await refused(estate.clerk, before)).toEqual(['AUTHORITY_LACKING']);
    await at('2026-03-06T23:59:59.000+08:00');
    expect(await decided(delegate, last)).toBe('APPROVED');
    await at('2026-03-07T00:00:00.000+08:00');
    expect(await refused(delegate, after)).toEqual(['AUTHORITY_LACKING']);
    expect(await ruleOf(delegate, after)).toBe('A018');
  });
});

describe('expense claims by the authority matrix', () => {
  it('[A018] are decided by whom a grant names, up to its limit, never by who claims or checked', async () => {
    const estate = await anEstate(service);
    const { communityId, supervisor, deputyDirector, administrativeSupervisor } = estate;
    const gardener = aColleague(estate, 'environment');
    const today = new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const aClaim = async (amount: number): Promise<string> => {
      const voucherFileIds = [await anUpload(service, gardener, communityId)];
      const input = { communityId, purpose: '购买绿化工具', lines: [{ spentOn: today, amount, voucherFileIds }] };
      const { id } = await act(service, gardener, 'submitExpenseClaim', input);
      await act(service, supervisor, 'checkExpenseClaim', { id, isApproved: true });
      return id;
    };
    const refusedClaim = (viewer: Viewer, id: string) =>
      reasons(service, viewer, 'decideExpenseClaim', { id, isApproved: true });
    const [edge, over] = [await aClaim(60_000), await aClaim(60_001)];
    expect(await refusedClaim(deputyDirector, edge)).toEqual(['ACCESS_DENIED']);
    const terms = { action: 'APPROVE_CLAIM', limitAmount: 60_000, validFrom: today };
    const grants = [
      await anAuthority(service, estate, { ...terms, role: 'deputyDirector' }),
      await anAuthority(service, estate, { ...terms, delegateId: supervisor.staffId ?? '' }),
    ];
    expect(await refusedClaim(supervisor, edge)).toEqual(['OWN_REQUEST']);
    expect(await refusedClaim(deputyDirector, over)).toEqual(['BEYOND_AUTHORITY']);
    expect(await refusedClaim(administrativeSupervisor, edge)).toEqual(['BEYOND_AUTHORITY']);
    await act(service, deputyDirector, 'decideExpenseClaim', { id: edge, isApproved: true });
    for (const grant of grants) await grant.revoke();
    expect(await refusedClaim(deputyDirector, over)).toEqual(['AUTHORITY_LACKING']);
    await act(service, estate.director, 'decideExpenseClaim', { id: over, isApproved: true });
  });
});
