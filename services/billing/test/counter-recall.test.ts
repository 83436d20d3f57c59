import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWechatPaySimulator } from '@steward/payments/simulator';
import type { TestService } from '@steward/test-kit';

import {
  aCharge,
  act,
  anEstate,
  answer,
  anUpload,
  aPayment,
  aSession,
  balance,
  bookFaults,
  list,
  reasons,
  see,
  startBilling,
  toldBy,
  type Estate,
} from './counter-fixture.ts';
import { localDay, moveToMorning } from './dunning-fixture.ts';
import { aMerchant, aReadyOrder } from './provider-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

async function aDesk(): Promise<Estate> {
  const estate = await anEstate(service);
  await aSession(service, estate);
  return estate;
}

const transfer = (estate: Estate, amount: number) =>
  aPayment(service, estate, amount, { means: 'TRANSFER', tendered: null, reference: 'TR 1' });

type Reopened = { chargeType: { code: string }; status: string; outstanding: { amount: number }; id: string };
const reopenedFields = 'reopenedCharges { id chargeType { code } status outstanding { amount } }';
type TakenBack = { reopenedCharges: Reopened[] };

const notPaid = async (estate: Estate, id: string): Promise<Reopened[]> => {
  const input = { id, reasonCode: 'NOT_PAID' };
  return (await answer<TakenBack>(service, estate.supervisor, 'voidPayment', input, reopenedFields)).reopenedCharges;
};

const spend = ({ communityId, billingAccountId, cashier }: Estate) =>
  act(service, cashier, 'applyAdvance', { communityId, billingAccountId }, 'id');

const books = async ({ communityId }: Estate, ...types: string[]): Promise<number[]> =>
  Promise.all(types.map((type) => balance(service, communityId, type)));

const owedOn = async (estate: Estate, id: string): Promise<[string, number]> => {
  type Seen = { status: string; outstanding: { amount: number } };
  const seen = await see<Seen>(service, estate.clerk, 'charge', id, 'status outstanding { amount }');
  return [seen.status, seen.outstanding.amount];
};

async function asked(estate: Estate, amount: number): Promise<string> {
  const { communityId, billingAccountId, clerk, director } = estate;
  const what = { communityId, billingAccountId, source: 'ADVANCE', amount, means: 'CASH', reasonCode: 'OVERPAID' };
  const { id } = await act(service, clerk, 'requestRefund', what);
  await act(service, director, 'decideRefund', { id, isApproved: true });
  return id;
}

const accounts = ['ADVANCE', 'RECEIVABLE', 'REFUND_PAYABLE'] as const;

