import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { WechatPayAccount } from '../wechat/wechat-pay.ts';
import { isSignedBy, messageOf, nonce, seal, sign } from '../wechat/signatures.ts';
import { newIdentity, tradeBill, type Identity, type Order, type Refund, type RefundEnd } from './simulator-state.ts';

/** How a notice goes out; the statuses that it was taken with are answered. */
export type Telling = {
  /** How often the same notice is sent; 0: it is lost. Once if absent. */
  times?: number;
  /** What becomes of its body on the way. */
  tamper?: (body: string) => string;
  /** Seconds since it was signed. */
  age?: number;
};

/** A WeChat Pay on this machine: signs, seals, refuses and notifies as the real one does, and takes no money. */
export type WechatPaySimulator = {
  /** What a merchant would be given, ready for `createWechatPay`. */
  account: WechatPayAccount;
  /** A payer scans and pays, and the provider tells so. */
  pay(orderNumber: string, telling?: Telling): Promise<number[]>;
  /** The provider tells anew that an order was paid, as it does until it is heard. */
  tellAgain(orderNumber: string, telling?: Telling): Promise<number[]>;
  /** A refund comes through, unless another end is named, and the provider tells so. */
  finishRefund(refundNumber: string, telling?: Telling & { end?: RefundEnd }): Promise<number[]>;
  /** The provider changes its certificate. */
  rotate(): Promise<void>;
  /** Answers of calls that follow are changed on the way. */
  tamperAnswers(change: ((body: string) => string) | null): void;
  /** Calls that follow fail with this status, and the code that the provider gives as the reason; null: no more. */
  fail(status: number | null, code?: string): void;
  orders: ReadonlyMap<string, Order>;
  refunds: ReadonlyMap<string, Refund>;
  stop(): Promise<void>;
};

