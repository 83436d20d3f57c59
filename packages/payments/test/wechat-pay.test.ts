import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { createWechatPay, ProviderError, type PaymentProvider, type ProviderNotice } from '../src/index.ts';
import { startWechatPaySimulator, type WechatPaySimulator } from '../src/simulator/wechat-pay-simulator.ts';
import { authorization, isSignedBy, messageOf, open, seal } from '../src/wechat/signatures.ts';
import { minorUnits, readTradeBill } from '../src/wechat/trade-bill.ts';

let simulator: WechatPaySimulator;
let provider: PaymentProvider;
let merchant: Server;
let notifyUrl: string;
const notices: ProviderNotice[] = [];
let refusals: string[] = [];
/** How far the merchant's clock has moved on. */
let aheadMs = 0;
const aMinuteOn = (): void => void (aheadMs += 60_000);

beforeAll(async () => {
  simulator = await startWechatPaySimulator();
  provider = createWechatPay({ ...simulator.account, now: () => new Date(Date.now() + aheadMs) });
  merchant = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      provider.readNotice(request.headers as Record<string, string>, Buffer.concat(parts).toString()).then(
        (notice) => {
          notices.push(notice);
          response.writeHead(204).end();
        },
        (error: unknown) => {
          refusals.push((error as ProviderError).code);
          response.writeHead(401).end();
        },
      );
    });
  });
  await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve));
  notifyUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/notice`;
});
afterAll(async () => {
  await simulator?.stop();
  merchant.closeAllConnections();
  await new Promise<void>((resolve) => merchant.close(() => resolve()));
});
afterEach(() => {
  simulator.tamperAnswers(null);
  simulator.fail(null);
  notices.length = 0;
  refusals = [];
});

let orders = 0;
async function anOrder(amount = 12_345): Promise<string> {
  orders += 1;
  const orderNumber = `WX2026030200${orders}`;
  const expiresAt = new Date(Date.now() + 600_000);
  const order = { orderNumber, description: '物业费', amount, currency: 'CNY', expiresAt, notifyUrl };
  expect(await provider.createOrder(order)).toEqual({ codeUrl: `weixin://wxpay/bizpayurl?pr=${orderNumber}` });
  return orderNumber;
}

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'no refusal';
  } catch (error) {
    return error instanceof ProviderError ? error.code : String(error);
  }
};

describe('signatures', () => {
  it('are over method, path with query, time, nonce and body, each line ended', () => {
    expect(messageOf('GET', '/v3/certificates', 1554208460, 'n', '')).toBe('GET\n/v3/certificates\n1554208460\nn\n\n');
    const { merchantId, serialNumber, privateKey } = simulator.account;
    const call = { method: 'POST', target: '/v3/x?a=1', body: '{}', timestamp: 1 };
    const header = authorization({ merchantId, serialNumber, privateKey }, call);
    const [, once = '', signature = ''] = /nonce_str="(\w{32})",signature="([^"]+)"/.exec(header) ?? [];
    expect(header).toMatch(/^WECHATPAY2-SHA256-RSA2048 mchid="\d{10}",nonce_str=/);
    expect(isSignedBy(messageOf('POST', '/v3/x?a=1', 1, once, '{}'), signature, privateKey)).toBe(true);
    expect(isSignedBy(messageOf('POST', '/v3/x?a=2', 1, once, '{}'), signature, privateKey)).toBe(false);
  });

  it('come with sealed content that opens only unchanged and with the key', () => {
    const key = '0123456789abcdef0123456789abcdef';
    const sealed = seal('物业', key, 'certificate');
    expect(open(sealed, key)).toBe('物业');
    expect(() => open({ ...sealed, associated_data: 'other' }, key)).toThrow();
    expect(() => open(sealed, key.replace('0', '1'))).toThrow();
    expect(() => open({ ...sealed, algorithm: 'NONE' }, key)).toThrow();
  });
});

