import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WechatPaySimulator } from '@steward/payments/simulator';
import type { TestService } from '@steward/test-kit';

import { aColleague, act, answer, balance, startBilling, toldBy, type Estate } from './counter-fixture.ts';
import { providerDesk } from './provider-desk-fixture.ts';
import { accountAt, aMerchant, aReadyOrder, billsOf, type Order } from './provider-fixture.ts';

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

describe('a refund that comes to another end than was told', () => {
  const closed = async (estate: Estate, paid: Order): Promise<{ id: string; theirs: string }> => {
    const sent = await aSentRefund(estate, paid, 5000);
    expect(await simulator.finishRefund(sent.theirs, { end: 'CLOSED' })).toEqual([204]);
    expect((await refundOf(estate, sent.id)).status).toBe('REJECTED');
    return sent;
  };

  it('[A018] is booked when the provider has made it after all, once', async () => {
    const estate = await aMerchant(service, simulator);
    const { id, theirs } = await closed(estate, await aPaidOrder(estate, 5000));
    expect(await simulator.finishRefund(theirs, { times: 2 })).toEqual([204, 204]);
    expect(await refundOf(estate, id)).toMatchObject({ status: 'PAID' });
    expect(await toldBy(service, id, 'providerRefundLate')).toEqual([]);
    expect(await balance(service, estate.communityId, 'PROVIDER')).toBe(0);
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(0);
  }, 60_000);

  it('[A018] is told to the director when the money went another way, and booked when it is there again', async () => {
    const estate = await aMerchant(service, simulator);
    const paid = await aPaidOrder(estate, 5000);
    const { id, theirs } = await closed(estate, paid);
    const transfer = { ...wanted(estate, paid, 5000), means: 'TRANSFER', providerPaymentId: null };
    const rival = await act(service, estate.cashier, 'requestRefund', transfer);
    expect(await simulator.finishRefund(theirs, { times: 2 })).toEqual([204, 204]);
    expect((await refundOf(estate, id)).status).toBe('REJECTED');
    expect(await toldBy(service, id, 'providerRefundLate')).toEqual(['director']);
    expect(await balance(service, estate.communityId, 'PROVIDER')).toBe(5000);
    const no = { id: rival.id, isApproved: false };
    await act(service, aColleague(estate, 'supervisor'), 'decideRefund', no);
    await move({ advance: 'PT31M' });
    expect((await refundOf(estate, id)).status).toBe('PAID');
    expect(await balance(service, estate.communityId, 'PROVIDER')).toBe(0);
  }, 60_000);

  it('[A018] is found by the daily file when its notice was lost', async () => {
    const estate = await aMerchant(service, simulator);
    const { id, theirs } = await closed(estate, await aPaidOrder(estate, 5000));
    expect(await simulator.finishRefund(theirs, { times: 0 })).toEqual([]);
    await until(11);
    await move({ advance: 'PT1S' });
    expect((await refundOf(estate, id)).status).toBe('PAID');
    expect(await balance(service, estate.communityId, 'PROVIDER')).toBe(0);
  }, 60_000);

  it('[A018] is not over because a repeated call is refused: the provider is asked whether it knows it', async () => {
    const estate = await aMerchant(service, simulator);
    const paid = await aPaidOrder(estate, 5000);
    const { id, theirs } = await aSentRefund(estate, paid, 5000);
    // The order cannot be found for another call, the refund can.
    const order = simulator.orders.get(paid.number);
    (simulator.orders as Map<string, unknown>).delete(paid.number);
    await move({ advance: 'PT31M' });
    expect((await refundOf(estate, id)).status).toBe('SENT');
    (simulator.orders as Map<string, unknown>).set(paid.number, order);
    expect(await simulator.finishRefund(theirs)).toEqual([204]);
    expect((await refundOf(estate, id)).status).toBe('PAID');
  }, 60_000);

  it('[A018] [A248] is asked of the merchant that took the money, whose last day is compared, after another came', async () => {
    const estate = await aMerchant(service, simulator);
    const { communityId, director } = estate;
    const paid = await aPaidOrder(estate, 10_000);
    const next = await desk.another();
    await answer(service, director, 'setProviderAccount', accountAt(service, next, communityId), 'isSet');
    const { id, theirs } = await aSentRefund(estate, paid, 4000);
    expect(await simulator.finishRefund(theirs)).toEqual([204]);
    expect((await refundOf(estate, id)).status).toBe('PAID');
    const later = await aReadyOrder(service, estate, 20_000);
    expect(await next.pay(later.number)).toEqual([204]);
    const day = new Date(desk.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    await until(11);
    expect((await billsOf(service, estate)).find(({ on }) => on === day)).toMatchObject({
      lineCount: 3,
      paid: { amount: 30_000 },
      refunded: { amount: 4000 },
      differences: [],
    });
  }, 60_000);
});
