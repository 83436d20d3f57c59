import { describe, expect, it } from '@jest/globals';

import type { Tariff } from './tariff.ts';
import { approve, collides, tariffViolations } from './tariff-rules.ts';

const aTariff = (overrides: Partial<Tariff> = {}): Tariff => ({
  id: 't1',
  tenantId: 'c1',
  communityId: 'c1',
  number: 'SF-1',
  version: 1,
  createdAt: new Date(0),
  status: 'DRAFT',
  chargeTypeCode: 'MANAGEMENT_FEE',
  method: 'AREA',
  rate: '235',
  tiers: [],
  tierSpan: 'MONTH',
  formula: null,
  unitUsages: [],
  taxRate: '0.06',
  isTaxIncluded: true,
  documentNumber: '京发改〔2026〕12号',
  documentIssuer: '市物价局',
  documentIssuedOn: '2025-12-01',
  validFrom: '2026-01-01',
  validTo: null,
  draftedBy: 'clerk',
  approvedBy: null,
  approvedAt: null,
  ...overrides,
});

describe('tariffs', () => {
  it.each<[string, Partial<Tariff>, string]>([
    ['no authority', { documentNumber: ' ' }, 'AUTHORITY_REQUIRED'],
    ['an authority that came later', { documentIssuedOn: '2026-01-02' }, 'AUTHORITY_LATER'],
    ['no price', { rate: null }, 'PRICE_REQUIRED'],
    ['a price and tiers', { method: 'METER', tiers: [{ upTo: null, rate: '1' }] }, 'PRICE_TWOFOLD'],
    ['a formula and a price', { method: 'FORMULA', formula: 'area * 2' }, 'PRICE_TWOFOLD'],
    ['a price that is no decimal', { rate: '1e3' }, 'NOT_A_DECIMAL'],
    ['a tax of all of it', { taxRate: '1' }, 'NOT_A_SHARE'],
    ['an end before its beginning', { validTo: '2026-01-01' }, 'ENDS_BEFORE_START'],
    ['a kind that is shared out', { chargeTypeCode: 'PUBLIC_WATER' }, 'CHARGE_TYPE_WITHOUT_TARIFF'],
    ['an unknown kind', { chargeTypeCode: 'POOL' }, 'CHARGE_TYPE_UNKNOWN'],
    [
      'tiers that do not rise',
      {
        method: 'METER',
        rate: null,
        tiers: [
          { upTo: '9', rate: '1' },
          { upTo: '9', rate: '2' },
          { upTo: null, rate: '3' },
        ],
      },
      'TIERS_UNUSABLE',
    ],
  ])('[A249] refuses %s', (_name, overrides, reason) => {
    expect(tariffViolations(aTariff(overrides)).map((violation) => violation.reason)).toEqual([reason]);
  });

  it('[A249] takes a whole one', () => {
    expect(tariffViolations(aTariff())).toEqual([]);
  });

  it('[A003] needs somebody else to approve it, and no other of its kind, use and days', () => {
    const now = new Date('2026-01-05T00:00:00Z');
    expect(approve(aTariff(), 'director', now, [])).toMatchObject({ status: 'APPROVED', approvedBy: 'director' });
    expect(() => approve(aTariff(), 'clerk', now, [])).toThrow(expect.objectContaining({ reason: 'OWN_DRAFT' }));
    const other = aTariff({ id: 't2', unitUsages: ['SHOP'], validFrom: '2026-06-01' });
    expect(() => approve(aTariff(), 'director', now, [other])).toThrow(
      expect.objectContaining({ reason: 'TARIFF_OVERLAPS' }),
    );
    expect(collides(aTariff({ unitUsages: ['RESIDENTIAL'] }), other)).toBe(false);
    expect(collides(aTariff({ validTo: '2026-06-01' }), other)).toBe(false);
    expect(collides(aTariff({ chargeTypeCode: 'HEATING' }), other)).toBe(false);
  });
});
