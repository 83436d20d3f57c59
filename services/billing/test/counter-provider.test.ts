import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startWechatPaySimulator, type WechatPaySimulator } from '@steward/payments/simulator';
import { eventually, startTestService, type TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';
import {
  aCharge,
  aColleague,
  act,
  anEstate,
  answer,
  aSession,
  balance,
  factsOf,
  list,
  reasons,
  see,
  toldBy,
  type Estate,
} from './counter-fixture.ts';

let service: TestService;
let simulator: WechatPaySimulator;

// The provider measures the age of messages in real time, so the platform's clock starts there too.
beforeAll(async () => {
  simulator = await startWechatPaySimulator();
  service = await startTestService(definition, { now: new Date() });
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await simulator?.stop();
});
afterEach(() => simulator.fail(null));

type Order = {
  id: string;
  number: string;
  status: string;
  codeUrl: string | null;
  failure: string | null;
  payment: { amount: { amount: number }; means: string; reference: string } | null;
};
const order = 'id number status codeUrl failure payment { amount { amount } means reference }';
const orderOf = (estate: Estate, id: string): Promise<Order> =>
  see(service, estate.cashier, 'providerPayment', id, order);

/** An estate whose community is a merchant at the simulated provider. */
async function aMerchant(): Promise<Estate> {
  const estate = await anEstate(service);
  const { origin: apiOrigin, appId, merchantId, serialNumber, privateKey, apiKey } = simulator.account;
  const keys = { appId, merchantId, serialNumber, privateKey, apiKey };
  const input = { communityId: estate.communityId, ...keys, apiOrigin, notifyOrigin: service.url() };
  await answer(service, estate.director, 'setProviderAccount', input, 'isSet');
  return estate;
}

const start = ({ communityId, billingAccountId }: Estate, amount: number): object => ({
  communityId,
  billingAccountId,
  amount,
});

/** An order with its code, as the household sees it. */
async function aReadyOrder(estate: Estate, amount: number): Promise<Order> {
  const { id } = await act(service, estate.resident, 'startProviderPayment', start(estate, amount));
  await service.move({ advance: 'PT1S' });
  return orderOf(estate, id);
}

describe('a payment by telephone', () => {
  it('goes from the code to the receipt, and is booked once however often it is told', async () => {
    const estate = await aMerchant();
    const { communityId } = estate;
    const charge = await aCharge(service, estate, 8800);
    const ready = await aReadyOrder(estate, 8800);
    expect(ready).toMatchObject({
      status: 'READY',
      codeUrl: `weixin://wxpay/bizpayurl?pr=${ready.number}`,
      payment: null,
    });
    expect(ready.number).toMatch(/^[A-Z0-9]{6,32}$/);
    expect(await simulator.pay(ready.number, { times: 3 })).toEqual([204, 204, 204]);
    expect(await orderOf(estate, ready.id)).toMatchObject({
      status: 'PAID',
      payment: { amount: { amount: 8800 }, means: 'WALLET', reference: `42000${ready.number}` },
    });
    expect(await list(service, estate.cashier, 'payments', { communityId }, 'id')).toHaveLength(1);
    expect(await balance(service, communityId, 'PROVIDER')).toBe(8800);
    expect((await factsOf(service, charge.id)).at(-1)).toMatchObject(['settled', { receiptNumber: 'W-00000001' }]);
  }, 60_000);

  it('believes nobody but the provider', async () => {
    const estate = await aMerchant();
    const ready = await aReadyOrder(estate, 100);
    expect(await simulator.pay(ready.number, { tamper: (body) => body.replace('transaction', 'transactiom') })).toEqual(
      [401],
    );
    expect((await orderOf(estate, ready.id)).status).toBe('READY');
    const stranger = await startWechatPaySimulator();
    const url = `${service.url()}/hooks/billing/wechat-pay/${estate.tenantId}/${estate.communityId}`;
    const forged = await fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { 'wechatpay-serial': 'X', 'wechatpay-timestamp': '1' },
    });
    expect(forged.status).toBe(401);
    const nowhere = await fetch(`${service.url()}/hooks/billing/wechat-pay/${estate.tenantId}/${estate.unitId}`, {
      method: 'POST',
    });
    expect(nowhere.status).toBe(404);
    await stranger.stop();
  }, 60_000);

  it('is found by asking when its notice was lost, and closed when nobody paid', async () => {
    const estate = await aMerchant();
    const lost = await aReadyOrder(estate, 500);
    const idle = await aReadyOrder(estate, 600);
    // Paid, but the notice does not get through.
    const paid = simulator.orders.get(lost.number);
    Object.assign(paid ?? {}, { state: 'SUCCESS', paidAt: new Date(), transactionId: 'T1' });
    await service.move({ advance: 'PT16M' });
    expect(await orderOf(estate, lost.id)).toMatchObject({ status: 'PAID', payment: { reference: 'T1' } });
    expect(await orderOf(estate, idle.id)).toMatchObject({ status: 'CLOSED', payment: null });
    expect(simulator.orders.get(idle.number)?.state).toBe('CLOSED');
  }, 60_000);

  it('waits while the provider is out of reach, and says when it refuses', async () => {
    const estate = await aMerchant();
    simulator.fail(503);
    const { id } = await act(service, estate.resident, 'startProviderPayment', start(estate, 100));
    await service.move({ advance: 'PT1S' });
    expect((await orderOf(estate, id)).status).toBe('PREPARING');
    simulator.fail(null);
    await service.move({ advance: 'PT2M' });
    await eventually(async () => (await orderOf(estate, id)).status === 'READY', { what: 'the order is announced' });
    simulator.fail(403);
    const refused = await act(service, estate.resident, 'startProviderPayment', start(estate, 100));
    await service.move({ advance: 'PT1S' });
    expect(await orderOf(estate, refused.id)).toMatchObject({ status: 'FAILED', failure: 'SYSTEM_ERROR' });
  }, 60_000);

  it('books what the provider took, and tells the director when that is another sum', async () => {
    const estate = await aMerchant();
    const ready = await aReadyOrder(estate, 1000);
    Object.assign(simulator.orders.get(ready.number) ?? {}, { amount: 900 });
    expect(await simulator.pay(ready.number)).toEqual([204]);
    expect(await orderOf(estate, ready.id)).toMatchObject({ status: 'PAID', payment: { amount: { amount: 900 } } });
    expect(await toldBy(service, ready.id, 'providerAmountDiffers')).toEqual(['director']);
  }, 60_000);

  it('is refused without an account at the provider, and keys are never shown', async () => {
    const estate = await anEstate(service);
    expect(await reasons(service, estate.resident, 'startProviderPayment', start(estate, 1))).toEqual([
      'PROVIDER_NOT_SET',
    ]);
    const merchant = await aMerchant();
    expect(await reasons(service, merchant.resident, 'startProviderPayment', start(merchant, 0))).toEqual([
      'AMOUNT_NOT_POSITIVE',
    ]);
    const [row] = await service.sql<{ private_key_sealed: string; api_key_sealed: string }>(
      'select private_key_sealed, api_key_sealed from provider_account where community_id = $1',
      [merchant.communityId],
    );
    expect(JSON.stringify(row)).not.toContain(simulator.account.apiKey);
    expect(JSON.stringify(row)).not.toContain('PRIVATE KEY');
    const malformed = {
      ...simulator.account,
      communityId: merchant.communityId,
      notifyOrigin: service.url(),
      apiOrigin: 'https://evil.example',
    };
    const { origin: _origin, ...input } = malformed;
    expect(await reasons(service, merchant.director, 'setProviderAccount', input)).toEqual([
      'PROVIDER_SETTING_MALFORMED',
    ]);
  }, 60_000);
});

