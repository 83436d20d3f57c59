import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWechatPay } from '@steward/payments';
import { startWechatPaySimulator } from '@steward/payments/simulator';
import { eventually } from '@steward/test-kit';

import { demoTenants } from '../demo/accounts.ts';
import { auditDelivery } from './delivery-audit.ts';
import { accountAt, accountOf, setStage, type Stage } from './provider-stage.ts';
import {
  billsOf,
  chargesOf,
  dunningOf,
  ledger,
  open,
  paymentsOf,
  refusal,
  refundOf,
  settledBy,
  timelineOf,
  toldTo,
} from './provider-views.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
}, 300_000);

afterAll(() => stage?.stop());

describe('a payment from the telephone, through the gateway and back by its hook', () => {
  test('is set up by the director alone, and pays no debts of others', async () => {
    const { clerk, cashier, communityId, platform, simulator } = stage;
    const account = accountAt(simulator, communityId, platform.gatewayUrl);
    for (const who of [clerk, cashier])
      expect(await refusal(stage, who, 'setProviderAccount', account)).toBe('ACCESS_DENIED');
    const [one, other] = [stage.debtor(), stage.debtor()];
    const foreign = { communityId, billingAccountId: await accountOf(stage.graph, other), amount: 100 };
    expect(await refusal(stage, one.owner, 'startProviderPayment', foreign)).toBe('NOT_FOUND');
  });

  test('[A080] settles the arrears under one receipt, tells every service, and ends dunning', async () => {
    const { graph, clerk, simulator, platform } = stage;
    const debtor = stage.debtor();
    const listed = await dunningOf(stage, debtor);
    const reminder = { id: listed?.id, channel: 'PHONE', amount: debtor.owes, note: '已电话联系' };
    await graph.mutate(clerk, 'remindDebtor', reminder, 'dunningCase { id }');
    const running = (await dunningOf(stage, debtor))?.deadlines.filter(({ state }) => state === 'RUNNING');
    expect(running?.map(({ kind }) => kind)).toContain('FORMAL_LETTER');
    const order = await stage.order(debtor, debtor.owes);
    expect(order).toMatchObject({
      status: 'READY',
      codeUrl: `weixin://wxpay/bizpayurl?pr=${order.number}`,
      payment: null,
    });
    expect(simulator.orders.get(order.number)?.notifyUrl).toMatch(`${platform.gatewayUrl}/hooks/billing/`);
    expect(await simulator.pay(order.number)).toEqual([204]);
    const { status, payment } = await stage.look(debtor, order.id);
    expect([status, payment?.amount.amount, payment?.advance.amount]).toEqual(['PAID', debtor.owes, 0]);
    expect(payment?.receipt.number).toMatch(/^W-\d{8}$/);
    const receipt = payment?.receipt.number;
    expect(await chargesOf(stage, debtor)).toEqual([settledBy(receipt), settledBy(receipt)]);
    const ended = await dunningOf(stage, debtor);
    expect(ended).toMatchObject({ id: listed?.id, status: 'SETTLED' });
    expect(ended?.deadlines.filter(({ state }) => state === 'RUNNING')).toEqual([]);
    await stage.move({ advance: 'PT0S' });
    const codes = await timelineOf(stage, debtor);
    const times = (code: string): number => codes.filter((one) => one === code).length;
    expect(['PAYMENT_RECEIVED', 'CHARGE_SETTLED', 'DUNNING_CASE_SETTLED'].map(times)).toEqual([1, 2, 1]);
  });

  test('is believed to the provider alone, and booked once however often and however fast it is told', async () => {
    const { simulator } = stage;
    const debtor = stage.debtor();
    const order = await stage.order(debtor, debtor.owes);
    const { notifyUrl = '' } = simulator.orders.get(order.number) ?? {};
    const before = await ledger(stage, 'PROVIDER');
    const altered = (body: string): string => body.replace('"ciphertext":"', '"ciphertext":"A');
    expect(await simulator.pay(order.number, { tamper: altered })).toEqual([401]);
    // Of six minutes ago: overheard, and sent again.
    expect(await simulator.tellAgain(order.number, { age: 360 })).toEqual([401]);
    const stranger = await startWechatPaySimulator();
    try {
      const { number: orderNumber } = order;
      const about = { orderNumber, amount: debtor.owes, currency: 'CNY', description: 'x', notifyUrl };
      await createWechatPay(stranger.account).createOrder({ ...about, expiresAt: new Date() });
      expect(await stranger.pay(orderNumber)).toEqual([401]);
    } finally {
      await stranger.stop();
    }
    const elsewhere = await fetch(notifyUrl.replace(stage.communityId, debtor.unitId), { method: 'POST', body: '{}' });
    expect(elsewhere.status).toBe(404);
    expect([(await stage.look(debtor, order.id)).status, await ledger(stage, 'PROVIDER')]).toEqual(['READY', before]);
    const answers = await Promise.all([1, 2, 3].map(() => simulator.tellAgain(order.number, { times: 2 })));
    expect(answers).toEqual([1, 2, 3].map(() => [204, 204]));
    const { status, payment } = await stage.look(debtor, order.id);
    expect([status, payment?.amount.amount]).toEqual(['PAID', debtor.owes]);
    expect(await paymentsOf(stage, debtor)).toEqual([{ amount: debtor.owes, receipt: payment?.receipt.number }]);
    expect(await ledger(stage, 'PROVIDER')).toBe(before + debtor.owes);
  });

  test('counts once when its notice comes after the code has run out, and as what the provider took', async () => {
    const { simulator, director } = stage;
    const [late, differing] = [stage.debtor(), stage.debtor()];
    const lost = await stage.order(late, late.owes);
    const other = await stage.order(differing, differing.owes);
    Object.assign(simulator.orders.get(other.number) ?? {}, { amount: differing.owes - 1 });
    expect(await simulator.pay(other.number)).toEqual([204]);
    expect(await simulator.pay(lost.number, { times: 0 })).toEqual([]);
    expect((await stage.look(late, lost.id)).status).toBe('READY');
    // Nobody pays twice: the provider is asked before the code is closed.
    await stage.move({ advance: 'PT16M' });
    const { status, payment } = await stage.look(late, lost.id);
    expect(status).toBe('PAID');
    expect(await simulator.tellAgain(lost.number)).toEqual([204]);
    expect(await paymentsOf(stage, late)).toEqual([{ amount: late.owes, receipt: payment?.receipt.number }]);
    expect(await paymentsOf(stage, differing)).toMatchObject([{ amount: differing.owes - 1 }]);
    const left = (await chargesOf(stage, differing)).filter((charge) => charge.status === 'OPEN');
    expect(left).toEqual([open(1)]);
    expect(await toldTo(stage, director, other.id)).toEqual(['providerAmountDiffers']);
  });

  test('is told again by the provider when billing was killed, and books what it missed', async () => {
    const { simulator, platform } = stage;
    const debtor = stage.debtor();
    const order = await stage.order(debtor, debtor.owes);
    const restarted = platform.kill('billing');
    expect(await simulator.pay(order.number)).toEqual([503]);
    await restarted;
    const isTaken = async (): Promise<boolean> => (await simulator.tellAgain(order.number)).includes(204);
    await eventually(isTaken, { timeoutMs: 60_000, what: 'billing takes the notice' });
    const { status, payment } = await stage.look(debtor, order.id);
    expect([status, payment?.amount.amount]).toEqual(['PAID', debtor.owes]);
    expect(await simulator.tellAgain(order.number)).toEqual([204]);
    expect(await paymentsOf(stage, debtor)).toHaveLength(1);
    const receipt = payment?.receipt.number;
    expect(await chargesOf(stage, debtor)).toEqual([settledBy(receipt), settledBy(receipt)]);
  }, 180_000);

  test('[A018] goes back the way it came, asked for by one and allowed by another', async () => {
    const { graph, simulator, cashier, communityId, supervisors } = stage;
    const [maker, checker] = supervisors;
    const debtor = stage.debtor();
    const tooMuch = 4000;
    const paid = await stage.order(debtor, debtor.owes + tooMuch);
    await simulator.pay(paid.number);
    const before = await ledger(stage, 'PROVIDER');
    const asked = {
      communityId,
      billingAccountId: await accountOf(graph, debtor),
      source: 'ADVANCE',
      amount: tooMuch,
      means: 'WALLET',
      reasonCode: 'OVERPAID',
      providerPaymentId: paid.id,
    };
    type Asked = { refund: { id: string } };
    const { refund } = await graph.mutate<Asked>(maker, 'requestRefund', asked, 'refund { id }');
    const decision = { id: refund.id, isApproved: true };
    expect(await refusal(stage, maker, 'decideRefund', decision)).toBe('OWN_REQUEST');
    expect(await refusal(stage, cashier, 'payRefund', { id: refund.id })).toBe('ILLEGAL_TRANSITION');
    await graph.mutate(checker, 'decideRefund', decision, 'refund { id }');
    await graph.mutate(cashier, 'payRefund', { id: refund.id }, 'refund { id }');
    await stage.move({ advance: 'PT1S' });
    expect(await refundOf(stage, debtor, refund.id)).toBe('SENT');
    const [theirs] = [...simulator.refunds.values()].filter((one) => one.order === paid.number);
    expect(theirs).toMatchObject({ amount: tooMuch, state: 'PROCESSING' });
    // The notice of the payment comes once more, out of order; then that of the refund, twice.
    expect(await simulator.tellAgain(paid.number)).toEqual([204]);
    expect(await simulator.finishRefund(theirs?.number ?? '', { times: 2 })).toEqual([204, 204]);
    expect(await simulator.tellAgain(paid.number)).toEqual([204]);
    expect(await refundOf(stage, debtor, refund.id)).toBe('PAID');
    expect(await paymentsOf(stage, debtor)).toMatchObject([{ amount: debtor.owes + tooMuch }]);
    expect(await ledger(stage, 'PROVIDER')).toBe(before - tooMuch);
    await stage.move({ advance: 'PT0S' });
    expect((await timelineOf(stage, debtor)).filter((code) => code === 'REFUND_PAID')).toHaveLength(1);
  });
});

