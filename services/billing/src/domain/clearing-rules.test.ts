import { describe, expect, it } from '@jest/globals';

import { bankFeeCode, clearingPostings } from './clearing-postings.ts';
import { checkCleared, clears, isOwedStill, isPromise, type Cleared } from './clearing-rules.ts';
import type { PaymentMeans } from './counter-policy.ts';
import { expensePostings } from './expense-postings.ts';
import type { Payment } from './payment.ts';

const cleared = (means: PaymentMeans, more: Partial<Cleared> = {}): Cleared => ({
  payment: { means, amount: 1000, number: 'SK-A01-00000001' } as Payment,
  withheld: 0,
  place: 'BANK',
  takenOn: '2026-03-01',
  clearedOn: '2026-03-02',
  takenBy: 'cashier',
  ...more,
});
const by = { today: '2026-03-02', actor: 'supervisor' };

const reasonOf = (what: Cleared, who = by): string | null => {
  try {
    checkCleared(what, who);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('money that comes later', () => {
  it.each<[PaymentMeans, boolean, boolean, boolean, number, boolean]>([
    ['CASH', false, false, false, 0, false],
    ['TRANSFER', false, false, false, 0, false],
    ['CHEQUE', true, true, false, 0, false],
    ['CARD', true, false, false, 1000, false],
    ['WALLET', true, false, false, 1000, false],
    ['SIGNED', true, true, true, 0, true],
    ['ON_ACCOUNT', true, true, true, 0, true],
  ])('[B045] %s', (means, comesLater, promise, owed, mostWithheld, atTill) => {
    expect([clears(means), isPromise(means), isOwedStill(means)]).toEqual([comesLater, promise, owed]);
    if (!comesLater) {
      expect(reasonOf(cleared(means))).toBe('NOTHING_TO_CLEAR');
      return;
    }
    expect(reasonOf(cleared(means, { withheld: mostWithheld }))).toBeNull();
    expect(reasonOf(cleared(means, { withheld: mostWithheld + 1 }))).toBe('WITHHELD_UNFIT');
    expect(reasonOf(cleared(means, { withheld: -1 }))).toBe('WITHHELD_UNFIT');
    expect(reasonOf(cleared(means, { place: 'TILL' }))).toBe(atTill ? null : 'NOT_COLLECTED_AT_TILL');
  });

  it('[B045] comes between the payment and today, at a till today, at the bank by another hand', () => {
    expect(reasonOf(cleared('CHEQUE', { clearedOn: '2026-03-01' }))).toBeNull();
    expect(reasonOf(cleared('CHEQUE', { clearedOn: '2026-02-28' }))).toBe('CLEARING_DAY_UNFIT');
    expect(reasonOf(cleared('CHEQUE', { clearedOn: '2026-03-03' }))).toBe('CLEARING_DAY_UNFIT');
    expect(reasonOf(cleared('CHEQUE'), { ...by, actor: 'cashier' })).toBe('OWN_PAYMENT');
    expect(reasonOf(cleared('WALLET', { takenBy: null }), { ...by, actor: 'cashier' })).toBeNull();
    expect(reasonOf(cleared('SIGNED', { place: 'TILL' }), { ...by, actor: 'cashier' })).toBeNull();
    expect(reasonOf(cleared('SIGNED', { place: 'TILL', clearedOn: '2026-03-01' }))).toBe('NOT_COLLECTED_AT_TILL');
  });

  it('[B045] less a fee that is an expense, or that the daily file of the provider has booked already', () => {
    const sums = { amount: 1000, withheld: 6 };
    const bank = { type: 'BANK' as const };
    const card = { type: 'CARD_CLEARING' as const };
    expect(clearingPostings(bank, { account: card, isByProvider: false }, sums)).toEqual([
      { account: bank, amount: 994 },
      { account: { type: 'EXPENSE', chargeTypeCode: bankFeeCode }, amount: 6 },
      { account: card, amount: -1000 },
    ]);
    const provider = { type: 'PROVIDER' as const };
    expect(clearingPostings(bank, { account: provider, isByProvider: true }, sums)).toEqual([
      { account: bank, amount: 994 },
      { account: provider, amount: -994 },
    ]);
    const whole = { amount: 1000, withheld: 1000 };
    expect(clearingPostings(bank, { account: provider, isByProvider: true }, whole)).toEqual([]);
  });

  it('[A018] expenses are booked by their codes', () => {
    const lines = [
      { amount: 5, code: 'OFFICE' },
      { amount: 7 },
      { amount: 2, code: 'OFFICE' },
      { amount: 1, code: 'GREEN' },
    ];
    const expense = (chargeTypeCode: string, amount: number) => ({
      account: { type: 'EXPENSE', chargeTypeCode },
      amount,
    });
    expect(expensePostings(lines, { account: { type: 'BANK' }, amount: 15 })).toEqual([
      expense('GREEN', 1),
      expense('OFFICE', 7),
      expense('OTHER', 7),
      { account: { type: 'BANK' }, amount: -15 },
    ]);
  });
});