describe('the way back, and the daily file', () => {
  it('[A018] gives money back the way it came, and compares the day line by line', async () => {
    const estate = await aMerchant();
    const { communityId, cashier } = estate;
    const ready = await aReadyOrder(estate, 10_000);
    await simulator.pay(ready.number);
    await aSession(service, estate);
    const wanted = {
      communityId,
      billingAccountId: estate.billingAccountId,
      source: 'ADVANCE',
      amount: 4000,
      means: 'WALLET',
      reasonCode: 'OVERPAID',
    };
    expect(await reasons(service, cashier, 'requestRefund', wanted)).toEqual(['PROVIDER_PAYMENT_UNFIT']);
    const { id } = await act(service, cashier, 'requestRefund', { ...wanted, providerPaymentId: ready.id });
    await act(service, aColleague(estate, 'supervisor'), 'decideRefund', { id, isApproved: true });
    await act(service, cashier, 'payRefund', { id });
    await service.move({ advance: 'PT1S' });
    const statusOf = async (): Promise<string> =>
      (await see<{ status: string }>(service, cashier, 'refund', id, 'status')).status;
    expect(await statusOf()).toBe('SENT');
    const [sent] = [...simulator.refunds.values()].filter(({ order: number }) => number === ready.number);
    expect(sent).toMatchObject({ amount: 4000, state: 'PROCESSING' });
    expect(await simulator.finishRefund(sent?.number ?? '')).toEqual([204]);
    expect(await statusOf()).toBe('PAID');
    expect(await balance(service, communityId, 'PROVIDER')).toBe(6000);
    expect(await balance(service, communityId, 'ADVANCE')).toBe(-6000);
    await service.move({ advance: 'P1DT12H' });
    const query = `query ($communityId: ID!) { providerBills(communityId: $communityId) {
      on paid { amount } refunded { amount } fee { amount } differences { reason number ours { amount } theirs { amount } } } }`;
    type Bill = {
      on: string;
      paid: { amount: number };
      refunded: { amount: number };
      fee: { amount: number };
      differences: { reason: string; number: string }[];
    };
    const { providerBills } = await service.ok<{ providerBills: Bill[] }>(cashier, query, { communityId });
    const withMoney = providerBills.filter(({ paid }) => paid.amount > 0);
    expect(withMoney).toHaveLength(1);
    const differing = withMoney[0]?.differences.filter(
      ({ number }) => number === ready.number || number === sent?.number,
    );
    expect(differing).toEqual([]);
    // Other communities of these tests share the simulated merchant: their lines are not ours, and are said to be so.
    expect(withMoney[0]?.differences.every(({ reason }) => reason === 'NOT_OURS')).toBe(true);
    expect(await balance(service, communityId, 'EXPENSE')).toBe(withMoney[0]?.fee.amount);
  }, 120_000);
});