describe('the day after', () => {
  test('the file of the provider agrees in all but what was made to differ, and the books are whole', async () => {
    const { simulator, director, platform, communityId } = stage;
    const missing = stage.debtor();
    const [dearer, absent] = [await stage.order(missing, 600), await stage.order(missing, 700)];
    for (const { number } of [dearer, absent]) expect(await simulator.pay(number)).toEqual([204]);
    Object.assign(simulator.orders.get(dearer.number) ?? {}, { amount: 601 });
    Object.assign(simulator.orders.get(absent.number) ?? {}, { paidAt: null });
    const stray = { orderNumber: 'STRAY00001', amount: 800, currency: 'CNY', description: 'x', notifyUrl: 'none' };
    await createWechatPay(simulator.account).createOrder({ ...stray, expiresAt: new Date() });
    await simulator.pay(stray.orderNumber, { times: 0 });
    const expected = [
      { reason: 'AMOUNT', number: dearer.number, ours: { amount: 600 }, theirs: { amount: 601 } },
      { reason: 'NOT_OURS', number: stray.orderNumber, ours: { amount: 0 }, theirs: { amount: 800 } },
      { reason: 'NOT_THEIRS', number: absent.number, ours: { amount: 700 }, theirs: { amount: 0 } },
    ];
    await stage.move({ set: '2026-03-04T04:00:00Z' });
    const [day, quiet] = await billsOf(stage);
    expect(day?.on).toBe('2026-03-03');
    expect(day?.differences.toSorted((one, other) => one.reason.localeCompare(other.reason))).toEqual(expected);
    // The day before nobody had paid yet, and the provider has no file of it.
    expect(quiet).toMatchObject({ on: '2026-03-02', lineCount: 0, differences: [] });
    expect(await ledger(stage, 'EXPENSE')).toBe(day?.fee.amount);
    expect(await toldTo(stage, director, null)).toContain('providerBillDiffers');
    const document = 'query ($id: ID!) { verifyLedger(communityId: $id) { isIntact findings { finding } } }';
    expect(await stage.graph.graphql(director, document, { id: communityId })).toEqual({
      verifyLedger: { isIntact: true, findings: [] },
    });
    const { billing, residents } = await auditDelivery(platform, demoTenants.a.id);
    expect(billing).toMatchObject({ unsent: 0, broken: [], parked: [], behind: [] });
    expect(residents).toMatchObject({ unsent: 0, broken: [], parked: [], behind: [] });
  });
});
