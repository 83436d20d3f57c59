import { createPrivateKey } from 'node:crypto';

import type { z } from 'zod';

import {
  ProviderError,
  type BillLine,
  type PaymentOrder,
  type PaymentProvider,
  type ProviderNotice,
  type RefundOrder,
} from '../payment-provider.ts';
import * as answers from './answers.ts';
import { PlatformCertificates } from './platform-certificates.ts';
import { open } from './signatures.ts';
import { checkBillHash, readTradeBill } from './trade-bill.ts';
import { call, type Answer, type Caller } from './wechat-call.ts';

/** A merchant's account at WeChat Pay. The private key and the APIv3 key are secrets. */
export type WechatPayAccount = {
  origin: string;
  appId: string;
  merchantId: string;
  /** Of the merchant's certificate. */
  serialNumber: string;
  /** PEM, PKCS #8. */
  privateKey: string;
  /** 32 characters, set by the merchant. */
  apiKey: string;
  /** Real time: the protocol measures the age of messages. */
  now?: () => Date;
};

const orderPath = '/v3/pay/transactions/out-trade-no';

/** The protocol wants whole seconds with an offset. */
const second = (at: Date): string => at.toISOString().replace(/\.\d{3}Z$/, '+00:00');

const parsed = <T>(schema: z.ZodType<T>, text: string): T => {
  const result = schema.safeParse(JSON.parse(text));
  if (!result.success) throw new ProviderError('ANSWER_MALFORMED');
  return result.data;
};

type Ask = (method: 'GET' | 'POST', target: string, input?: object) => Promise<string>;

/** Where a day's bill is; null: nothing was paid or given back on that day, so the provider has made none. */
async function findBill(ask: Ask, day: string): Promise<z.infer<typeof answers.billLink> | null> {
  try {
    return parsed(answers.billLink, await ask('GET', `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`));
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'NO_STATEMENT_EXIST') return null;
    throw error;
  }
}

async function fetchBill(caller: Caller, ask: Ask, day: string): Promise<BillLine[]> {
  const link = await findBill(ask, day);
  if (link === null) return [];
  const { origin, pathname, search } = new URL(link.download_url);
  if (origin !== new URL(caller.origin).origin) throw new ProviderError('BILL_ELSEWHERE');
  // The file itself is not signed; the link that says its hash is.
  const { body } = await call(caller, 'GET', `${pathname}${search}`);
  checkBillHash(body, { type: link.hash_type, value: link.hash_value });
  return readTradeBill(body);
}

/** WeChat Pay's API v3: Native payment (a code to scan), refunds, notices and the daily trade bill. */
export function createWechatPay(account: WechatPayAccount): PaymentProvider {
  const { appId, merchantId, apiKey, now = () => new Date() } = account;
  const caller: Caller = { ...account, now, privateKey: createPrivateKey(account.privateKey) };
  const fetchList = (): Promise<Answer> => call(caller, 'GET', '/v3/certificates');
  const certificates = new PlatformCertificates({ apiKey, fetchList, now });

  /** A call whose answer is believed only with the provider's signature. */
  const ask: Ask = async (method, target, input) => {
    const { headers, body } = await call(caller, method, target, input);
    await certificates.verifyAnswer(headers, body);
    return body;
  };

  const readNotice: PaymentProvider['readNotice'] = async (headers, body) => {
    await certificates.verifyNotice(headers, body);
    const { id, event_type: event, resource } = parsed(answers.notice, body);
    const text = open({ ...resource, associated_data: resource.associated_data ?? '' }, apiKey);
    if (event.startsWith('REFUND.'))
      return { id, kind: 'REFUND', refund: answers.refundState(parsed(answers.refund, text)) } satisfies ProviderNotice;
    return { id, kind: 'PAYMENT', order: answers.orderState(parsed(answers.transaction, text)) };
  };

  return {
    createOrder: async (order: PaymentOrder) => {
      const body = await ask('POST', '/v3/pay/transactions/native', {
        appid: appId,
        mchid: merchantId,
        description: order.description,
        out_trade_no: order.orderNumber,
        time_expire: second(order.expiresAt),
        notify_url: order.notifyUrl,
        amount: { total: order.amount, currency: order.currency },
      });
      return { codeUrl: parsed(answers.codeUrl, body).code_url };
    },
    queryOrder: async (orderNumber) => {
      const body = await ask('GET', `${orderPath}/${orderNumber}?mchid=${merchantId}`);
      return answers.orderState(parsed(answers.transaction, body));
    },
    closeOrder: async (orderNumber) => {
      await ask('POST', `${orderPath}/${orderNumber}/close`, { mchid: merchantId });
    },
    refund: async (refund: RefundOrder) => {
      const body = await ask('POST', '/v3/refund/domestic/refunds', {
        out_trade_no: refund.orderNumber,
        out_refund_no: refund.refundNumber,
        notify_url: refund.notifyUrl,
        amount: { refund: refund.amount, total: refund.total, currency: refund.currency },
      });
      return answers.refundState(parsed(answers.refund, body));
    },
    queryRefund: async (refundNumber) => {
      const body = await ask('GET', `/v3/refund/domestic/refunds/${refundNumber}`);
      return answers.refundState(parsed(answers.refund, body));
    },
    dailyBill: (day) => fetchBill(caller, ask, day),
    readNotice,
  };
}
