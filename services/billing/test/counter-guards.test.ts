import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { decorationRefundRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import {
  aCharge,
  aColleague,
  act,
  anEstate,
  answer,
  anUpload,
  aPayment,
  aPaymentInput,
  aSession,
  askDecorationSum,
  balance,
  chargesFor,
  fillSafe,
  list,
  pieces,
  reasons,
  see,
  startBilling,
  usualFloat,
  type Estate,
} from './counter-fixture.ts';
import { localDay } from './dunning-fixture.ts';

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

const books = ({ communityId }: Estate, ...types: string[]): Promise<number[]> =>
  Promise.all(types.map((type) => balance(service, communityId, type)));

const refund = ({ communityId, billingAccountId }: Estate, amount: number, more: object): object => ({
  communityId,
  billingAccountId,
  source: 'CHARGE',
  amount,
  means: 'CASH',
  reasonCode: 'CHARGE_REVERSED',
  ...more,
});

type Owed = { status: string; outstanding: { amount: number } };
const chargeOf = (estate: Estate, id: string | undefined): Promise<Owed> =>
  see(service, estate.clerk, 'charge', id ?? '', 'status outstanding { amount }');

/** Two at once: how many of them were let through. */
async function throughOf(...both: readonly Promise<unknown>[]): Promise<number> {
  return (await Promise.allSettled(both)).filter(({ status }) => status === 'fulfilled').length;
}

describe('a refund', () => {
  it('[A018] of a charge that is owed in part takes it back, whatever was paid on it since it was asked for', async () => {
    const estate = await aDesk();
    const { clerk, supervisor, cashier } = estate;
    const charge = await aCharge(service, estate, 3000);
    await aPayment(service, estate, 1000);
    const { id } = await act(service, clerk, 'requestRefund', refund(estate, 1000, { chargeId: charge.id }));
    await act(service, supervisor, 'decideRefund', { id, isApproved: true });
    await aPayment(service, estate, 500);
    await act(service, cashier, 'payRefund', { id });
    expect((await chargeOf(estate, charge.id)).status).toBe('REVERSED');
    expect(await books(estate, 'RECEIVABLE', 'REVENUE', 'ADVANCE', 'CASH_IN_HAND')).toEqual([0, 0, -500, 50_500]);
  });

  it('[A225] [B045] of a deposit whose cheque has not come leaves nothing owed, and waits for the cheque', async () => {
    const estate = await aDesk();
    const { clerk, supervisor, tenantId, communityId, unitId, householdId } = estate;
    const decorationId = await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 200_000);
    const [deposit] = await chargesFor(service, clerk, decorationId);
    await aPayment(service, estate, 50_000);
    const byCheque = { means: 'CHEQUE', tendered: null, reference: 'CK 8' };
    const { id: paymentId } = await aPayment(service, estate, 150_000, byCheque);
    expect((await chargeOf(estate, deposit?.id)).status).toBe('SETTLED');
    const fee = { amount: 200_000, currency: 'CNY' };
    const what = { decorationId, unitId, householdId, chargeTypeCode: 'DECORATION_DEPOSIT', fee, rule: 'A225' };
    const data = { ...what, chargeId: deposit?.id ?? '' };
    await service.wire.send(decorationRefundRequested, { tenantId, communityId, aggregateId: decorationId, data });
    await service.settle();
    expect((await chargeOf(estate, deposit?.id)).status).toBe('REVERSED');
    expect(await books(estate, 'DEPOSIT', 'ADVANCE', 'CHEQUES')).toEqual([0, -200_000, 150_000]);
    const [asked] = await list<{ amount: { amount: number } }>(
      service,
      clerk,
      'refunds',
      { communityId },
      'amount { amount }',
    );
    expect(asked?.amount.amount).toBe(50_000);
    const rest = refund(estate, 150_000, { source: 'DEPOSIT', chargeId: deposit?.id, reasonCode: 'WORKS_PASSED' });
    expect(await reasons(service, clerk, 'requestRefund', rest)).toEqual(['REFUND_EXCEEDS_BALANCE']);
    const proofFileIds = [await anUpload(service, supervisor, communityId)];
    const came = { communityId, payments: [{ paymentId }], amount: 150_000, clearedOn: localDay(await service.now()) };
    await answer(service, supervisor, 'clearMeans', { ...came, bankReference: 'ST 1', proofFileIds }, '__typename');
    await act(service, clerk, 'requestRefund', rest);
  });
});

describe('a voucher', () => {
  it('[A018] is claimed once, unless the claim that it stood on was rejected', async () => {
    const estate = await aDesk();
    const { communityId, supervisor } = estate;
    const gardener = aColleague(estate, 'environment');
    const spentOn = localDay(await service.now());
    const claim = (amount: number, ...voucherFileIds: string[]) => ({
      communityId,
      purpose: '购买绿化工具',
      lines: [{ spentOn, amount, voucherFileIds }],
    });
    const upload = () => anUpload(service, gardener, communityId);
    const [voucher, other] = [await upload(), await upload()];
    const { id } = await act(service, gardener, 'submitExpenseClaim', claim(3000, voucher));
    const again = claim(2500, other, voucher);
    expect(await reasons(service, gardener, 'submitExpenseClaim', again)).toEqual(['VOUCHER_USED']);
    await act(service, supervisor, 'checkExpenseClaim', { id, isApproved: false });
    await act(service, gardener, 'submitExpenseClaim', again);
    const fresh = claim(4000, await upload());
    const submit = () => act(service, gardener, 'submitExpenseClaim', fresh);
    expect(await throughOf(submit(), submit())).toBe(1);
  });
});

