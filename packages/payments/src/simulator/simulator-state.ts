import { createHash, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

import { generate } from 'selfsigned';

export type Order = {
  number: string;
  amount: number;
  currency: string;
  notifyUrl: string;
  description: string;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REFUND';
  transactionId: string | null;
  paidAt: Date | null;
};

/** How a refund ends: done, closed without money, or stuck at the payer's bank until somebody sees to it. */
export type RefundEnd = 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

export type Refund = {
  number: string;
  order: string;
  amount: number;
  notifyUrl: string;
  state: 'PROCESSING' | RefundEnd;
  doneAt: Date | null;
};

export type Identity = { certificate: string; privateKey: string; serial: string; publicKey: KeyObject };

/** A certificate with its key, as both sides have one. */
export async function newIdentity(name: string): Promise<Identity> {
  const pems = await generate([{ name: 'commonName', value: name }], { keySize: 2048, algorithm: 'sha256' });
  const certificate = new X509Certificate(pems.cert);
  const serial = certificate.serialNumber.replace(/^0+/, '').toUpperCase();
  return { certificate: pems.cert, privateKey: pems.private, serial, publicKey: createPublicKey(pems.cert) };
}

const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

const columns =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';

/** The fee of a payment: 0.6 %, half up. */
export const feeOf = (amount: number): number => Math.floor((amount * 6 + 500) / 1000);

type Line = { at: Date; order: Order; refund: Refund | null };

function billRow({ at, order, refund }: Line): string {
  const fee = refund === null ? feeOf(order.amount) : -feeOf(refund.amount);
  const fields = [
    at.toISOString().slice(0, 19).replace('T', ' '),
    'wx-app',
    'mch',
    '',
    '',
    order.transactionId ?? '',
    order.number,
    'payer',
    'NATIVE',
    refund === null ? 'SUCCESS' : 'REFUND',
    'OTHERS',
    order.currency,
    refund === null ? yuan(order.amount) : '0.00',
    '0.00',
    refund === null ? '0' : `50${refund.number}`,
    refund?.number ?? '0',
    refund === null ? '0.00' : yuan(refund.amount),
    '0.00',
    refund === null ? '' : 'ORIGINAL',
    refund === null ? '' : 'SUCCESS',
    order.description,
    '',
    `${fee < 0 ? '-' : ''}${yuan(Math.abs(fee))}000`,
    '0.60%',
    refund === null ? yuan(order.amount) : '0.00',
    refund === null ? '0.00' : yuan(refund.amount),
    '',
  ];
  return fields.map((field) => `\`${field}`).join(',');
}

/** The trade bill of a day, in the provider's own form, with its hash. */
export function tradeBill(lines: readonly Line[]): { text: string; sha1: string } {
  const paid = lines.filter(({ refund }) => refund === null).reduce((sum, { order }) => sum + order.amount, 0);
  const back = lines.reduce((sum, { refund }) => sum + (refund?.amount ?? 0), 0);
  const sums = [String(lines.length), yuan(paid), yuan(back), '0.00', '0.00000', yuan(paid), yuan(back)];
  const head = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
  const text = [columns, ...lines.map(billRow), head, sums.map((sum) => `\`${sum}`).join(',')].join('\r\n');
  return { text, sha1: createHash('sha1').update(text).digest('hex') };
}
