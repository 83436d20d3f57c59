import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WechatPaySimulator } from '@steward/payments/simulator';
import type { TestService } from '@steward/test-kit';

import {
  aColleague,
  act,
  balance,
  factsOf,
  list,
  reasons,
  startBilling,
  toldBy,
  type Estate,
} from './counter-fixture.ts';
import { providerDesk } from './provider-desk-fixture.ts';
import { aMerchant, aReadyOrder, billsOf, orderOf, type Order } from './provider-fixture.ts';

let service: TestService;
let simulator: WechatPaySimulator;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await desk.stop();
});

const desk = providerDesk(() => service);
const { move, until, refundOf, wanted, aPaidOrder, aSentRefund } = desk;

// A provider of its own for each test, so that its daily file has this test's orders alone.
beforeEach(async () => {
  simulator = await desk.begin();
});

describe('the way back', () => {
  it('[A018] is the one that the money came, and nothing goes back that the provider did not take', async () => {
    const estate = await aMerchant(service, simulator);
    const { communityId, cashier } = estate;
    const [paid, other] = [await aPaidOrder(estate, 10_000), await aPaidOrder(estate, 10_000)];
    const ask = (input: object): Promise<string[]> => reasons(service, cashier, 'requestRefund', input);
    expect(await ask({ ...wanted(estate, paid, 4000), providerPaymentId: null })).toEqual(['PROVIDER_PAYMENT_UNFIT']);
    const { id, theirs } = await aSentRefund(estate, paid, 4000);
    // What is on its way counts, though the advance has money enough.
    expect(await ask(wanted(estate, paid, 6001))).toEqual(['PROVIDER_PAYMENT_UNFIT']);
    expect(await simulator.finishRefund(theirs, { times: 2 })).toEqual([204, 204]);
    expect((await refundOf(estate, id)).status).toBe('PAID');
    expect(await balance(service, communityId, 'PROVIDER')).toBe(16_000);
    expect(await balance(service, communityId, 'ADVANCE')).toBe(-16_000);
    expect(await ask(wanted(estate, paid, 6001))).toEqual(['PROVIDER_PAYMENT_UNFIT']);
    const rest = [await aSentRefund(estate, paid, 6000), await aSentRefund(estate, other, 10_000)];
    for (const one of rest) expect(await simulator.finishRefund(one.theirs)).toEqual([204]);
    expect(await balance(service, communityId, 'PROVIDER')).toBe(0);
  }, 60_000);

  it('[A076] is a refund and no void, which would leave the money with the merchant and the debt open', async () => {
    const estate = await aMerchant(service, simulator);
    const { communityId, cashier, supervisor } = estate;
    await aPaidOrder(estate, 1000);
    const [payment] = await list<{ id: string }>(service, cashier, 'payments', { communityId }, 'id');
    const input = { id: payment?.id, reasonCode: 'NOT_PAID' };
    expect(await reasons(service, supervisor, 'voidPayment', input)).toEqual(['PROVIDER_HAS_MONEY']);
    expect(await balance(service, communityId, 'PROVIDER')).toBe(1000);
  });

  it('[A018] may fail: what the provider closed can be asked for anew, what is stuck is told of once', async () => {
    const estate = await aMerchant(service, simulator);
    const { communityId } = estate;
    const paid = await aPaidOrder(estate, 5000);
    const closed = await aSentRefund(estate, paid, 5000);
    expect(await simulator.finishRefund(closed.theirs, { end: 'CLOSED' })).toEqual([204]);
    expect(await refundOf(estate, closed.id)).toMatchObject({ status: 'REJECTED', paidAt: null });
    expect((await factsOf(service, closed.id)).at(-1)).toMatchObject(['decided', { isApproved: false }]);
    expect(await toldBy(service, closed.id, 'providerRefundFailed')).toEqual(['director']);
    const stuck = await aSentRefund(estate, paid, 5000);
    expect(await simulator.finishRefund(stuck.theirs, { end: 'ABNORMAL', times: 2 })).toEqual([204, 204]);
    // Asked again every half hour.
    await move({ advance: 'PT2H' });
    expect((await refundOf(estate, stuck.id)).status).toBe('SENT');
    expect(await toldBy(service, stuck.id, 'providerRefundFailed')).toEqual(['director']);
    expect(await balance(service, communityId, 'PROVIDER')).toBe(5000);
    expect(await simulator.finishRefund(stuck.theirs)).toEqual([204]);
    expect((await refundOf(estate, stuck.id)).status).toBe('PAID');
    expect(await balance(service, communityId, 'PROVIDER')).toBe(0);
  }, 60_000);
});

