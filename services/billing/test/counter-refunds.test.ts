import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { decorationRefundRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import {
  aCharge,
  aColleague,
  act,
  anEstate,
  anUpload,
  aPayment,
  aSession,
  askDecorationSum,
  balance,
  drawnForFloat,
  chargesFor,
  factsOf,
  list,
  reasons,
  see,
  startBilling,
  toldBy,
  type Estate,
} from './counter-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

async function aDesk(): Promise<Estate> {
  const estate = await anEstate(service);
  await aSession(service, estate);
  return estate;
}

type Refund = { id: string; status: string; approverRole: string; amount: { amount: number }; source: string };
const refund = 'id status approverRole amount { amount } source';

const wanted = (estate: Estate, amount: number, overrides: object = {}): object => ({
  communityId: estate.communityId,
  billingAccountId: estate.billingAccountId,
  source: 'ADVANCE',
  amount,
  means: 'CASH',
  reasonCode: 'OVERPAID',
  ...overrides,
});

describe('refunds', () => {
  it('[A018] are asked for by one, decided by another, paid by the cashier', async () => {
    const estate = await aDesk();
    const { cashier, supervisor, communityId } = estate;
    await aPayment(service, estate, 3000);
    expect(await reasons(service, cashier, 'requestRefund', wanted(estate, 3001))).toEqual(['REFUND_EXCEEDS_BALANCE']);
    const asked = await act<Refund>(service, supervisor, 'requestRefund', wanted(estate, 2000), refund);
    expect(asked).toMatchObject({ status: 'REQUESTED', approverRole: 'supervisor' });
    expect(await toldBy(service, asked.id, 'refundAsked')).toEqual(['supervisor']);
    expect(await reasons(service, cashier, 'requestRefund', wanted(estate, 1001))).toEqual(['REFUND_EXCEEDS_BALANCE']);
    expect(await reasons(service, supervisor, 'decideRefund', { id: asked.id, isApproved: true })).toEqual([
      'OWN_REQUEST',
    ]);
    expect(await reasons(service, cashier, 'payRefund', { id: asked.id })).toEqual(['ILLEGAL_TRANSITION']);
    const other = aColleague(estate, 'supervisor');
    await act(service, other, 'decideRefund', { id: asked.id, isApproved: true });
    const paid = await act<Refund>(service, cashier, 'payRefund', { id: asked.id }, refund);
    expect(paid.status).toBe('PAID');
    expect(await balance(service, communityId, 'CASH_IN_HAND')).toBe(51_000);
    expect(await balance(service, communityId, 'ADVANCE')).toBe(-1000);
    expect((await factsOf(service, asked.id)).map(([fact]) => fact)).toEqual(['requested', 'decided', 'paid']);
    expect(await reasons(service, cashier, 'payRefund', { id: asked.id })).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('[A018] above 1,000 yuan are decided by the director', async () => {
    const estate = await aDesk();
    const { cashier, supervisor, director } = estate;
    await aPayment(service, estate, 200_001);
    const within = await act<Refund>(service, cashier, 'requestRefund', wanted(estate, 100_000), refund);
    const beyond = await act<Refund>(service, cashier, 'requestRefund', wanted(estate, 100_001), refund);
    expect([within.approverRole, beyond.approverRole]).toEqual(['supervisor', 'director']);
    await act(service, supervisor, 'decideRefund', { id: within.id, isApproved: false });
    expect(await reasons(service, supervisor, 'decideRefund', { id: beyond.id, isApproved: true })).toEqual([
      'BEYOND_AUTHORITY',
    ]);
    expect(
      (await act<Refund>(service, director, 'decideRefund', { id: beyond.id, isApproved: true }, refund)).status,
    ).toBe('APPROVED');
    expect(await reasons(service, cashier, 'payRefund', { id: within.id })).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('[A018] of a deposit give it back as a whole, whether residents or the desk asks', async () => {
    const estate = await aDesk();
    const { clerk, cashier, director, communityId, tenantId, unitId, householdId } = estate;
    const decorationId = await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 200_000);
    const [charge] = await chargesFor(service, clerk, decorationId);
    await aPayment(service, estate, 200_000);
    expect(await balance(service, communityId, 'DEPOSIT')).toBe(-200_000);
    const fee = { amount: 200_000, currency: 'CNY' };
    const data = {
      decorationId,
      unitId,
      householdId,
      chargeTypeCode: 'DECORATION_DEPOSIT',
      chargeId: charge?.id ?? '',
      fee,
      rule: 'A225',
    };
    await service.wire.send(decorationRefundRequested, { tenantId, communityId, aggregateId: decorationId, data });
    await service.settle();
    const [asked] = await list<Refund>(service, clerk, 'refunds', { communityId }, refund);
    expect(asked).toMatchObject({
      status: 'REQUESTED',
      source: 'DEPOSIT',
      approverRole: 'director',
      amount: { amount: 200_000 },
    });
    await act(service, director, 'decideRefund', { id: asked?.id, isApproved: true });
    expect(await reasons(service, cashier, 'payRefund', { id: asked?.id })).toEqual(['REFERENCE_REQUIRED']);
    await act(service, cashier, 'payRefund', { id: asked?.id, reference: 'TR 9' });
    expect([await balance(service, communityId, 'DEPOSIT'), await balance(service, communityId, 'BANK')]).toEqual([
      0,
      -200_000 - drawnForFloat,
    ]);
    expect(await balance(service, communityId, 'RECEIVABLE')).toBe(0);
    expect((await factsOf(service, charge?.id ?? '')).at(-1)?.[0]).toBe('reversed');
  });

  it('[A018] of a deposit give back a part of it', async () => {
    const estate = await aDesk();
    const { clerk, cashier, supervisor, communityId } = estate;
    const [charge] = await chargesFor(
      service,
      clerk,
      await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 50_000),
    );
    await aPayment(service, estate, 50_000);
    const part = wanted(estate, 30_000, { source: 'DEPOSIT', chargeId: charge?.id, reasonCode: 'WORKS_PASSED' });
    const { id } = await act<Refund>(service, clerk, 'requestRefund', part, refund);
    await act(service, supervisor, 'decideRefund', { id, isApproved: true });
    await act(service, cashier, 'payRefund', { id });
    expect(await balance(service, communityId, 'DEPOSIT')).toBe(-20_000);
    expect(await reasons(service, clerk, 'requestRefund', { ...part, amount: 20_001 })).toEqual([
      'REFUND_EXCEEDS_BALANCE',
    ]);
  });

  it('[A018] of a charge take it back with the money; of nothing there is nothing', async () => {
    const estate = await aDesk();
    const { clerk, cashier, supervisor, communityId } = estate;
    const charge = await aCharge(service, estate, 4000);
    const back = wanted(estate, 4000, { source: 'CHARGE', chargeId: charge.id, reasonCode: 'CHARGE_REVERSED' });
    expect(await reasons(service, clerk, 'requestRefund', back)).toEqual(['REFUND_EXCEEDS_BALANCE']);
    await aPayment(service, estate, 4000);
    expect(await reasons(service, clerk, 'requestRefund', { ...back, chargeId: newId() })).toEqual(['CHARGE_UNKNOWN']);
    const { id } = await act<Refund>(service, clerk, 'requestRefund', back, refund);
    await act(service, supervisor, 'decideRefund', { id, isApproved: true });
    await act(service, cashier, 'payRefund', { id });
    expect(await balance(service, communityId, 'RECEIVABLE')).toBe(0);
    expect(await balance(service, communityId, 'REVENUE')).toBe(0);
    expect(await balance(service, communityId, 'CASH_IN_HAND')).toBe(50_000);
  });
});

describe('expense claims', () => {
  type Claim = { id: string; status: string; approverRole: string; amount: { amount: number }; purpose: string };
  const claim = 'id status approverRole amount { amount } purpose';

  it('[A018] go through three other hands, with a voucher for each line', async () => {
    const estate = await aDesk();
    const { communityId, supervisor, administrativeSupervisor, director, cashier } = estate;
    const gardener = aColleague(estate, 'environment');
    const voucher = await anUpload(service, gardener, communityId);
    const today = new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const line = { spentOn: today, amount: 50_000, voucherFileIds: [voucher] };
    const submit = (lines: object[]) => ({ communityId, purpose: '购买绿化工具', lines });
    expect(await reasons(service, gardener, 'submitExpenseClaim', submit([{ ...line, voucherFileIds: [] }]))).toEqual([
      'VOUCHER_REQUIRED',
    ]);
    const oldest = new Date(Date.parse(`${today}T00:00:00Z`) - 90 * 86_400_000).toISOString().slice(0, 10);
    const tooOld = new Date(Date.parse(`${today}T00:00:00Z`) - 91 * 86_400_000).toISOString().slice(0, 10);
    expect(await reasons(service, gardener, 'submitExpenseClaim', submit([{ ...line, spentOn: tooOld }]))).toEqual([
      'EXPENSE_TOO_OLD',
    ]);
    const small = await act<Claim>(
      service,
      gardener,
      'submitExpenseClaim',
      submit([{ ...line, spentOn: oldest }]),
      claim,
    );
    expect(small).toMatchObject({
      status: 'SUBMITTED',
      approverRole: 'administrativeSupervisor',
      purpose: '购买绿化工具',
    });
    // A voucher is claimed once: those of the next claim are its own.
    const [next, other] = [
      await anUpload(service, gardener, communityId),
      await anUpload(service, gardener, communityId),
    ];
    const large = await act<Claim>(
      service,
      gardener,
      'submitExpenseClaim',
      submit([
        { ...line, voucherFileIds: [next] },
        { ...line, amount: 1, voucherFileIds: [other] },
      ]),
      claim,
    );
    expect(large).toMatchObject({ approverRole: 'director', amount: { amount: 50_001 } });
    expect(
      await reasons(service, administrativeSupervisor, 'decideExpenseClaim', { id: small.id, isApproved: true }),
    ).toEqual(['ILLEGAL_TRANSITION']);
    for (const { id } of [small, large]) await act(service, supervisor, 'checkExpenseClaim', { id, isApproved: true });
    expect(
      await reasons(service, administrativeSupervisor, 'decideExpenseClaim', { id: large.id, isApproved: true }),
    ).toEqual(['BEYOND_AUTHORITY']);
    await act(service, director, 'decideExpenseClaim', { id: large.id, isApproved: false });
    await act(service, administrativeSupervisor, 'decideExpenseClaim', { id: small.id, isApproved: true });
    expect(await reasons(service, cashier, 'payExpenseClaim', { id: large.id })).toEqual(['ILLEGAL_TRANSITION']);
    const paid = await act<Claim>(service, cashier, 'payExpenseClaim', { id: small.id }, claim);
    expect(paid.status).toBe('PAID');
    expect([
      await balance(service, communityId, 'EXPENSE'),
      await balance(service, communityId, 'CASH_IN_HAND'),
    ]).toEqual([50_000, 0]);
    expect(JSON.stringify(await factsOf(service, small.id))).not.toContain('绿化');
  });

  it('[A018] are never checked or decided by who claims', async () => {
    const estate = await aDesk();
    const { communityId, supervisor, cashier } = estate;
    const voucherFileIds = [await anUpload(service, supervisor, communityId)];
    const today = new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const line = { spentOn: today, amount: 60_000, voucherFileIds, code: 'OFFICE' };
    const input = { communityId, purpose: '办公用品', lines: [line] };
    const unnamed = { ...input, lines: [{ ...line, code: 'office' }] };
    expect(await reasons(service, supervisor, 'submitExpenseClaim', unnamed)).toEqual(['CODE_MALFORMED']);
    const { id } = await act<Claim>(service, supervisor, 'submitExpenseClaim', input, claim);
    expect(await reasons(service, supervisor, 'checkExpenseClaim', { id, isApproved: true })).toEqual(['OWN_REQUEST']);
    const both = { ...aColleague(estate, 'supervisor'), roles: ['supervisor' as const, 'director' as const] };
    await act(service, both, 'checkExpenseClaim', { id, isApproved: true });
    expect(await reasons(service, both, 'decideExpenseClaim', { id, isApproved: true })).toEqual(['OWN_REQUEST']);
    await act(service, estate.director, 'decideExpenseClaim', { id, isApproved: true });
    expect(await reasons(service, cashier, 'payExpenseClaim', { id })).toEqual(['TILL_TOO_LITTLE']);
    const transfer = { id, means: 'TRANSFER' };
    expect(await reasons(service, cashier, 'payExpenseClaim', transfer)).toEqual(['REFERENCE_REQUIRED']);
    await act(service, cashier, 'payExpenseClaim', { ...transfer, reference: 'TR 5' });
    const booked = await service.sql<{ type: string; code: string | null; sum: string }>(
      `select a.type, a.charge_type_code as code, sum(p.amount)::text as sum from ledger_posting p
         join ledger_account a on a.id = p.account_id
        where a.community_id = $1 and a.type in ('EXPENSE', 'BANK') group by 1, 2 order by 1`,
      [communityId],
    );
    expect(booked).toEqual([
      { type: 'BANK', code: null, sum: String(-60_000 - drawnForFloat) },
      { type: 'EXPENSE', code: 'OFFICE', sum: '60000' },
    ]);
    const seen = await see<object>(service, cashier, 'expenseClaim', id, 'means reference lines { code }');
    expect(seen).toEqual({ means: 'TRANSFER', reference: 'TR 5', lines: [{ code: 'OFFICE' }] });
  });
});
