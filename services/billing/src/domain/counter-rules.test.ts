import { describe, expect, it } from '@jest/globals';
import { defaultsOf, reasonsOf } from '@steward/test-kit/pure-rules';

import {
  checkDrop,
  checkFloat,
  checkLoan,
  checkMonth,
  checkSafeState,
  countedCash,
  expectedCash,
  isBalanced,
  isSerious,
  totalVariance,
  varianceOf,
  type MonthState,
} from './cash-rules.ts';
import {
  cashFigures,
  confirmationItems,
  counterFigures,
  doorItems,
  paymentMeansTable,
  refundFigures,
  type PaymentMeans,
} from './counter-policy.ts';
import { checkAppointment, isPunctual } from './door-collection-rules.ts';
import { changeOf, checkPayment, missingItems, type PaymentEntry } from './payment-rules.ts';
import { checkBookPrefix, checkInvoiceAmount, gapsIn, printMark, receiptNumber } from './receipt-rules.ts';
import { checkExpenseLines, checkRefundAmount, expenseApprover, refundApprover } from './refund-rules.ts';

const counter = defaultsOf(counterFigures);
const cash = defaultsOf(cashFigures);
const refund = defaultsOf(refundFigures);

const now = new Date('2026-03-02T01:00:00Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
const aPayment = (overrides: Partial<PaymentEntry> = {}): PaymentEntry => ({
  means: 'CASH',
  amount: 12_300,
  tendered: 20_000,
  reference: null,
  proofFileIds: [],
  confirmed: confirmationItems,
  receivedAt: now,
  ...overrides,
});
const paid = (overrides: Partial<PaymentEntry>, hasSession = true) =>
  reasonsOf(() => checkPayment(aPayment(overrides), { now, hasSession, figures: counter }));

describe('checkPayment', () => {
  it('[A075] asks for all five things, whichever is missing', () => {
    expect(paid({})).toEqual([]);
    expect(missingItems([])).toEqual(['NAME', 'ADDRESS', 'PAID_SO_FAR', 'MONTHS_DUE', 'AMOUNT']);
    for (const item of confirmationItems)
      expect(paid({ confirmed: confirmationItems.filter((one) => one !== item) })).toEqual(['NOT_CONFIRMED']);
  });

  it('[A075] takes a payment typed in within 24 hours, to the millisecond, and none from the future', () => {
    expect(paid({ receivedAt: hours(-24) })).toEqual([]);
    expect(paid({ receivedAt: new Date(hours(-24).getTime() - 1) })).toEqual(['TOO_FAR_BACK']);
    expect(paid({ receivedAt: new Date(now.getTime() + 1) })).toEqual(['IN_THE_FUTURE']);
  });

  it('[B042] tells the change of cash, and asks what was handed over', () => {
    expect(changeOf(aPayment())).toBe(7_700);
    expect(changeOf(aPayment({ tendered: 12_300 }))).toBe(0);
    expect(changeOf(aPayment({ means: 'CARD', tendered: null }))).toBe(0);
    expect(paid({ tendered: 12_299 })).toEqual(['TENDERED_TOO_LITTLE']);
    expect(paid({ tendered: null })).toEqual(['TENDERED_REQUIRED']);
    expect(paid({ means: 'CARD', reference: 'POS 1' })).toEqual(['TENDERED_FOR_CASH_ONLY']);
  });

  const needs: [PaymentMeans, string[], string[], string[]][] = [
    ['CASH', [], [], ['SESSION_REQUIRED']],
    ['CHEQUE', ['REFERENCE_REQUIRED'], [], ['SESSION_REQUIRED']],
    ['CARD', ['REFERENCE_REQUIRED'], [], ['SESSION_REQUIRED']],
    ['TRANSFER', ['REFERENCE_REQUIRED'], [], []],
    ['WALLET', ['REFERENCE_REQUIRED'], [], []],
    ['SIGNED', [], ['PROOF_REQUIRED'], ['SESSION_REQUIRED']],
    ['ON_ACCOUNT', [], ['PROOF_REQUIRED'], ['SESSION_REQUIRED']],
  ];
  it.each(needs)('[B045] takes %s with what it needs', (means, withoutReference, withoutProof, withoutSession) => {
    const tendered = means === 'CASH' ? 12_300 : null;
    const whole = { means, tendered, reference: '000123', proofFileIds: ['f'] };
    expect(paid(whole)).toEqual([]);
    expect(paid({ ...whole, reference: ' ' })).toEqual(withoutReference);
    expect(paid({ ...whole, proofFileIds: [] })).toEqual(withoutProof);
    expect(paid(whole, false)).toEqual(withoutSession);
  });

  it('[B045] knows these means and no other', () => {
    expect(Object.keys(paymentMeansTable)).toEqual(needs.map(([means]) => means));
  });
});

describe('receipts', () => {
  it('[A076] have eight digits behind the name of their book, and no gap', () => {
    expect(receiptNumber({ prefix: 'A01', next: 42 })).toBe('A01-00000042');
    expect(gapsIn([1, 2, 3])).toEqual([]);
    expect(gapsIn([4, 1, 2])).toEqual([3]);
    for (const malformed of ['', 'a1', 'A-1', 'ABCDEFGHI'])
      expect(reasonsOf(() => checkBookPrefix(malformed))).toEqual(['BOOK_PREFIX_MALFORMED']);
    expect(reasonsOf(() => checkBookPrefix('A01'))).toEqual([]);
  });

  it('[A076] say on every print but the first which reprint it is', () => {
    expect(printMark(0)).toEqual({ isReprint: false, copy: 0 });
    expect(printMark(1)).toEqual({ isReprint: true, copy: 1 });
  });

  it('[A076] carry tax invoices up to what was paid', () => {
    const receipt = { amount: 1000, invoiced: 400, isVoid: false };
    expect(reasonsOf(() => checkInvoiceAmount(600, receipt))).toEqual([]);
    expect(reasonsOf(() => checkInvoiceAmount(601, receipt))).toEqual(['INVOICE_EXCEEDS_PAYMENT']);
    expect(reasonsOf(() => checkInvoiceAmount(0, receipt))).toEqual(['INVOICE_EXCEEDS_PAYMENT']);
    expect(reasonsOf(() => checkInvoiceAmount(1, { ...receipt, isVoid: true }))).toEqual(['RECEIPT_VOID']);
  });
});

describe('the till', () => {
  it('[B046] counts notes and coins and compares them with the books', () => {
    expect(expectedCash({ float: 50_000, received: 12_300, paidOut: 300 })).toBe(62_000);
    expect(
      countedCash([
        { denomination: 10_000, count: 6 },
        { denomination: 500, count: 4 },
      ]),
    ).toBe(62_000);
    expect(reasonsOf(() => countedCash([{ denomination: 300, count: 1 }]))).toEqual(['PIECES_MALFORMED']);
    expect(reasonsOf(() => countedCash([{ denomination: 500, count: -1 }]))).toEqual(['PIECES_MALFORMED']);
    expect(varianceOf(100, 100)).toBeNull();
  });

  it('[B043] never sets a surplus off against a shortage', () => {
    const variances = [varianceOf(100, 130), varianceOf(100, 70)].flatMap((one) => one ?? []);
    expect(variances).toEqual([
      { kind: 'SURPLUS', amount: 30 },
      { kind: 'SHORTAGE', amount: 30 },
    ]);
    expect(totalVariance(variances)).toEqual({ surplus: 30, shortage: 30 });
    expect(isSerious({ kind: 'SHORTAGE', amount: 9_999 }, cash)).toBe(false);
    expect(isSerious({ kind: 'SURPLUS', amount: 10_000 }, cash)).toBe(true);
  });

  it('[B044] takes over the float that the shift before left, 500 yuan where there was none', () => {
    expect(checkFloat(50_000, null, cash)).toBeNull();
    expect(checkFloat(49_999, null, cash)).toEqual({ kind: 'SHORTAGE', amount: 1 });
    expect(checkFloat(50_000, 40_000, cash)).toEqual({ kind: 'SURPLUS', amount: 10_000 });
  });

  it('[B047] drops all but the float, before somebody else', () => {
    const drop = { amount: 12_000, float: 50_000, witnessId: 'w', hands: ['c'] };
    expect(reasonsOf(() => checkDrop(drop, 62_000, cash))).toEqual([]);
    expect(reasonsOf(() => checkDrop({ ...drop, witnessId: 'c' }, 62_000, cash))).toEqual(['WITNESS_IS_CASHIER']);
    expect(reasonsOf(() => checkDrop(drop, 62_001, cash))).toEqual(['DROP_DIFFERS_FROM_COUNT']);
    expect(reasonsOf(() => checkDrop({ ...drop, float: -1, amount: 62_001 }, 62_000, cash))).toEqual([
      'AMOUNT_NEGATIVE',
    ]);
    expect(reasonsOf(() => checkDrop({ ...drop, float: 50_001 }, 62_001, cash))).toEqual(['FLOAT_TOO_LARGE']);
  });

  it('[B048] lends at most 1,000 yuan and never more than is there', () => {
    expect(reasonsOf(() => checkLoan(100_000, 100_000, cash))).toEqual([]);
    expect(reasonsOf(() => checkLoan(100_001, 200_000, cash))).toEqual(['LOAN_TOO_LARGE']);
    expect(reasonsOf(() => checkLoan(5_000, 4_999, cash))).toEqual(['TILL_TOO_LITTLE']);
    expect(reasonsOf(() => checkLoan(0, 4_999, cash))).toEqual(['AMOUNT_NOT_POSITIVE']);
  });

  it('[A234] leaves a safe that is locked and scrambled', () => {
    const reasons = (isLocked: boolean, isScrambled: boolean) =>
      checkSafeState({ isLocked, isScrambled }).map(({ reason }) => reason);
    expect(reasons(true, true)).toEqual([]);
    expect(reasons(false, true)).toEqual(['SAFE_NOT_LOCKED']);
    expect(reasons(true, false)).toEqual(['COMBINATION_NOT_SCRAMBLED']);
  });

  const aMonth = (overrides: Partial<MonthState> = {}): MonthState => ({
    isOver: true,
    openSessions: 0,
    openShortages: 0,
    openLoans: 0,
    missingReceipts: 0,
    tillDifferences: 0,
    safeDifference: 0,
    openMovements: 0,
    sums: { opening: 10, received: 30, paidOut: 15, closing: 25 },
    ...overrides,
  });
  it('[A248] closes a month only when everything fits, and names all that does not', () => {
    expect(reasonsOf(() => checkMonth(aMonth()))).toEqual([]);
    const sums = { opening: 10, received: 30, paidOut: 15, closing: 24 };
    expect(isBalanced(sums)).toBe(false);
    const tills = { openSessions: 1, openShortages: 1, openLoans: 1, missingReceipts: 1, tillDifferences: 1 };
    const open = { ...tills, safeDifference: -1, openMovements: 1, sums };
    expect(reasonsOf(() => checkMonth(aMonth(open)))).toEqual([
      'SESSIONS_OPEN',
      'SHORTAGES_OPEN',
      'LOANS_OPEN',
      'RECEIPTS_MISSING',
      'BOOKS_DIFFER',
      'SAFE_DIFFERS',
      'SAFE_MOVEMENTS_OPEN',
      'JOURNAL_UNBALANCED',
    ]);
  });
  it('[A229] closes no month that is not over', () => {
    expect(reasonsOf(() => checkMonth(aMonth({ isOver: false })))).toEqual(['MONTH_NOT_OVER']);
  });
});

describe('the door', () => {
  const agreed = { confirmed: doorItems, at: hours(2), amount: 500 };
  const asked = (overrides: Partial<typeof agreed>) =>
    reasonsOf(() => checkAppointment({ ...agreed, ...overrides }, { now, owed: 500, figures: counter }));

  it('[A077] asks for the five things before anybody goes, and two hours to write the receipt', () => {
    expect(doorItems).toEqual(['CONTACT_NAME', 'OWNER_NAME', 'ADDRESS', 'APPOINTMENT', 'AMOUNT']);
    expect(asked({})).toEqual([]);
    for (const item of doorItems)
      expect(asked({ confirmed: doorItems.filter((one) => one !== item) as never })).toEqual(['NOT_CONFIRMED']);
    expect(asked({ at: new Date(hours(2).getTime() - 1) })).toEqual(['APPOINTMENT_TOO_SOON']);
    expect(asked({ amount: 501 })).toEqual(['AMOUNT_DIFFERS_FROM_DEBT']);
  });

  it('[A077] is punctual within half an hour', () => {
    const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
    expect(isPunctual(now, minutes(30), counter)).toBe(true);
    expect(isPunctual(now, minutes(-30), counter)).toBe(true);
    expect(isPunctual(now, minutes(31), counter)).toBe(false);
    expect(isPunctual(now, minutes(29.999), counter)).toBe(true);
  });
});

describe('money given back', () => {
  it('[A018] is decided by the supervisor up to 1,000 yuan and by the director beyond', () => {
    expect(refundApprover(100_000, refund)).toBe('supervisor');
    expect(refundApprover(100_001, refund)).toBe('director');
    expect(expenseApprover(50_000, refund)).toBe('administrativeSupervisor');
    expect(expenseApprover(50_001, refund)).toBe('director');
  });
  it('[A018] is never more than is there', () => {
    const there = { available: 500, isWholeOnly: false };
    expect(reasonsOf(() => checkRefundAmount(499, there))).toEqual([]);
    expect(reasonsOf(() => checkRefundAmount(500, there))).toEqual([]);
    expect(reasonsOf(() => checkRefundAmount(501, there))).toEqual(['REFUND_EXCEEDS_BALANCE']);
    expect(reasonsOf(() => checkRefundAmount(0, there))).toEqual(['AMOUNT_NOT_POSITIVE']);
    const paidInPart = { available: 500, isWholeOnly: true };
    expect(reasonsOf(() => checkRefundAmount(500, paidInPart))).toEqual([]);
    expect(reasonsOf(() => checkRefundAmount(499, paidInPart))).toEqual(['REFUND_NOT_WHOLE']);
  });
  it('[A018] is claimed with vouchers, in time', () => {
    const days = { today: '2026-03-02', earliest: '2025-12-02' };
    const line = { spentOn: '2025-12-02', amount: 700, voucherCount: 1 };
    expect(checkExpenseLines([line, { ...line, amount: 300 }], days)).toBe(1000);
    const refused = (overrides: Partial<typeof line>) =>
      reasonsOf(() => checkExpenseLines([{ ...line, ...overrides }], days));
    expect(reasonsOf(() => checkExpenseLines([], days))).toEqual(['LINES_REQUIRED']);
    expect(refused({ amount: 0 })).toEqual(['AMOUNT_NOT_POSITIVE']);
    expect(refused({ voucherCount: 0 })).toEqual(['VOUCHER_REQUIRED']);
    expect(refused({ spentOn: '2026-03-03' })).toEqual(['IN_THE_FUTURE']);
    expect(refused({ spentOn: '2025-12-01' })).toEqual(['EXPENSE_TOO_OLD']);
  });
});

describe('figures', () => {
  it.each([
    ['B044', cashFigures.floatAmount.most, 10_000_000],
    ['A233', cashFigures.handInHour.most, 24],
    ['A234', cashFigures.safeCheckHour.most, 24],
    ['B043', cashFigures.seriousVarianceAmount.most, 100_000_000],
    ['B048', cashFigures.loanAmount.most, 10_000_000],
    ['A018', refundFigures.supervisorRefundAmount.most, 100_000_000],
    ['A018', refundFigures.supervisorExpenseAmount.most, 100_000_000],
  ])('[%s] can be overridden up to a bound', (_rule, most, expected) => {
    expect(most).toBe(expected);
  });
});