describe('a refund that the provider refuses', () => {
  const asked = async (estate: Estate, paid: Order): Promise<string> => {
    const { id } = await act(service, estate.cashier, 'requestRefund', wanted(estate, paid, 5000));
    await act(service, aColleague(estate, 'supervisor'), 'decideRefund', { id, isApproved: true });
    await act(service, estate.cashier, 'payRefund', { id });
    await move({ advance: 'PT1S' });
    return id;
  };
  const told = (id: string): Promise<unknown> => toldBy(service, id, 'providerRefundFailed');

  it('[A018] waits where the merchant has too little money there, and is asked for until it has', async () => {
    const estate = await aMerchant(service, simulator);
    const paid = await aPaidOrder(estate, 5000);
    simulator.fail(403, 'NOT_ENOUGH');
    const id = await asked(estate, paid);
    await move({ advance: 'PT12H' });
    expect((await refundOf(estate, id)).status).toBe('SENT');
    expect(await told(id)).toEqual(['director']);
    simulator.fail(null);
    await move({ advance: 'PT31M' });
    const [theirs = ''] = simulator.refunds.keys();
    expect(await simulator.finishRefund(theirs)).toEqual([204]);
    expect((await refundOf(estate, id)).status).toBe('PAID');
    expect(await balance(service, estate.communityId, 'PROVIDER')).toBe(0);
  }, 60_000);

  it('[A018] is asked for again the morning after the provider was out of reach for hours', async () => {
    const estate = await aMerchant(service, simulator);
    const paid = await aPaidOrder(estate, 5000);
    const lost = await aReadyOrder(service, estate, 700);
    await simulator.pay(lost.number, { times: 0 });
    simulator.fail(503);
    const id = await asked(estate, paid);
    await move({ advance: 'PT8H' });
    expect(simulator.refunds.size).toBe(0);
    simulator.fail(null);
    await move({ advance: 'PT1H' });
    expect((await refundOf(estate, id)).status).toBe('SENT');
    await until(1);
    const [theirs = ''] = simulator.refunds.keys();
    expect(await simulator.finishRefund(theirs)).toEqual([204]);
    expect((await refundOf(estate, id)).status).toBe('PAID');
    expect(await orderOf(service, estate, lost.id)).toMatchObject({ status: 'PAID' });
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(-700);
  }, 60_000);

  it('[A018] goes back another way where the payer has no account any more', async () => {
    const estate = await aMerchant(service, simulator);
    const paid = await aPaidOrder(estate, 5000);
    simulator.fail(403, 'USER_ACCOUNT_ABNORMAL');
    const refused = await asked(estate, paid);
    expect((await refundOf(estate, refused)).status).toBe('REJECTED');
    expect(await told(refused)).toEqual(['director']);
    const transfer = { ...wanted(estate, paid, 5000), means: 'TRANSFER', providerPaymentId: null };
    const { id } = await act(service, estate.cashier, 'requestRefund', transfer);
    await act(service, aColleague(estate, 'supervisor'), 'decideRefund', { id, isApproved: true });
    await act(service, estate.cashier, 'payRefund', { id, reference: 'TR 1' });
    expect((await refundOf(estate, id)).status).toBe('PAID');
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(0);
  }, 60_000);
});

describe('the daily file', () => {
  it('agrees with our books line by line, a refund on the day that the provider made it', async () => {
    const estate = await aMerchant(service, simulator);
    await until(23, 40);
    const paid = await aPaidOrder(estate, 10_000);
    const { id, theirs } = await aSentRefund(estate, paid, 4000);
    const day = new Date(desk.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    // Its notice is lost; on the next day the provider is asked.
    expect(await simulator.finishRefund(theirs, { times: 0 })).toEqual([]);
    await until(11);
    expect((await refundOf(estate, id)).status).toBe('PAID');
    await until(11);
    const [quiet, busy] = await billsOf(service, estate);
    expect(busy).toMatchObject({
      on: day,
      lineCount: 2,
      paid: { amount: 10_000 },
      refunded: { amount: 4000 },
      fee: { amount: 36 },
      differences: [],
    });
    // The provider makes no file of a day without payments.
    expect(quiet).toMatchObject({ lineCount: 0, paid: { amount: 0 }, differences: [] });
    expect(await balance(service, estate.communityId, 'EXPENSE')).toBe(36);
    expect(await balance(service, estate.communityId, 'PROVIDER')).toBe(5964);
  }, 120_000);

  it('[A248] is fetched later, and its fee booked, when the provider was out of reach on its day', async () => {
    const estate = await aMerchant(service, simulator);
    await aPaidOrder(estate, 10_000);
    const day = new Date(desk.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    await until(1);
    simulator.fail(503);
    await until(20);
    simulator.fail(null);
    expect(await balance(service, estate.communityId, 'PROVIDER')).toBe(10_000);
    await until(1);
    expect((await billsOf(service, estate)).find(({ on }) => on === day)).toMatchObject({ differences: [] });
    expect(await balance(service, estate.communityId, 'PROVIDER')).toBe(9940);
    await until(11);
    const days = (await billsOf(service, estate)).map(({ on }) => on);
    expect(new Set(days).size).toBe(days.length);
  }, 60_000);

  it('is divided among communities that share a merchant, and what nobody knows is told of once', async () => {
    const one = await aMerchant(service, simulator);
    const other = await aMerchant(service, simulator, one.tenantId);
    await aPaidOrder(one, 10_000);
    await aPaidOrder(other, 20_000);
    const unknown = await aReadyOrder(service, one, 1000);
    await simulator.pay(unknown.number, { times: 0 });
    Object.assign(simulator.orders.get(unknown.number) ?? {}, { number: 'ELSEWHERE' });
    await until(11);
    const busy = async (estate: Estate) => (await billsOf(service, estate)).find(({ lineCount }) => lineCount > 0);
    const difference = { reason: 'NOT_OURS', number: 'ELSEWHERE', ours: { amount: 0 }, theirs: { amount: 1000 } };
    expect(await busy(one)).toMatchObject({ lineCount: 2, fee: { amount: 66 }, differences: [difference] });
    expect(await busy(other)).toMatchObject({ lineCount: 1, fee: { amount: 120 }, differences: [] });
    expect(await balance(service, one.communityId, 'EXPENSE')).toBe(66);
    expect(await balance(service, other.communityId, 'EXPENSE')).toBe(120);
    const told = await service.sql<{ community_id: string }>(
      `select community_id from notification where template = 'providerBillDiffers' and tenant_id = $1`,
      [one.tenantId],
    );
    expect(told).toEqual([{ community_id: one.communityId }]);
  }, 120_000);
});