describe('an advance of money that never came', () => {
  it('[A076] [B045] is gone where nothing of it was spent', async () => {
    const estate = await aDesk();
    const { id } = await transfer(estate, 1000);
    expect(await notPaid(estate, id)).toEqual([]);
    expect(await books(estate, ...accounts)).toEqual([0, 0, 0]);
    expect(await toldBy(service, id, 'advanceRecalled')).toEqual([]);
    expect(await bookFaults(service, estate)).toEqual([]);
  });

  it('[A076] [B045] partly spent opens as much of the newest charges as is short', async () => {
    const estate = await aDesk();
    const { id } = await transfer(estate, 1000);
    const own = await aPayment(service, estate, 300);
    const older = await aCharge(service, estate, 500);
    await moveToMorning(service);
    const newer = await aCharge(service, estate, 600);
    await spend(estate);
    expect(await books(estate, 'ADVANCE')).toEqual([-200]);
    // 300 in cash came: of 1,100 that were paid 800 are owed again, the newest first.
    const reopened = await notPaid(estate, id);
    expect(reopened).toMatchObject([
      { id: newer.id, status: 'OPEN', outstanding: { amount: 600 } },
      { id: older.id, status: 'OPEN', outstanding: { amount: 200 } },
    ]);
    expect(await books(estate, ...accounts)).toEqual([0, 800, 0]);
    expect(await toldBy(service, id, 'advanceRecalled')).toEqual(['cashier', 'supervisor']);
    expect(await bookFaults(service, estate)).toEqual([]);
    expect(await see(service, estate.clerk, 'payment', own.id, 'status')).toEqual({ status: 'RECEIVED' });
    await aPayment(service, estate, 800);
    expect([await owedOn(estate, older.id), await owedOn(estate, newer.id)]).toEqual([
      ['SETTLED', 0],
      ['SETTLED', 0],
    ]);
  });

  it('[A076] [B045] wholly spent opens all of it, dunning goes on, and a bounced cheque does the same', async () => {
    const estate = await aDesk();
    const { communityId, billingAccountId, supervisor, clerk } = estate;
    const first = await aCharge(service, estate, 400);
    await moveToMorning(service);
    const cases = () => list<{ status: string }>(service, clerk, 'dunningCases', { communityId }, 'status');
    expect(await cases()).toEqual([{ status: 'LISTED' }]);
    const second = await aCharge(service, estate, 600);
    const { id } = await aPayment(service, estate, 1000, {
      means: 'CHEQUE',
      tendered: null,
      reference: 'NR 1',
      allocations: [{ chargeId: second.id, amount: 600 }],
    });
    const proofFileIds = [await anUpload(service, supervisor, communityId)];
    const clearedOn = localDay(await service.now());
    const came = {
      communityId,
      payments: [{ paymentId: id }],
      amount: 1000,
      clearedOn,
      bankReference: 'ST',
      proofFileIds,
    };
    await answer(service, supervisor, 'clearMeans', came, 'payments { id }');
    await spend(estate);
    expect([await cases(), await owedOn(estate, first.id)]).toEqual([[{ status: 'SETTLED' }], ['SETTLED', 0]]);
    const input = { id, bankReference: 'RT 1', proofFileIds };
    const { reopenedCharges } = await answer<TakenBack>(service, supervisor, 'bounceMeans', input, reopenedFields);
    expect(reopenedCharges).toMatchObject([{ id: first.id, outstanding: { amount: 400 } }]);
    expect([await owedOn(estate, first.id), await owedOn(estate, second.id)]).toEqual([
      ['OPEN', 400],
      ['OPEN', 600],
    ]);
    expect([await cases(), await books(estate, ...accounts, 'CHEQUES')]).toEqual([
      [{ status: 'LISTED' }],
      [0, 1000, 0, 0],
    ]);
    expect(billingAccountId).toBe(estate.billingAccountId);
    expect(await bookFaults(service, estate)).toEqual([]);
  });

  it('[A076] [B045] spent and partly given back: what went out is owed like any debt', async () => {
    const estate = await aDesk();
    const { id } = await transfer(estate, 1000);
    const charge = await aCharge(service, estate, 600);
    await spend(estate);
    const refund = await asked(estate, 300);
    const input = { id, reasonCode: 'NOT_PAID' };
    const wide = await asked(estate, 100);
    await act(service, estate.cashier, 'payRefund', { id: refund });
    expect(await reasons(service, estate.supervisor, 'voidPayment', input)).toEqual(['PAYMENT_REFUNDED']);
    await act(service, estate.clerk, 'withdrawRefund', { id: wide });
    const reopened = await notPaid(estate, id);
    expect(reopened).toMatchObject([
      { id: charge.id, outstanding: { amount: 600 } },
      { chargeType: { code: 'RETURNED_REFUND' }, status: 'OPEN', outstanding: { amount: 300 } },
    ]);
    expect(await books(estate, ...accounts, 'REVENUE', 'BANK')).toEqual([0, 900, 0, -600, -50_000]);
    await aPayment(service, estate, 900);
    expect(await books(estate, ...accounts, 'REVENUE')).toEqual([0, 0, 0, -600]);
    expect(await bookFaults(service, estate)).toEqual([]);
  });
});

describe('what can be done with a payment', () => {
  it('[A076] is no void where the payment provider has the money', async () => {
    let there = await service.now();
    const simulator = await startWechatPaySimulator(() => there);
    try {
      const estate = await aMerchant(service, simulator);
      const order = await aReadyOrder(service, estate, 700);
      there = await service.now();
      await simulator.pay(order.number);
      type Paid = { payment: { id: string } };
      const { payment } = await see<Paid>(service, estate.clerk, 'providerPayment', order.id, 'payment { id }');
      const actions = 'availableActions { action allowed refusal { reason } }';
      expect(await see(service, estate.supervisor, 'payment', payment.id, actions)).toEqual({
        availableActions: [
          { action: 'voidPayment', allowed: false, refusal: { reason: 'PROVIDER_HAS_MONEY' } },
          { action: 'clearMeans', allowed: true, refusal: null },
          { action: 'bounceMeans', allowed: false, refusal: { reason: 'PROVIDER_HAS_MONEY' } },
        ],
      });
      const input = { id: payment.id, reasonCode: 'NOT_PAID' };
      expect(await reasons(service, estate.supervisor, 'voidPayment', input)).toEqual(['PROVIDER_HAS_MONEY']);
    } finally {
      await simulator.stop();
    }
  }, 60_000);
});
