import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';
import { extractText } from 'unpdf';

import { runTimers } from './charging-fixture.ts';
import {
  aCharge,
  act,
  anEstate,
  answer,
  askDecorationSum,
  aPayment,
  aPaymentInput,
  aSession,
  balance,
  chargesFor,
  factsOf,
  list,
  reasons,
  see,
  startBilling,
  toldBy,
  type Estate,
} from './counter-fixture.ts';
import { askFee } from './ledger-fixture.ts';

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

type Seen = {
  number: string;
  status: string;
  amount: { amount: number };
  change: { amount: number };
  advance: { amount: number };
  allocations: { charge: { id: string } | null; amount: { amount: number } }[];
  receipt: { number: string; status: string; printCount: number; voidReason: { code: string } | null };
  availableActions: { action: string; allowed: boolean }[];
};
const seen = `number status amount { amount } change { amount } advance { amount }
  allocations { charge { id } amount { amount } } receipt { number status printCount voidReason { code } }
  availableActions { action allowed }`;
const paymentOf = (estate: Estate, id: string): Promise<Seen> => see(service, estate.supervisor, 'payment', id, seen);

const outstanding = async (estate: Estate, chargeId: string): Promise<number> =>
  (await see<{ outstanding: { amount: number } }>(service, estate.clerk, 'charge', chargeId, 'outstanding { amount }'))
    .outstanding.amount;

