import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@steward/core';
import * as fc from 'fast-check';

import { allocate, type OpenCharge } from './allocation-rules.ts';

const aCharge = (id: string, outstanding: number, dueOn: string | null = '2026-01-31'): OpenCharge => ({
  id,
  chargeTypeCode: 'MANAGEMENT_FEE',
  dueOn,
  outstanding,
});
const charges = [aCharge('b', 3000, '2026-02-28'), aCharge('a', 2000), aCharge('c', 1000, null)];
const taking = { takesAdvances: true };

const reasonOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.reason : String(error);
  }
};

describe('allocate', () => {
  it('[A075] pays what is due at once, then the oldest debt, and keeps the rest as an advance', () => {
    expect(allocate(charges, 500, null, taking)).toEqual({ allocations: [{ chargeId: 'c', amount: 500 }], advance: 0 });
    expect(allocate(charges, 3500, null, taking)).toEqual({
      allocations: [
        { chargeId: 'c', amount: 1000 },
        { chargeId: 'a', amount: 2000 },
        { chargeId: 'b', amount: 500 },
      ],
      advance: 0,
    });
    expect(allocate(charges, 6001, null, taking).advance).toBe(1);
    expect(allocate([], 100, null, taking)).toEqual({ allocations: [], advance: 100 });
  });

  it("[A075] follows the payer's own choice", () => {
    const wish = [
      { chargeId: 'b', amount: null },
      { chargeId: 'a', amount: 100 },
    ];
    expect(allocate(charges, 3100, wish, taking)).toEqual({
      allocations: [
        { chargeId: 'b', amount: 3000 },
        { chargeId: 'a', amount: 100 },
      ],
      advance: 0,
    });
  });

  it.each<[string, number, { chargeId: string; amount: number | null }[] | null, boolean, string]>([
    ['no money', 0, null, true, 'AMOUNT_NOT_POSITIVE'],
    ['half a fen', 0.5, null, true, 'AMOUNT_NOT_POSITIVE'],
    ['a debt of somebody else', 100, [{ chargeId: 'x', amount: null }], true, 'CHARGE_NOT_OPEN'],
    [
      'a debt named twice',
      100,
      [
        { chargeId: 'a', amount: 1 },
        { chargeId: 'a', amount: 1 },
      ],
      true,
      'CHARGE_NOT_OPEN',
    ],
    ['more than the debt', 5000, [{ chargeId: 'a', amount: 2001 }], true, 'ALLOCATION_EXCEEDS_DEBT'],
    ['nothing for a debt', 5000, [{ chargeId: 'a', amount: 0 }], true, 'ALLOCATION_EXCEEDS_DEBT'],
    ['more than the payment', 100, [{ chargeId: 'a', amount: 101 }], true, 'ALLOCATION_EXCEEDS_PAYMENT'],
    ['an advance where none is taken', 6001, null, false, 'ADVANCE_NOT_TAKEN'],
  ])('[A075] refuses %s', (_name, amount, wish, takesAdvances, reason) => {
    expect(reasonOf(() => allocate(charges, amount, wish, { takesAdvances }))).toBe(reason);
  });

  it('[A075] always divides the payment exactly and never overpays a debt', () => {
    const debts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 12 });
    const property = fc.property(debts, fc.integer({ min: 1, max: 10_000_000 }), (amounts, paid) => {
      const open = amounts.map((amount, index) => aCharge(String(index), amount, `2026-01-${10 + index}`));
      const { allocations, advance } = allocate(open, paid, null, taking);
      const allocated = allocations.reduce((sum, { amount }) => sum + amount, 0);
      const owed = amounts.reduce((sum, amount) => sum + amount, 0);
      expect(allocated + advance).toBe(paid);
      expect(allocated).toBe(Math.min(paid, owed));
      for (const { chargeId, amount } of allocations)
        expect(amount).toBeLessThanOrEqual(amounts[Number(chargeId)] ?? 0);
    });
    fc.assert(property, { seed: 75, numRuns: 300 });
  });
});
