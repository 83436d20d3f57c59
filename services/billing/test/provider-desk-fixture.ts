import { expect } from '@jest/globals';
import { startWechatPaySimulator, type WechatPaySimulator } from '@steward/payments/simulator';
import type { TestService } from '@steward/test-kit';

import { aColleague, act, see, type Estate } from './counter-fixture.ts';
import { aReadyOrder, type Order } from './provider-fixture.ts';

type Refund = { id: string; number: string; status: string; paidAt: string | null };

/** A desk beside a simulated provider, where things happen as late as here. */
export function providerDesk(service: () => TestService) {
  const simulators: WechatPaySimulator[] = [];
  let simulator: WechatPaySimulator;
  let there: Date;

  /** A further provider. */
  async function another(): Promise<WechatPaySimulator> {
    there = await service().now();
    const one = await startWechatPaySimulator(() => there);
    simulators.push(one);
    return one;
  }

  /** The provider at which orders are paid and refunds asked for from now on. */
  async function begin(): Promise<WechatPaySimulator> {
    simulator = await another();
    return simulator;
  }

  async function stop(): Promise<void> {
    for (const one of simulators) await one.stop();
  }

  async function move(to: { set: Date } | { advance: string }): Promise<void> {
    await service().move(to);
    there = await service().now();
  }

  /** The next time that clocks in Shanghai show this. */
  async function until(hour: number, minute = 0): Promise<void> {
    const now = await service().now();
    const next = new Date(now);
    next.setUTCHours(hour - 8, minute, 0, 0);
    while (next <= now) next.setUTCDate(next.getUTCDate() + 1);
    await move({ set: next });
  }

  const refundOf = (estate: Estate, id: string): Promise<Refund> =>
    see(service(), estate.cashier, 'refund', id, 'id number status paidAt');

  async function aPaidOrder(estate: Estate, amount: number): Promise<Order> {
    const ready = await aReadyOrder(service(), estate, amount);
    there = await service().now();
    expect(await simulator.pay(ready.number)).toEqual([204]);
    return ready;
  }

  const wanted = ({ communityId, billingAccountId }: Estate, paid: Order, amount: number): object => ({
    communityId,
    billingAccountId,
    source: 'ADVANCE',
    amount,
    means: 'WALLET',
    reasonCode: 'OVERPAID',
    providerPaymentId: paid.id,
  });

  /** A refund that the provider was asked for; answers our id and its number. */
  async function aSentRefund(estate: Estate, paid: Order, amount: number): Promise<{ id: string; theirs: string }> {
    const known = new Set(simulator.refunds.keys());
    const { id } = await act(service(), estate.cashier, 'requestRefund', wanted(estate, paid, amount));
    await act(service(), aColleague(estate, 'supervisor'), 'decideRefund', { id, isApproved: true });
    await act(service(), estate.cashier, 'payRefund', { id });
    await move({ advance: 'PT1S' });
    const theirs = [...simulator.refunds.keys()].find((number) => !known.has(number)) ?? '';
    expect(await refundOf(estate, id)).toMatchObject({ status: 'SENT', paidAt: null });
    expect(simulator.refunds.get(theirs)).toMatchObject({ order: paid.number, amount, state: 'PROCESSING' });
    return { id, theirs };
  }

  return { begin, another, stop, now: () => there, move, until, refundOf, wanted, aPaidOrder, aSentRefund };
}
