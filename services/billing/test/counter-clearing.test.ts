import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWechatPaySimulator } from '@steward/payments/simulator';
import type { TestService } from '@steward/test-kit';

import { clearingDesk } from './clearing-fixture.ts';
import {
  aCharge,
  act,
  anUpload,
  aPayment,
  aPaymentInput,
  askDecorationSum,
  chargesFor,
  drawnForFloat,
  list,
  reasons,
  see,
  startBilling,
  type Estate,
} from './counter-fixture.ts';
import { moveToMorning } from './dunning-fixture.ts';
import { aMerchant, aReadyOrder } from './provider-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

const { aDesk, today, promised, signed, refusedTo, came, bounce, paymentOf, books, owedOn } = clearingDesk(
  () => service,
);

const refund = ({ communityId, billingAccountId }: Estate, amount: number, chargeId: string | null) => ({
  communityId,
  billingAccountId,
  source: chargeId === null ? 'ADVANCE' : 'CHARGE',
  chargeId,
  amount,
  means: 'TRANSFER',
  reasonCode: 'OVERPAID',
});

describe('a cheque', () => {
  it('[B045] is no money before the bank has it: nothing of it is spent or given back', async () => {
    const estate = await aDesk();
    const { communityId, billingAccountId, clerk, cashier } = estate;
    const charge = await aCharge(service, estate, 1000);
    const { id } = await promised(estate, 1500, 'CHEQUE');
    expect([await owedOn(estate, charge.id), await books(estate, 'CHEQUES', 'BANK')]).toEqual([0, [1500, 0]]);
    expect(await reasons(service, clerk, 'requestRefund', refund(estate, 1, charge.id))).toEqual([
      'REFUND_EXCEEDS_BALANCE',
    ]);
    expect(await reasons(service, clerk, 'requestRefund', refund(estate, 1, null))).toEqual(['REFUND_EXCEEDS_BALANCE']);
    await aCharge(service, estate, 400);
    expect(await reasons(service, cashier, 'applyAdvance', { communityId, billingAccountId })).toEqual([
      'NOTHING_TO_APPLY',
    ]);
    await came(estate, [id], 1500);
    expect(await books(estate, 'CHEQUES', 'BANK')).toEqual([0, 1500]);
    await act(service, cashier, 'applyAdvance', { communityId, billingAccountId }, 'id');
    expect(await books(estate, 'ADVANCE', 'RECEIVABLE')).toEqual([-100, 0]);
    await act(service, clerk, 'requestRefund', refund(estate, 1000, charge.id));
  });

  it('[B045] is said to have come once, whole, with the statement, by another hand', async () => {
    const estate = await aDesk();
    const { id } = await promised(estate, 1500, 'CHEQUE');
    const { supervisor, cashier } = estate;
    expect(await refusedTo(estate, cashier, [id], 1500)).toEqual(['OWN_PAYMENT']);
    expect(await refusedTo(estate, supervisor, [id], 1500, { proofFileIds: [] })).toEqual(['PROOF_REQUIRED']);
    expect(await refusedTo(estate, supervisor, [id], 1500, { bankReference: ' ' })).toEqual(['REFERENCE_REQUIRED']);
    expect(await refusedTo(estate, supervisor, [id], 1499)).toEqual(['CLEARED_AMOUNT_DIFFERS']);
    expect(await refusedTo(estate, supervisor, [id, id], 3000)).toEqual(['PAYMENTS_UNFIT']);
    expect(await refusedTo(estate, supervisor, [], 0)).toEqual(['PAYMENTS_UNFIT']);
    const kept = { payments: [{ paymentId: id, withheldAmount: 1 }] };
    expect(await refusedTo(estate, supervisor, [id], 1499, kept)).toEqual(['WITHHELD_UNFIT']);
    expect(await refusedTo(estate, supervisor, [id], 1500, { place: 'TILL' })).toEqual(['NOT_COLLECTED_AT_TILL']);
    for (const clearedOn of ['2020-01-01', '2099-01-01'])
      expect(await refusedTo(estate, supervisor, [id], 1500, { clearedOn })).toEqual(['CLEARING_DAY_UNFIT']);
    const stranger = await aDesk();
    expect(await refusedTo(estate, supervisor, [(await promised(stranger, 1, 'CHEQUE')).id], 1)).toEqual([
      'PAYMENT_UNKNOWN',
    ]);
    expect((await paymentOf(estate, id)).availableActions).toMatchObject([
      { action: 'voidPayment', allowed: true },
      { action: 'clearMeans', allowed: true },
      { action: 'bounceMeans', allowed: true },
    ]);
    await came(estate, [id], 1500);
    expect(await paymentOf(estate, id)).toMatchObject({
      status: 'RECEIVED',
      clearing: { outcome: 'CLEARED', place: 'BANK', bankReference: 'ST 7', withheld: { amount: 0 } },
      availableActions: [{ allowed: false }, { allowed: false }, { action: 'bounceMeans', allowed: true }],
    });
    expect(await refusedTo(estate, supervisor, [id], 1500)).toEqual(['CLEARED_ALREADY']);
    expect(await reasons(service, supervisor, 'voidPayment', { id, reasonCode: 'NOT_PAID' })).toEqual([
      'CLEARED_ALREADY',
    ]);
    const cash = await aPayment(service, estate, 100);
    expect(await refusedTo(estate, supervisor, [cash.id], 100)).toEqual(['NOTHING_TO_CLEAR']);
  });

  it('[B045] that bounces is a void payment, before the bank had it and after', async () => {
    const estate = await aDesk();
    const charge = await aCharge(service, estate, 1000);
    const first = await promised(estate, 1200, 'CHEQUE');
    await bounce(estate, first.id);
    expect(await paymentOf(estate, first.id)).toMatchObject({ status: 'VOIDED', clearing: { outcome: 'BOUNCED' } });
    expect([await owedOn(estate, charge.id), await books(estate, 'CHEQUES', 'ADVANCE')]).toEqual([1000, [0, 0]]);
    const second = await promised(estate, 1000, 'CHEQUE');
    await came(estate, [second.id], 1000);
    await bounce(estate, second.id);
    expect([await owedOn(estate, charge.id), await books(estate, 'CHEQUES', 'BANK')]).toEqual([1000, [0, 0]]);
    const cash = await aPayment(service, estate, 100);
    const input = { id: cash.id, bankReference: 'RT 1', proofFileIds: [] };
    expect(await reasons(service, estate.supervisor, 'bounceMeans', input)).toEqual(['NOTHING_TO_CLEAR']);
  });
});