describe('a till', () => {
  it('[B047] keeps no more than a float when the day is over', async () => {
    const estate = await aDesk();
    const { cashier, guard, communityId } = estate;
    const [session] = await list<{ id: string }>(service, cashier, 'cashierSessions', { communityId }, 'id');
    const id = session?.id;
    await aPayment(service, estate, 12_000);
    await act(service, cashier, 'countTill', { id, pieces: pieces(62_000) });
    const signatureFileId = await anUpload(service, cashier, communityId, 'SIGNATURE');
    const drop = (floatLeft: number) => ({
      id,
      amount: 62_000 - floatLeft,
      floatLeft,
      bag: 'B-1',
      witnessId: guard.staffId,
      signatureFileId,
    });
    expect(await reasons(service, cashier, 'dropCash', drop(50_001))).toEqual(['FLOAT_TOO_LARGE']);
    await act(service, cashier, 'dropCash', drop(50_000));
  });

  it('[B046] [B047] of a cashier who does not come back is counted and emptied by the director', async () => {
    const estate = await aDesk();
    const { cashier, supervisor, director, guard, communityId } = estate;
    const [session] = await list<{ id: string }>(service, cashier, 'cashierSessions', { communityId }, 'id');
    const id = session?.id;
    await aPayment(service, estate, 1000);
    const count = { id, pieces: pieces(50_900) };
    expect(await reasons(service, aColleague(estate, 'cashier'), 'countTill', count)).toEqual(['NOT_YOUR_TILL']);
    expect(await reasons(service, supervisor, 'countTill', count)).toEqual(['ACCESS_DENIED']);
    await act(service, director, 'countTill', count);
    expect(await balance(service, communityId, 'CASH_SHORT', cashier.staffId)).toBe(100);
    const signatureFileId = await anUpload(service, director, communityId, 'SIGNATURE');
    const drop = { id, amount: 900, floatLeft: 50_000, bag: 'B-1', witnessId: director.staffId, signatureFileId };
    expect(await reasons(service, director, 'dropCash', drop)).toEqual(['WITNESS_IS_CASHIER']);
    await act(service, director, 'dropCash', { ...drop, witnessId: guard.staffId });
    expect(await reasons(service, director, 'handInCash', { id, depositSlip: 'D-1' })).toEqual(['ACCESS_DENIED']);
    const { availableActions } = await see<{ availableActions: { action: string; allowed: boolean }[] }>(
      service,
      supervisor,
      'cashierSession',
      id ?? '',
      'availableActions { action allowed }',
    );
    expect(availableActions).toContainEqual({ action: 'handInCash', allowed: true });
  });

  it('[B044] is opened once: nobody has two shifts, and no book has two, though two are begun at once', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier } = estate;
    await fillSafe(service, estate, 200_000);
    const open = (viewer: Viewer, book: string) =>
      act(service, viewer, 'openCashierSession', { communityId, book, pieces: usualFloat });
    const why = async (one: Promise<unknown>): Promise<string> => {
      const message = await one.then(() => 'OPENED').catch(String);
      return /OPENED|SESSION_OPEN|TILL_NOT_HANDED_OVER/.exec(message)?.[0] ?? message;
    };
    const mine = await Promise.all([why(open(cashier, 'A01')), why(open(cashier, 'A02'))]);
    expect(mine.sort()).toEqual(['OPENED', 'SESSION_OPEN']);
    const others = [aColleague(estate, 'cashier'), aColleague(estate, 'cashier')];
    const same = await Promise.all(others.map((viewer) => why(open(viewer, 'B01'))));
    expect(same.sort()).toEqual(['OPENED', 'TILL_NOT_HANDED_OVER']);
  });
});

describe('a number', () => {
  const invoice = async (estate: Estate, paymentId: string): Promise<object> => {
    const asking = { id: paymentId, title: '北京建国贸易有限公司' };
    type Asked = { invoiceRequests: { id: string }[] };
    const asked = await act<Asked>(service, estate.cashier, 'requestInvoice', asking, 'invoiceRequests { id }');
    return { id: paymentId, invoiceRequestId: asked.invoiceRequests[0]?.id, invoiceNumber: '24112000000087654321' };
  };

  it('[A076] of an invoice is that of one', async () => {
    const estate = await aDesk();
    const [one, other] = [await aPayment(service, estate, 1000), await aPayment(service, estate, 2000)];
    const [first, second] = [await invoice(estate, one.id), await invoice(estate, other.id)];
    const issue = (input: object) => act(service, estate.cashier, 'issueInvoice', input);
    expect(await throughOf(issue(first), issue(second))).toBe(1);
    const [left] = (
      await Promise.all([first, second].map((input) => reasons(service, estate.cashier, 'issueInvoice', input)))
    ).filter(([reason]) => reason !== 'ILLEGAL_TRANSITION');
    expect(left).toEqual(['INVOICE_NUMBER_USED']);
  });

  it('[B045] of a transfer is entered once for the same payer and sum, unless the payment is void', async () => {
    const estate = await aDesk();
    const { cashier, supervisor } = estate;
    const byBank = { means: 'TRANSFER', tendered: null, reference: 'TR 20261122 001' };
    const input = aPaymentInput(estate, 1000, byBank);
    const take = () => act(service, cashier, 'recordPayment', input);
    expect(await throughOf(take(), take())).toBe(1);
    expect(await reasons(service, cashier, 'recordPayment', input)).toEqual(['REFERENCE_USED']);
    await aPayment(service, estate, 1001, byBank);
    const [first] = await list<{ id: string; amount: { amount: number } }>(
      service,
      cashier,
      'payments',
      { communityId: estate.communityId },
      'id amount { amount }',
    ).then((found) => found.filter(({ amount }) => amount.amount === 1000));
    await act(service, supervisor, 'voidPayment', { id: first?.id, reasonCode: 'WRONG_PAYER' });
    await take();
  });
});
