import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startWechatPaySimulator, type WechatPaySimulator } from '@steward/payments/simulator';
import { eventually, startTestService, type TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';
import { aCharge, act, anEstate, answer, balance, factsOf, list, reasons, toldBy } from './counter-fixture.ts';
import { accountAt, aMerchant, aReadyOrder, orderOf, start } from './provider-fixture.ts';

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

describe('a payment by telephone', () => {
  it('goes from the code to the receipt, and is booked once however often it is told', async () => {
    const estate = await aMerchant(service, simulator);
    const { communityId } = estate;
    const charge = await aCharge(service, estate, 8800);
    const ready = await aReadyOrder(service, estate, 8800);
    expect(ready).toMatchObject({
      status: 'READY',
      codeUrl: `weixin://wxpay/bizpayurl?pr=${ready.number}`,
      payment: null,
    });
    expect(ready.number).toMatch(/^[A-Z0-9]{6,32}$/);
    expect(await simulator.pay(ready.number, { times: 3 })).toEqual([204, 204, 204]);
    expect(await orderOf(service, estate, ready.id)).toMatchObject({
      status: 'PAID',
      payment: { amount: { amount: 8800 }, means: 'WALLET', reference: `42000${ready.number}` },
    });
    expect(await list(service, estate.cashier, 'payments', { communityId }, 'id')).toHaveLength(1);
    expect(await balance(service, communityId, 'PROVIDER')).toBe(8800);
    expect((await factsOf(service, charge.id)).at(-1)).toMatchObject(['settled', { receiptNumber: 'W-00000001' }]);
  }, 60_000);

  it('believes nobody but the provider', async () => {
    const estate = await aMerchant(service, simulator);
    const ready = await aReadyOrder(service, estate, 100);
    expect(await simulator.pay(ready.number, { tamper: (body) => body.replace('transaction', 'transactiom') })).toEqual(
      [401],
    );
    expect((await orderOf(service, estate, ready.id)).status).toBe('READY');
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
    const estate = await aMerchant(service, simulator);
    const lost = await aReadyOrder(service, estate, 500);
    const idle = await aReadyOrder(service, estate, 600);
    // Paid, but the notice does not get through.
    const paid = simulator.orders.get(lost.number);
    Object.assign(paid ?? {}, { state: 'SUCCESS', paidAt: new Date(), transactionId: 'T1' });
    await service.move({ advance: 'PT16M' });
    expect(await orderOf(service, estate, lost.id)).toMatchObject({ status: 'PAID', payment: { reference: 'T1' } });
    expect(await orderOf(service, estate, idle.id)).toMatchObject({ status: 'CLOSED', payment: null });
    expect(simulator.orders.get(idle.number)?.state).toBe('CLOSED');
  }, 60_000);

  it('waits while the provider is out of reach, and says when it refuses', async () => {
    const estate = await aMerchant(service, simulator);
    simulator.fail(503);
    const { id } = await act(service, estate.resident, 'startProviderPayment', start(estate, 100));
    await service.move({ advance: 'PT1S' });
    expect((await orderOf(service, estate, id)).status).toBe('PREPARING');
    simulator.fail(null);
    await service.move({ advance: 'PT2M' });
    await eventually(async () => (await orderOf(service, estate, id)).status === 'READY', {
      what: 'the order is announced',
    });
    simulator.fail(403);
    const refused = await act(service, estate.resident, 'startProviderPayment', start(estate, 100));
    await service.move({ advance: 'PT1S' });
    expect(await orderOf(service, estate, refused.id)).toMatchObject({ status: 'FAILED', failure: 'SYSTEM_ERROR' });
  }, 60_000);

  it('books what the provider took, and tells the director when that is another sum', async () => {
    const estate = await aMerchant(service, simulator);
    const ready = await aReadyOrder(service, estate, 1000);
    Object.assign(simulator.orders.get(ready.number) ?? {}, { amount: 900 });
    expect(await simulator.pay(ready.number)).toEqual([204]);
    expect(await orderOf(service, estate, ready.id)).toMatchObject({
      status: 'PAID',
      payment: { amount: { amount: 900 } },
    });
    expect(await toldBy(service, ready.id, 'providerAmountDiffers')).toEqual(['director']);
  }, 60_000);

  it('is booked though the community takes no advances: the provider has the money', async () => {
    const estate = await aMerchant(service, simulator);
    await aCharge(service, estate, 300);
    const ready = await aReadyOrder(service, estate, 1000);
    const figure = { communityId: estate.communityId, policy: 'counter', key: 'takesAdvances', value: false };
    await answer(service, estate.director, 'setBillingPolicy', { ...figure, reason: '试行' }, '__typename');
    expect(await simulator.pay(ready.number)).toEqual([204]);
    const paid = await orderOf(service, estate, ready.id);
    expect(paid).toMatchObject({ status: 'PAID', payment: { amount: { amount: 1000 }, advance: { amount: 700 } } });
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(-700);
  }, 60_000);

  it('is not lost with the merchant: another one is set when no code of this one can be paid any more', async () => {
    const estate = await aMerchant(service, simulator);
    const { communityId, director } = estate;
    const ready = await aReadyOrder(service, estate, 400);
    const same = accountAt(service, simulator, communityId);
    const other = { ...same, merchantId: '1900009999' };
    expect(await reasons(service, director, 'setProviderAccount', other)).toEqual(['PROVIDER_WORK_OPEN']);
    await answer(service, director, 'setProviderAccount', same, 'isSet');
    expect(await simulator.pay(ready.number)).toEqual([204]);
    await answer(service, director, 'setProviderAccount', other, 'isSet');
  }, 60_000);

  it('is refused without an account at the provider, and keys are never shown', async () => {
    const estate = await anEstate(service);
    expect(await reasons(service, estate.resident, 'startProviderPayment', start(estate, 1))).toEqual([
      'PROVIDER_NOT_SET',
    ]);
    const merchant = await aMerchant(service, simulator);
    expect(await reasons(service, merchant.resident, 'startProviderPayment', start(merchant, 0))).toEqual([
      'AMOUNT_NOT_POSITIVE',
    ]);
    const [row] = await service.sql<{ private_key_sealed: string; api_key_sealed: string }>(
      'select private_key_sealed, api_key_sealed from provider_account where community_id = $1',
      [merchant.communityId],
    );
    expect(JSON.stringify(row)).not.toContain(simulator.account.apiKey);
    expect(JSON.stringify(row)).not.toContain('PRIVATE KEY');
    const elsewhere = { ...accountAt(service, simulator, merchant.communityId), apiOrigin: 'https://evil.example' };
    expect(await reasons(service, merchant.director, 'setProviderAccount', elsewhere)).toEqual([
      'PROVIDER_SETTING_MALFORMED',
    ]);
  }, 60_000);
});