describe('a card', () => {
  it('[B045] comes less the fee of its acquirer, several at once', async () => {
    const estate = await aDesk();
    const [one, other] = [await promised(estate, 10_000, 'CARD'), await promised(estate, 5000, 'CARD')];
    const payments = [{ paymentId: one.id, withheldAmount: 60 }, { paymentId: other.id }];
    await came(estate, [], 14_940, { payments });
    expect(await books(estate, 'CARD_CLEARING', 'BANK', 'EXPENSE')).toEqual([0, 14_940, 60]);
    const open = { communityId: estate.communityId, means: ['CARD', 'CHEQUE'], isCleared: false };
    const third = await promised(estate, 700, 'CARD');
    expect(await list(service, estate.clerk, 'payments', open, 'id')).toEqual([{ id: third.id }]);
  });
});

describe('a payment by telephone', () => {
  it('[B045] comes less what the provider’s own file has booked, and not less than that', async () => {
    let there = await service.now();
    const simulator = await startWechatPaySimulator(() => there);
    try {
      const estate = await aMerchant(service, simulator);
      const order = await aReadyOrder(service, estate, 10_000);
      there = await service.now();
      await simulator.pay(order.number);
      type Paid = { payment: { id: string } };
      const { payment } = await see<Paid>(service, estate.clerk, 'providerPayment', order.id, 'payment { id }');
      const kept = (withheldAmount: number) => ({ payments: [{ paymentId: payment.id, withheldAmount }] });
      expect(await refusedTo(estate, estate.supervisor, [], 9940, kept(60))).toEqual(['WITHHELD_NOT_BOOKED']);
      const noon = new Date(there.getTime() + 86_400_000);
      noon.setUTCHours(4, 0, 0, 0);
      there = noon;
      await service.move({ set: noon });
      expect(await books(estate, 'EXPENSE', 'PROVIDER')).toEqual([60, 9940]);
      expect(await refusedTo(estate, estate.supervisor, [], 9939, kept(61))).toEqual(['WITHHELD_NOT_BOOKED']);
      await came(estate, [], 9940, kept(60));
      // Nothing was drawn here: no till is open.
      expect(await books(estate, 'EXPENSE', 'PROVIDER', 'BANK')).toEqual([60, 0, 9940 + drawnForFloat]);
    } finally {
      await simulator.stop();
    }
  }, 60_000);
});