type CreateInput = {
  out_trade_no: string;
  description: string;
  notify_url: string;
  amount: { total: number; currency: string };
};
type RefundInput = { out_trade_no: string; out_refund_no: string; notify_url: string; amount: { refund: number } };
type Refused = { status: number; code: string };
const refuse = (status: number, code: string): never => {
  throw { status, code } satisfies Refused;
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

class Simulator {
  readonly orders = new Map<string, Order>();
  readonly refunds = new Map<string, Refund>();
  readonly merchant: Identity;
  platform: Identity;
  origin = '';
  tamper: ((body: string) => string) | null = null;
  failing: Refused | null = null;
  readonly apiKey = randomBytes(16).toString('hex');
  readonly merchantId = String(1_600_000_000 + Math.floor(Math.random() * 1e6));
  readonly now: () => Date;

  constructor(merchant: Identity, platform: Identity, now: () => Date) {
    this.merchant = merchant;
    this.platform = platform;
    this.now = now;
  }

  /** In real time, whatever the clock of the orders says: that is how the age of a message is measured. */
  signed(body: string, age = 0): Record<string, string> {
    const timestamp = Math.floor(Date.now() / 1000) - age;
    const once = nonce();
    return {
      'Wechatpay-Timestamp': String(timestamp),
      'Wechatpay-Nonce': once,
      'Wechatpay-Serial': this.platform.serial,
      'Wechatpay-Signature': sign(messageOf(timestamp, once, body), this.platform.privateKey),
    };
  }

  /** A call without the merchant's valid signature is refused, as over there. */
  authenticate(request: IncomingMessage, body: string): void {
    const header = request.headers.authorization ?? '';
    const fields = new Map([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
    const at = (name: string): string => fields.get(name) ?? '';
    const message = messageOf(request.method ?? '', request.url ?? '', at('timestamp'), at('nonce_str'), body);
    const isOurs = at('mchid') === this.merchantId && at('serial_no') === this.merchant.serial;
    if (!isOurs || !isSignedBy(message, at('signature'), this.merchant.publicKey)) refuse(401, 'SIGN_ERROR');
  }

  route(method: string, url: URL, body: string): object | string {
    const path = url.pathname;
    const input = (body === '' ? {} : JSON.parse(body)) as CreateInput & RefundInput;
    if (method === 'GET' && path === '/v3/certificates') return this.certificates();
    if (method === 'POST' && path === '/v3/pay/transactions/native') return this.create(input);
    const order = /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)(\/close)?$/.exec(path);
    if (order !== null)
      return order[2] === undefined ? this.transaction(this.orderOf(order[1] ?? '')) : this.close(order[1] ?? '');
    if (method === 'POST' && path === '/v3/refund/domestic/refunds') return this.refund(input);
    const refund = /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/.exec(path);
    if (refund !== null) return this.refundView(this.refundOf(refund[1] ?? ''));
    if (path === '/v3/bill/tradebill') return this.billLink(url.searchParams.get('bill_date') ?? '');
    if (path === '/v3/billdownload/file') return this.bill(url.searchParams.get('token') ?? '').text;
    return refuse(404, 'RESOURCE_NOT_EXISTS');
  }

  certificates(): object {
    const { certificate, serial } = this.platform;
    return { data: [{ serial_no: serial, encrypt_certificate: seal(certificate, this.apiKey, 'certificate') }] };
  }

  create(input: CreateInput): object {
    const known = this.orders.get(input.out_trade_no);
    const { total, currency } = input.amount;
    if (!Number.isSafeInteger(total) || total < 1) return refuse(400, 'PARAM_ERROR');
    if (known !== undefined && (known.amount !== total || known.state !== 'NOTPAY'))
      return refuse(400, 'OUT_TRADE_NO_USED');
    const base = { number: input.out_trade_no, amount: total, currency, notifyUrl: input.notify_url };
    const order: Order = {
      ...base,
      description: input.description,
      state: 'NOTPAY',
      transactionId: null,
      paidAt: null,
    };
    this.orders.set(order.number, known ?? order);
    return { code_url: `weixin://wxpay/bizpayurl?pr=${order.number}` };
  }

  orderOf(number: string): Order {
    return this.orders.get(number) ?? refuse(404, 'ORDER_NOT_EXIST');
  }

  refundOf(number: string): Refund {
    return this.refunds.get(number) ?? refuse(404, 'RESOURCE_NOT_EXISTS');
  }

  transaction(order: Order): object {
    const { number, state, transactionId, paidAt, amount, currency } = order;
    const paid = paidAt === null ? {} : { transaction_id: transactionId, success_time: paidAt.toISOString() };
    return {
      mchid: this.merchantId,
      out_trade_no: number,
      trade_state: state,
      amount: { total: amount, currency },
      payer: { openid: 'payer' },
      ...paid,
    };
  }

  close(number: string): object {
    const order = this.orderOf(number);
    if (order.state === 'SUCCESS') return refuse(400, 'ORDER_PAID');
    order.state = 'CLOSED';
    return {};
  }

  refund(input: RefundInput): object {
    const order = this.orderOf(input.out_trade_no);
    const known = this.refunds.get(input.out_refund_no);
    if (known !== undefined) return this.refundView(known);
    const before = [...this.refunds.values()].filter((one) => one.order === order.number && one.state !== 'CLOSED');
    const refunded = before.reduce((sum, { amount }) => sum + amount, 0);
    if (order.paidAt === null || refunded + input.amount.refund > order.amount) return refuse(400, 'INVALID_REQUEST');
    const { out_refund_no: number, notify_url: notifyUrl } = input;
    const base = { number, order: order.number, amount: input.amount.refund, notifyUrl };
    const refund: Refund = { ...base, state: 'PROCESSING', doneAt: null };
    this.refunds.set(number, refund);
    order.state = 'REFUND';
    return this.refundView(refund);
  }

  refundView({ number, order, amount, state, doneAt }: Refund): object {
    const done = doneAt === null ? {} : { success_time: doneAt.toISOString() };
    return { out_refund_no: number, out_trade_no: order, status: state, amount: { refund: amount }, ...done };
  }

  bill(day: string): { text: string; sha1: string; lines: number } {
    const isOf = (at: Date | null): at is Date =>
      at !== null && new Date(at.getTime() + 8 * 3_600_000).toISOString().startsWith(day);
    const payments = [...this.orders.values()].flatMap((order) =>
      isOf(order.paidAt) ? [{ at: order.paidAt, order, refund: null }] : [],
    );
    const refunds = [...this.refunds.values()].flatMap((refund) =>
      isOf(refund.doneAt) ? [{ at: refund.doneAt, order: this.orderOf(refund.order), refund }] : [],
    );
    const lines = [...payments, ...refunds];
    return { ...tradeBill(lines), lines: lines.length };
  }

  billLink(day: string): object {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return refuse(400, 'PARAM_ERROR');
    const { sha1, lines } = this.bill(day);
    if (lines === 0) return refuse(400, 'NO_STATEMENT_EXIST');
    return { hash_type: 'SHA1', hash_value: sha1, download_url: `${this.origin}/v3/billdownload/file?token=${day}` };
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const send = (status: number, text: string): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...this.signed(text) });
      response.end(this.tamper === null ? text : this.tamper(text));
    };
    try {
      if (this.failing !== null) refuse(this.failing.status, this.failing.code);
      this.authenticate(request, body);
      const answer = this.route(request.method ?? '', new URL(request.url ?? '', this.origin), body);
      send(200, typeof answer === 'string' ? answer : JSON.stringify(answer));
    } catch (error) {
      const { status = 500, code = 'SYSTEM_ERROR' } = error as Partial<Refused>;
      send(status, JSON.stringify({ code, message: '模拟服务器拒绝' }));
    }
  }

  /** Sends a notice; answers the statuses it was taken with. */
  async notify(url: string, event: string, resource: object, telling: Telling = {}): Promise<number[]> {
    const sealed = seal(JSON.stringify(resource), this.apiKey, 'transaction');
    const notice = {
      id: randomBytes(16).toString('hex'),
      create_time: this.now().toISOString(),
      resource_type: 'encrypt-resource',
      event_type: event,
      summary: '',
      resource: { original_type: 'transaction', ...sealed },
    };
    const body = JSON.stringify(notice);
    const statuses: number[] = [];
    for (let time = 0; time < (telling.times ?? 1); time += 1) {
      const headers = { 'content-type': 'application/json', ...this.signed(body, telling.age) };
      const response = await fetch(url, { method: 'POST', headers, body: telling.tamper?.(body) ?? body });
      await response.arrayBuffer();
      statuses.push(response.status);
    }
    return statuses;
  }

  /** A notice of a payment says what was so when it was made, though the order went back since. */
  tellPaid(order: Order, telling?: Telling): Promise<number[]> {
    const resource = { ...this.transaction(order), trade_state: 'SUCCESS' };
    return this.notify(order.notifyUrl, 'TRANSACTION.SUCCESS', resource, telling);
  }

  tellRefund(refund: Refund, telling?: Telling): Promise<number[]> {
    const { status, ...view } = this.refundView(refund) as { status: string };
    return this.notify(refund.notifyUrl, `REFUND.${status}`, { ...view, refund_status: status }, telling);
  }
}