describe('receipts', () => {
  it('[A076] have numbers without a gap, also when payments are refused or void', async () => {
    const estate = await aDesk();
    const { cashier, supervisor, communityId } = estate;
    const first = await aPayment(service, estate, 100);
    await reasons(service, cashier, 'recordPayment', aPaymentInput(estate, 100, { tendered: 1 }));
    await aPayment(service, estate, 100);
    await act(service, supervisor, 'voidPayment', { id: first.id, reasonCode: 'WRONG_AMOUNT' });
    await aPayment(service, estate, 100);
    const numbers = await list<{ receipt: { number: string; status: string } }>(
      service,
      cashier,
      'payments',
      { communityId },
      'receipt { number status }',
    );
    expect(numbers.map(({ receipt }) => `${receipt.number} ${receipt.status}`).sort()).toEqual([
      'A01-00000001 VOID',
      'A01-00000002 ISSUED',
      'A01-00000003 ISSUED',
    ]);
    const days = { communityId, from: '2026-03-01', to: '2026-04-01' };
    const query = `query ($communityId: ID!, $from: LocalDate!, $to: LocalDate!) {
      cashJournal(communityId: $communityId, from: $from, to: $to) { missingReceipts isBalanced differingTills received { amount } paidOut { amount } } }`;
    expect((await service.ok<{ cashJournal: object }>(cashier, query, days)).cashJournal).toEqual({
      missingReceipts: 0,
      isBalanced: true,
      differingTills: 0,
      received: { amount: 50_300 },
      paidOut: { amount: 100 },
    });
  });

  it('[A076] opens debts again when a payment is void, once, and only until the till is counted', async () => {
    const estate = await aDesk();
    const { supervisor, communityId } = estate;
    const charge = await aCharge(service, estate, 900);
    const { id } = await aPayment(service, estate, 900);
    expect(await reasons(service, estate.cashier, 'voidPayment', { id, reasonCode: 'NOT_PAID' })).toEqual([
      'ACCESS_DENIED',
    ]);
    expect(await reasons(service, supervisor, 'voidPayment', { id, reasonCode: 'NO_IDEA' })).toEqual([
      'REASON_UNKNOWN',
    ]);
    await act(service, supervisor, 'voidPayment', { id, reasonCode: 'NOT_PAID' });
    expect(await outstanding(estate, charge.id)).toBe(900);
    expect(await paymentOf(estate, id)).toMatchObject({
      status: 'VOIDED',
      receipt: { status: 'VOID', voidReason: { code: 'NOT_PAID' } },
      availableActions: [{ action: 'voidPayment', allowed: false }],
    });
    expect((await factsOf(service, charge.id)).at(-1)?.[0]).toBe('reopened');
    expect(await reasons(service, supervisor, 'voidPayment', { id, reasonCode: 'NOT_PAID' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect(await balance(service, communityId, 'CASH_IN_HAND')).toBe(50_000);
    const other = await aPayment(service, estate, 900);
    const [session] = await list<{ id: string }>(service, estate.cashier, 'cashierSessions', { communityId }, 'id');
    await act(service, estate.cashier, 'countTill', {
      id: session?.id,
      pieces: [
        { denomination: 10_000, count: 5 },
        { denomination: 100, count: 9 },
      ],
    });
    expect(await reasons(service, supervisor, 'voidPayment', { id: other.id, reasonCode: 'NOT_PAID' })).toEqual([
      'SESSION_COUNTED',
    ]);
  });

  const pdfText = async (url: string): Promise<string> => {
    const response = await fetch(`${service.url()}${url}`);
    const { text } = await extractText(new Uint8Array(await response.arrayBuffer()), { mergePages: true });
    return text.replace(/\s+/g, ' ');
  };

  it('[A076] go on paper in Chinese and English; each further print says which it is', async () => {
    const estate = await aDesk();
    await aCharge(service, estate, 12_345);
    const { id } = await aPayment(service, estate, 12_350);
    type Printed = {
      payment: { receipt: { printCount: number } };
      document: { file: { url: string; contentType: string } };
    };
    const print = () =>
      answer<Printed>(
        service,
        estate.cashier,
        'printReceipt',
        { id, payerName: '张建国' },
        'payment { receipt { printCount } } document { file { url contentType } }',
      );
    const first = await print();
    expect([first.payment.receipt.printCount, first.document.file.contentType]).toEqual([1, 'application/pdf']);
    const original = await pdfText(first.document.file.url);
    for (const words of [
      '收费票据 / Receipt',
      'A01-00000001',
      '张建国',
      '123.45',
      '壹佰贰拾叁元伍角整',
      '现金',
      '预缴款',
    ])
      expect(original).toContain(words);
    expect(original).not.toContain('REPRINT');
    expect(await pdfText((await print()).document.file.url)).toContain('REPRINT 1');
    await act(service, estate.supervisor, 'voidPayment', { id, reasonCode: 'WRONG_PAYER' });
    expect(await pdfText((await print()).document.file.url)).toContain('作废');
    expect(JSON.stringify(await factsOf(service, id))).not.toContain('张建国');
  }, 60_000);

  it('puts what is owed on a bill', async () => {
    const estate = await anEstate(service);
    await aCharge(service, estate, 4321);
    const { communityId, billingAccountId } = estate;
    type Printed = { document: { file: { url: string } } };
    const input = { communityId, billingAccountId, payerName: '李明' };
    const { document } = await answer<Printed>(
      service,
      estate.resident,
      'printBill',
      input,
      'document { file { url } }',
    );
    const text = await pdfText(document.file.url);
    for (const words of ['缴费通知单', '李明', '43.21', '3-1-1201']) expect(text).toContain(words);
  }, 60_000);

  it('[B050] of a paid service are slips, line by line, for whoever ordered it and whoever did it to sign', async () => {
    const estate = await aDesk();
    const orderId = await askFee(service, estate, { amount: 8_500, lines: [5_000, 3_500] });
    const [charge] = await chargesFor(service, estate.clerk, orderId);
    const input = { id: charge?.id, payerName: '李明' };
    const selection = 'document { file { url } } charge { id }';
    type Slip = { document: { file: { url: string } } };
    const { document } = await answer<Slip>(service, estate.clerk, 'printServiceSlip', input, selection);
    const text = await pdfText(document.file.url);
    const words = [
      '维修派工单',
      '报修人签字',
      '维修人签字',
      '50.00',
      '35.00',
      '85.00',
      '捌拾伍元整',
      '李明',
      '3-1-1201',
      orderId,
    ];
    for (const word of words) expect(text).toContain(word);
    expect(await reasons(service, estate.guard, 'printServiceSlip', input)).toEqual(['ACCESS_DENIED']);
    const waste = await askDecorationSum(service, estate, 'DECORATION_WASTE', 100);
    const [other] = await chargesFor(service, estate.clerk, waste);
    expect(await reasons(service, estate.clerk, 'printServiceSlip', { id: other?.id })).toEqual([
      'CHARGE_NOT_OF_SERVICE',
    ]);
  }, 60_000);

  it('[A076] carry tax invoices up to what was paid', async () => {
    const estate = await aDesk();
    const { id } = await aPayment(service, estate, 1000);
    const ask = (amount?: number) => ({
      id,
      title: '北京建国贸易有限公司',
      taxNumber: '91110000123456789X',
      ...(amount === undefined ? {} : { amount }),
    });
    type Seen2 = {
      invoiceRequests: {
        id: string;
        status: string;
        amount: { amount: number };
        titleMasked: string;
        title: string | null;
      }[];
    };
    const fields = 'invoiceRequests { id status amount { amount } titleMasked title }';
    const asked = await act<Seen2>(service, estate.cashier, 'requestInvoice', ask(400), fields);
    expect(asked.invoiceRequests).toMatchObject([
      { status: 'REQUESTED', amount: { amount: 400 }, title: '北京建国贸易有限公司' },
    ]);
    expect(await see<Seen2>(service, estate.resident, 'payment', id, fields)).toMatchObject({
      invoiceRequests: [{ title: null }],
    });
    expect(await reasons(service, estate.cashier, 'requestInvoice', ask(601))).toEqual(['INVOICE_EXCEEDS_PAYMENT']);
    const rest = await act<Seen2>(service, estate.cashier, 'requestInvoice', ask(), fields);
    expect(rest.invoiceRequests.map(({ amount }) => amount.amount)).toEqual([400, 600]);
    const invoiceRequestId = asked.invoiceRequests[0]?.id;
    const issue = { id, invoiceRequestId, invoiceNumber: '24112000000012345678' };
    expect(await reasons(service, estate.cashier, 'issueInvoice', { ...issue, invoiceNumber: 'X' })).toEqual([
      'INVOICE_NUMBER_MALFORMED',
    ]);
    const issued = await act<Seen2>(service, estate.cashier, 'issueInvoice', issue, fields);
    expect(issued.invoiceRequests[0]).toMatchObject({ status: 'ISSUED' });
    expect(await reasons(service, estate.cashier, 'issueInvoice', issue)).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('[A076] carry none over money that was given back or never came: what is issued is taken back by a red one', async () => {
    const estate = await aDesk();
    const { cashier, clerk, director, supervisor, communityId, billingAccountId } = estate;
    type Invoice = { id: string; status: string; amount: { amount: number }; corrects: { id: string } | null };
    const fields = 'invoiceRequests { id status amount { amount } corrects { id } }';
    const invoicesOf = async (id: string): Promise<Invoice[]> =>
      (await see<{ invoiceRequests: Invoice[] }>(service, clerk, 'payment', id, fields)).invoiceRequests;
    const ask = (id: string, amount: number) => ({ id, title: '北京建国贸易有限公司', amount });
    const first = '24112000000012345678';
    const issue = (id: string, of?: string, invoiceNumber = first) => ({ id, invoiceRequestId: of, invoiceNumber });
    const { id } = await aPayment(service, estate, 1000);
    await act(service, cashier, 'requestInvoice', ask(id, 600));
    const [issued] = await invoicesOf(id);
    await act(service, cashier, 'issueInvoice', issue(id, issued?.id));
    await act(service, cashier, 'requestInvoice', ask(id, 300));
    const what = { communityId, billingAccountId, amount: 700, source: 'ADVANCE', means: 'CASH' };
    const { id: refundId } = await act(service, clerk, 'requestRefund', { ...what, reasonCode: 'OVERPAID' });
    await act(service, director, 'decideRefund', { id: refundId, isApproved: true });
    await act(service, cashier, 'payRefund', { id: refundId });
    await runTimers(service);
    // 300 are kept.
    expect(await invoicesOf(id)).toMatchObject([
      { status: 'ISSUED', amount: { amount: 600 }, corrects: null },
      { status: 'CANCELLED', amount: { amount: 300 }, corrects: null },
      { status: 'REQUESTED', amount: { amount: 300 }, corrects: { id: issued?.id } },
    ]);
    expect(await toldBy(service, id, 'redInvoiceDue')).toEqual(['cashier']);
    const told = (await factsOf(service, id)).slice(-2).map(([fact]) => fact);
    expect(told).toEqual(['invoice-cancelled', 'red-invoice-requested']);
    expect(await reasons(service, cashier, 'requestInvoice', ask(id, 1))).toEqual(['INVOICE_EXCEEDS_PAYMENT']);
    // A red invoice has a number of its own.
    await act(service, cashier, 'issueInvoice', issue(id, (await invoicesOf(id))[2]?.id, '24112000000012345679'));
    const byBank = { means: 'TRANSFER', tendered: null, reference: 'TR 1' };
    const { id: other } = await aPayment(service, estate, 500, byBank);
    await act(service, cashier, 'requestInvoice', ask(other, 500));
    await act(service, supervisor, 'voidPayment', { id: other, reasonCode: 'NOT_PAID' });
    const [late] = await invoicesOf(other);
    // By its receipt, or by the request itself where the timer was there first.
    const [refusal] = await reasons(service, cashier, 'issueInvoice', issue(other, late?.id));
    expect(['RECEIPT_VOID', 'ILLEGAL_TRANSITION']).toContain(refusal);
    await runTimers(service);
    expect(await invoicesOf(other)).toMatchObject([{ status: 'CANCELLED' }]);
  });
});