describe('what is signed for', () => {
  const statistics = `query ($communityId: ID!, $from: LocalDate!, $to: LocalDate!) {
    collectionStatistics(communityId: $communityId, from: $from, to: $to) {
      charged { amount } collected { amount } received { amount } arrears { amount { amount } } } }`;
  type Figures = { collectionStatistics: Record<'charged' | 'collected' | 'received', { amount: number }> };
  const figures = async ({ analyst, communityId }: Estate, from: string, to: string) =>
    (await service.ok<Figures>(analyst, statistics, { communityId, from, to })).collectionStatistics;
  const cases = (estate: Estate) =>
    list<{ status: string; listedAmount: { amount: number } }>(
      service,
      estate.clerk,
      'dunningCases',
      { communityId: estate.communityId },
      'status listedAmount { amount }',
    );

  it('[B045] is owed still, and dunned, until it is collected at the till', async () => {
    const estate = await aDesk();
    const charge = await aCharge(service, estate, 2000);
    const from = await today();
    const beyond = aPaymentInput(estate, 2001, {
      means: 'ON_ACCOUNT',
      tendered: null,
      proofFileIds: [await anUpload(service, estate.cashier, estate.communityId)],
    });
    expect(await reasons(service, estate.cashier, 'recordPayment', beyond)).toEqual(['ADVANCE_NOT_TAKEN']);
    const { id } = await signed(estate, 2000);
    expect([await owedOn(estate, charge.id), await books(estate, 'SIGNED_BILLS')]).toEqual([0, [2000]]);
    await moveToMorning(service);
    const to = await today();
    expect(await cases(estate)).toMatchObject([{ status: 'LISTED', listedAmount: { amount: 2000 } }]);
    const open = { charged: { amount: 2000 }, collected: { amount: 0 }, received: { amount: 0 } };
    expect(await figures(estate, from, to)).toMatchObject({ ...open, arrears: { amount: { amount: 2000 } } });
    await aCharge(service, estate, 300);
    await aPayment(service, estate, 300);
    expect(await cases(estate)).toMatchObject([{ status: 'LISTED' }]);
    const atTill = { place: 'TILL', bankReference: null, proofFileIds: [], clearedOn: from };
    expect(await refusedTo(estate, estate.cashier, [id], 2000, atTill)).toEqual(['NOT_COLLECTED_AT_TILL']);
    expect(await refusedTo(estate, estate.supervisor, [id], 2000, { ...atTill, clearedOn: to })).toEqual([
      'SESSION_REQUIRED',
    ]);
    await came(estate, [id], 2000, { ...atTill, clearedOn: to }, estate.cashier);
    expect(await books(estate, 'SIGNED_BILLS', 'CASH_IN_HAND')).toEqual([0, 52_300]);
    expect(await cases(estate)).toMatchObject([{ status: 'SETTLED' }]);
    await moveToMorning(service);
    const done = { collected: { amount: 2300 }, received: { amount: 2300 }, arrears: { amount: { amount: 0 } } };
    expect(await figures(estate, from, await today())).toMatchObject(done);
    const back = {
      id,
      bankReference: 'RT 1',
      proofFileIds: [await anUpload(service, estate.supervisor, estate.communityId)],
    };
    expect(await reasons(service, estate.supervisor, 'bounceMeans', back)).toEqual(['COLLECTED_AT_TILL']);
  });

  it('[B045] does not end the dunning of what it is signed for; at the bank it comes whole', async () => {
    const estate = await aDesk();
    await aCharge(service, estate, 1000);
    await moveToMorning(service);
    const { id } = await signed(estate, 1000);
    expect(await cases(estate)).toMatchObject([{ status: 'LISTED' }]);
    const kept = { payments: [{ paymentId: id, withheldAmount: 1 }] };
    expect(await refusedTo(estate, estate.supervisor, [id], 999, kept)).toEqual(['WITHHELD_UNFIT']);
    await came(estate, [id], 1000);
    expect(await cases(estate)).toMatchObject([{ status: 'SETTLED' }]);
  });

  it('[B045] [A225] a deposit on account is given back in money only after it was collected', async () => {
    const estate = await aDesk();
    const { communityId, billingAccountId, clerk } = estate;
    const decoration = await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 200_000);
    const [deposit] = await chargesFor(service, clerk, decoration);
    const proofFileIds = [await anUpload(service, estate.cashier, communityId)];
    const { id } = await promised(estate, 200_000, 'ON_ACCOUNT', { proofFileIds });
    const what = { communityId, billingAccountId, source: 'DEPOSIT', chargeId: deposit?.id, amount: 200_000 };
    const wanted = { ...what, means: 'TRANSFER', reasonCode: 'WORKS_PASSED' };
    expect(await reasons(service, clerk, 'requestRefund', wanted)).toEqual(['REFUND_EXCEEDS_BALANCE']);
    await came(estate, [id], 200_000);
    await act(service, clerk, 'requestRefund', wanted);
  });
});