/** Starts the simulated server on 127.0.0.1 and a free port; `now` is when its orders are paid and its refunds done. */
export async function startWechatPaySimulator(now: () => Date = () => new Date()): Promise<WechatPaySimulator> {
  const simulator = new Simulator(await newIdentity('merchant'), await newIdentity('platform'), now);
  const server = createServer((request, response) => void simulator.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  simulator.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { merchant, merchantId, apiKey, origin } = simulator;
  const account = {
    origin,
    appId: 'wx-app',
    merchantId,
    serialNumber: merchant.serial,
    privateKey: merchant.privateKey,
    apiKey,
  };
  return {
    account,
    orders: simulator.orders,
    refunds: simulator.refunds,
    pay: (number, telling) => {
      const order = simulator.orderOf(number);
      Object.assign(order, { state: 'SUCCESS', paidAt: now(), transactionId: `42000${order.number}` });
      return simulator.tellPaid(order, telling);
    },
    tellAgain: (number, telling) => simulator.tellPaid(simulator.orderOf(number), telling),
    finishRefund: (number, { end = 'SUCCESS', ...telling } = {}) => {
      const refund = simulator.refundOf(number);
      Object.assign(refund, { state: end, doneAt: end === 'SUCCESS' ? now() : null });
      return simulator.tellRefund(refund, telling);
    },
    rotate: async () => {
      simulator.platform = await newIdentity('platform');
    },
    tamperAnswers: (change) => {
      simulator.tamper = change;
    },
    fail: (status, code = 'SYSTEM_ERROR') => {
      simulator.failing = status === null ? null : { status, code };
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
