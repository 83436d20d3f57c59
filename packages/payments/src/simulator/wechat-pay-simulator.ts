import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { WechatPayAccount } from '../wechat/wechat-pay.ts';
import { isSignedBy, messageOf, nonce, seal, sign } from '../wechat/signatures.ts';
import { newIdentity, tradeBill, type Identity, type Order, type Refund } from './simulator-state.ts';

/** A WeChat Pay on this machine: signs, seals, refuses and notifies as the real one does, and takes no money. */
export type WechatPaySimulator = {
  /** What a merchant would be given, ready for `createWechatPay`. */
  account: WechatPayAccount;
  /** A payer scans and pays; the notice goes out as often as `times` says. Answers the statuses of the notices. */
  pay(orderNumber: string, options?: { times?: number; tamper?: (body: string) => string }): Promise<number[]>;
  /** A refund comes through; the notice goes out. */
  finishRefund(refundNumber: string): Promise<number[]>;
  /** The provider changes its certificate. */
  rotate(): Promise<void>;
  /** Answers of calls that follow are changed on the way. */
  tamperAnswers(change: ((body: string) => string) | null): void;
  /** Calls that follow fail with this status; null: no more. */
  fail(status: number | null): void;
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
  failing: number | null = null;
  readonly apiKey = randomBytes(16).toString('hex');
  readonly merchantId = String(1_600_000_000 + Math.floor(Math.random() * 1e6));
  readonly now: () => Date;

  constructor(merchant: Identity, platform: Identity, now: () => Date) {
    this.merchant = merchant;
    this.platform = platform;
    this.now = now;
  }

  signed(body: string): Record<string, string> {
    const timestamp = Math.floor(this.now().getTime() / 1000);
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
    const before = [...this.refunds.values()].filter((one) => one.order === order.number);
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

  bill(day: string): { text: string; sha1: string } {
    const isOf = (at: Date | null): at is Date =>
      at !== null && new Date(at.getTime() + 8 * 3_600_000).toISOString().startsWith(day);
    const payments = [...this.orders.values()].flatMap((order) =>
      isOf(order.paidAt) ? [{ at: order.paidAt, order, refund: null }] : [],
    );
    const refunds = [...this.refunds.values()].flatMap((refund) =>
      isOf(refund.doneAt) ? [{ at: refund.doneAt, order: this.orderOf(refund.order), refund }] : [],
    );
    return tradeBill([...payments, ...refunds]);
  }

  billLink(day: string): object {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return refuse(400, 'PARAM_ERROR');
    const { sha1 } = this.bill(day);
    return { hash_type: 'SHA1', hash_value: sha1, download_url: `${this.origin}/v3/billdownload/file?token=${day}` };
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const send = (status: number, text: string): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...this.signed(text) });
      response.end(this.tamper === null ? text : this.tamper(text));
    };
    try {
      if (this.failing !== null) refuse(this.failing, 'SYSTEM_ERROR');
      this.authenticate(request, body);
      const answer = this.route(request.method ?? '', new URL(request.url ?? '', this.origin), body);
      send(200, typeof answer === 'string' ? answer : JSON.stringify(answer));
    } catch (error) {
      const { status = 500, code = 'SYSTEM_ERROR' } = error as Partial<Refused>;
      send(status, JSON.stringify({ code, message: '模拟服务器拒绝' }));
    }
  }

  /** Sends a notice; answers the status it was taken with. */
  async notify(
    url: string,
    event: string,
    resource: object,
    options: { times?: number; tamper?: (body: string) => string } = {},
  ) {
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
    for (let time = 0; time < (options.times ?? 1); time += 1) {
      const headers = { 'content-type': 'application/json', ...this.signed(body) };
      const response = await fetch(url, { method: 'POST', headers, body: options.tamper?.(body) ?? body });
      await response.arrayBuffer();
      statuses.push(response.status);
    }
    return statuses;
  }
}

/** Starts the simulated server on 127.0.0.1 and a free port. */
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
    pay: (number, options) => {
      const order = simulator.orderOf(number);
      Object.assign(order, { state: 'SUCCESS', paidAt: now(), transactionId: `42000${order.number}` });
      return simulator.notify(order.notifyUrl, 'TRANSACTION.SUCCESS', simulator.transaction(order), options);
    },
    finishRefund: (number) => {
      const refund = simulator.refundOf(number);
      Object.assign(refund, { state: 'SUCCESS', doneAt: now() });
      const { status, ...view } = simulator.refundView(refund) as { status: string };
      return simulator.notify(refund.notifyUrl, 'REFUND.SUCCESS', { ...view, refund_status: status });
    },
    rotate: async () => {
      simulator.platform = await newIdentity('platform');
    },
    tamperAnswers: (change) => {
      simulator.tamper = change;
    },
    fail: (status) => {
      simulator.failing = status;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
