import { describe, expect, it } from '@jest/globals';

import { addYears, decideResponsibility, isPaidBy, warrantyEnd } from './responsibility-rules.ts';
import { warrantyFigures, type WarrantyKind, type WarrantyValues } from './warranty-policy.ts';
import { catalogOf, type Problem } from './work-order-catalog.ts';
import type { WorkOrderPart } from './work-order.ts';

const values = Object.fromEntries(
  Object.entries(warrantyFigures).map(([key, { value }]) => [key, value]),
) as WarrantyValues;
const { problems } = catalogOf([]);
const problem = (code: string): Problem => problems.get(code) as Problem;
const delivered = { warrantyFrom: '2024-03-10', designLifeYears: 50 };

describe('warranty periods', () => {
  it.each<[WarrantyKind, string]>([
    ['WATERPROOFING', '2029-03-10'],
    ['ELECTRICAL', '2026-03-10'],
    ['PLUMBING', '2026-03-10'],
    ['EQUIPMENT', '2026-03-10'],
    ['FIT_OUT', '2026-03-10'],
    ['STRUCTURE', '2074-03-10'],
  ])('[A067] %s delivered on 2024-03-10 is under warranty until %s', (kind, end) => {
    expect(warrantyEnd(kind, delivered, values)).toBe(end);
  });

  it.each([
    ['2024-03-10', '2026-03-15'],
    ['2024-11-15', '2026-03-15'],
    ['2024-11-16', '2027-03-15'],
    ['2024-01-20', '2026-03-15'],
  ])('[A067] heating delivered on %s is under warranty for two whole seasons, until %s', (warrantyFrom, end) => {
    expect(warrantyEnd('HEATING', { warrantyFrom, designLifeYears: null }, values)).toBe(end);
  });

  it('[A067] is unknown without a first day, a design life or a kind', () => {
    expect(warrantyEnd('PLUMBING', { warrantyFrom: null, designLifeYears: 50 }, values)).toBeNull();
    expect(warrantyEnd('STRUCTURE', { warrantyFrom: '2024-03-10', designLifeYears: null }, values)).toBeNull();
    expect(warrantyEnd(null, delivered, values)).toBeNull();
  });

  it('ends on the last day of February where there is no 29th', () => {
    expect([addYears('2024-02-29', 5), addYears('2024-02-29', 4)]).toEqual(['2029-02-28', '2028-02-29']);
  });
});

describe('the responsible party', () => {
  const decide = (code: string, part: WorkOrderPart, day: string, channelCode = 'PHONE', place = delivered) => {
    const decision = decideResponsibility({ problem: problem(code), part, day, channelCode, place }, values);
    return [decision.responsibleParty, decision.responsibilityBasis, decision.isPaid];
  };

  it.each<[string, string, WorkOrderPart, string, unknown[]]>([
    [
      'what the household fitted itself is its own',
      'TAP_OR_VALVE',
      'OWN_FIT_OUT',
      '2025-01-01',
      ['OWN_FIT_OUT', 'FIT_OUT_PART', true],
    ],
    [
      'the last day of the warranty is the developer’s',
      'TAP_OR_VALVE',
      'AS_DELIVERED',
      '2026-03-10',
      ['DEVELOPER_WARRANTY', 'WITHIN_WARRANTY', false],
    ],
    [
      'the day after, the household pays',
      'TAP_OR_VALVE',
      'AS_DELIVERED',
      '2026-03-11',
      ['OWN_STAFF', 'NO_WARRANTY', true],
    ],
    [
      'a leaking roof is the developer’s for five years',
      'ROOF_LEAK',
      'COMMON',
      '2028-06-01',
      ['DEVELOPER_WARRANTY', 'WITHIN_WARRANTY', false],
    ],
    [
      'common parts without warranty are ours and free',
      'PUBLIC_LIGHTING',
      'COMMON',
      '2027-01-01',
      ['OWN_STAFF', 'NO_WARRANTY', false],
    ],
    [
      'equipment without warranty is its contractor’s',
      'LIFT_STOPPED',
      'CONTRACTED_EQUIPMENT',
      '2027-01-01',
      ['EQUIPMENT_CONTRACTOR', 'MAINTENANCE_CONTRACT', false],
    ],
    [
      'equipment under warranty is the developer’s',
      'LIFT_STOPPED',
      'CONTRACTED_EQUIPMENT',
      '2025-01-01',
      ['DEVELOPER_WARRANTY', 'WITHIN_WARRANTY', false],
    ],
    [
      'a service is paid whatever the warranty',
      'HOUSE_CLEANING',
      'AS_DELIVERED',
      '2025-01-01',
      ['OWN_STAFF', 'PAID_SERVICE', true],
    ],
  ])('[B014] %s', (_name, code, part, day, expected) => {
    expect(decide(code, part, day)).toEqual(expected);
  });

  it('[A058] a defect found at move-in is the developer’s before any warranty has begun', () => {
    const undelivered = { warrantyFrom: null as never, designLifeYears: 50 };
    const decision = decide('TILE_OR_PLASTER', 'AS_DELIVERED', '2026-03-01', 'MOVE_IN_INSPECTION', undelivered);
    expect(decision).toEqual(['DEVELOPER_WARRANTY', 'WITHIN_WARRANTY', false]);
  });

  it('[A067] is paid where nobody else answers for it inside a unit', () => {
    expect(isPaidBy('OWN_STAFF', 'AS_DELIVERED')).toBe(true);
    expect(isPaidBy('OWN_STAFF', 'COMMON')).toBe(false);
    expect(isPaidBy('OWN_STAFF', 'CONTRACTED_EQUIPMENT')).toBe(false);
    expect(isPaidBy('OWN_FIT_OUT', 'OWN_FIT_OUT')).toBe(true);
    expect(isPaidBy('DEVELOPER_WARRANTY', 'AS_DELIVERED')).toBe(false);
    expect(isPaidBy('EQUIPMENT_CONTRACTOR', 'CONTRACTED_EQUIPMENT')).toBe(false);
  });
});