describe('createWechatPay', () => {
  it('follows an order from the code to the paid notice', async () => {
    const orderNumber = await anOrder();
    expect(await provider.queryOrder(orderNumber)).toMatchObject({
      state: 'OPEN',
      paidAt: null,
      transactionNumber: null,
    });
    expect(await simulator.pay(orderNumber, { times: 2 })).toEqual([204, 204]);
    const paid = {
      orderNumber,
      state: 'PAID',
      amount: 12_345,
      currency: 'CNY',
      transactionNumber: `42000${orderNumber}`,
    };
    expect(notices).toMatchObject([
      { kind: 'PAYMENT', order: paid },
      { kind: 'PAYMENT', order: paid },
    ]);
    expect(notices[0]?.id).toBe(notices[1]?.id);
    expect(await provider.queryOrder(orderNumber)).toMatchObject(paid);
    expect(await codeOf(provider.closeOrder(orderNumber))).toBe('ORDER_PAID');
  });

  it('closes an order that nobody pays, and repeats an order without a second one', async () => {
    const orderNumber = await anOrder();
    const order = {
      orderNumber,
      description: '物业费',
      amount: 12_345,
      currency: 'CNY',
      expiresAt: new Date(),
      notifyUrl,
    };
    await provider.createOrder(order);
    expect(await codeOf(provider.createOrder({ ...order, amount: 1 }))).toBe('OUT_TRADE_NO_USED');
    await provider.closeOrder(orderNumber);
    expect(await provider.queryOrder(orderNumber)).toMatchObject({ state: 'CLOSED' });
  });

  it('refunds once, whatever is repeated, and never more than was paid', async () => {
    const orderNumber = await anOrder(1000);
    await simulator.pay(orderNumber);
    const refund = {
      orderNumber,
      refundNumber: `R${orderNumber}`,
      amount: 600,
      total: 1000,
      currency: 'CNY',
      notifyUrl,
    };
    expect(await provider.refund(refund)).toMatchObject({ state: 'PROCESSING', amount: 600, doneAt: null });
    expect(await provider.refund(refund)).toMatchObject({ state: 'PROCESSING' });
    expect(await codeOf(provider.refund({ ...refund, refundNumber: 'other', amount: 401 }))).toBe('INVALID_REQUEST');
    expect(await simulator.finishRefund(refund.refundNumber)).toEqual([204]);
    expect(notices.at(-1)).toMatchObject({ kind: 'REFUND', refund: { state: 'DONE', amount: 600, orderNumber } });
    expect(await provider.queryRefund(refund.refundNumber)).toMatchObject({ state: 'DONE' });
    const closed = { ...refund, refundNumber: `C${orderNumber}`, amount: 400 };
    for (const [end, state] of [
      ['ABNORMAL', 'FAILED'],
      ['CLOSED', 'CLOSED'],
    ] as const) {
      await provider.refund(closed);
      await simulator.finishRefund(closed.refundNumber, { end });
      expect(notices.at(-1)).toMatchObject({ kind: 'REFUND', refund: { state, doneAt: null } });
      expect(await provider.queryRefund(closed.refundNumber)).toMatchObject({ state });
    }
    expect(await provider.refund({ ...closed, refundNumber: `D${orderNumber}` })).toMatchObject({ amount: 400 });
  });

  it('believes no notice that was changed, signed by somebody else, or old', async () => {
    const orderNumber = await anOrder();
    const changed = (body: string) => body.replace('TRANSACTION.SUCCESS', 'TRANSACTION.SUCCEsS');
    expect(await simulator.pay(orderNumber, { tamper: changed })).toEqual([401]);
    expect(await simulator.tellAgain(orderNumber, { age: 310 })).toEqual([401]);
    const stranger = await startWechatPaySimulator();
    const strangers = createWechatPay({ ...stranger.account, apiKey: simulator.account.apiKey });
    expect(await codeOf(strangers.queryOrder('x'))).not.toBe('no refusal');
    const order = { orderNumber, description: 'x', amount: 1, currency: 'CNY', expiresAt: new Date(), notifyUrl };
    await createWechatPay(stranger.account).createOrder(order);
    expect(await stranger.pay(orderNumber)).toEqual([401]);
    await stranger.stop();
    expect(refusals).toEqual(['SIGNATURE_INVALID', 'MESSAGE_TOO_OLD', 'CERTIFICATE_UNKNOWN']);
    const late = createWechatPay({ ...simulator.account, now: () => new Date(Date.now() + 301_000) });
    expect(await codeOf(late.queryOrder(orderNumber))).toBe('MESSAGE_TOO_OLD');
    expect(notices).toEqual([]);
  });

  it('believes no answer that was changed on the way', async () => {
    const orderNumber = await anOrder();
    simulator.tamperAnswers((body) => body.replace('NOTPAY', 'SUCCESS'));
    expect(await codeOf(provider.queryOrder(orderNumber))).toBe('SIGNATURE_INVALID');
  });

  it('takes a new certificate of the provider when it signs with one', async () => {
    const orderNumber = await anOrder();
    aMinuteOn();
    await simulator.rotate();
    expect(await simulator.pay(orderNumber)).toEqual([204]);
    await simulator.rotate();
    expect(await simulator.tellAgain(orderNumber)).toEqual([204]);
    await simulator.rotate();
    expect(await provider.queryOrder(orderNumber)).toMatchObject({ state: 'PAID' });
  });

  it('asks for certificates once a minute, whatever strangers send, and at once for answers to its own calls', async () => {
    const forged = (): Promise<string> => {
      const timestamp = String(Math.floor((Date.now() + aheadMs) / 1000));
      return codeOf(provider.readNotice({ 'wechatpay-serial': 'NOBODYS', 'wechatpay-timestamp': timestamp }, '{}'));
    };
    const orderNumber = await anOrder();
    aMinuteOn();
    expect(await forged()).toBe('CERTIFICATE_UNKNOWN');
    simulator.fail(503);
    expect(await forged()).toBe('CERTIFICATE_UNKNOWN');
    aMinuteOn();
    expect(await forged()).toBe('SYSTEM_ERROR');
    simulator.fail(null);
    await simulator.rotate();
    expect(await provider.queryOrder(orderNumber)).toMatchObject({ state: 'OPEN' });
  });

  it('says what may be tried again', async () => {
    simulator.fail(503);
    const error = await provider.queryOrder('x').catch((caught: unknown) => caught as ProviderError);
    expect(error).toMatchObject({ code: 'SYSTEM_ERROR', status: 503, isTemporary: true });
    simulator.fail(null);
    const unknown = await provider.queryOrder('x').catch((caught: unknown) => caught as ProviderError);
    expect(unknown).toMatchObject({ code: 'ORDER_NOT_EXIST', isTemporary: false });
    const nowhere = createWechatPay({ ...simulator.account, origin: 'http://127.0.0.1:9' });
    expect(await nowhere.queryOrder('x').catch((caught: unknown) => caught)).toMatchObject({
      code: 'PROVIDER_UNREACHABLE',
      isTemporary: true,
    });
  });
});

describe('the daily bill', () => {
  it('tells payments and refunds of a day with their fees', async () => {
    const mine = await startWechatPaySimulator(() => new Date());
    const merchantProvider = createWechatPay(mine.account);
    const order = {
      orderNumber: 'B1',
      description: '物业费,一季度',
      amount: 10_000,
      currency: 'CNY',
      expiresAt: new Date(),
      notifyUrl,
    };
    await merchantProvider.createOrder(order);
    await mine.pay('B1');
    await merchantProvider.refund({
      orderNumber: 'B1',
      refundNumber: 'RB1',
      amount: 500,
      total: 10_000,
      currency: 'CNY',
      notifyUrl,
    });
    await mine.finishRefund('RB1');
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(await merchantProvider.dailyBill(today)).toEqual([
      {
        kind: 'PAYMENT',
        orderNumber: 'B1',
        refundNumber: null,
        transactionNumber: '42000B1',
        amount: 10_000,
        currency: 'CNY',
        fee: 60,
      },
      {
        kind: 'REFUND',
        orderNumber: 'B1',
        refundNumber: 'RB1',
        transactionNumber: '42000B1',
        amount: 500,
        currency: 'CNY',
        fee: -3,
      },
    ]);
    expect(await merchantProvider.dailyBill('2020-01-01')).toEqual([]);
    await mine.stop();
  });

  it('is refused when lines are missing or an amount is none', () => {
    const text = '商户订单号,交易状态\r\n`A,`SUCCESS\r\n总交易单数\r\n`2';
    expect(() => readTradeBill(text)).toThrow('BILL_MALFORMED');
    expect(() => readTradeBill('商户订单号\r\n总交易单数\r\n`1')).toThrow('BILL_INCOMPLETE');
    expect(() => readTradeBill('商户订单号\r\n`A')).toThrow('BILL_MALFORMED');
    expect(['0', '0.05', '12.3', '-1.20'].map(minorUnits)).toEqual([0, 5, 1230, -120]);
    expect(() => minorUnits('1.234')).toThrow('BILL_MALFORMED');
  });
});
