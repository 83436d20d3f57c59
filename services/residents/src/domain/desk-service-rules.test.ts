import { describe, expect, it } from '@jest/globals';

import { floorAreaOf } from './floor-area-rules.ts';
import { invoiceViolations } from './invoice-application-rules.ts';
import { visitViolations } from './key-account-visit-rules.ts';
import { eligibilityViolations, type Standing } from './membership-card-rules.ts';
import { membershipCardPolicy } from './membership-card-policy.ts';
import type { MembershipCardTier } from './membership-card.ts';
import { principalViolations, termViolations } from './rental-mandate-rules.ts';

const reasons = (violations: { reason: string; rule?: string }[]): string =>
  violations.map(({ reason }) => reason).join(' ');

describe('floorAreaOf', () => {
  const flats = { usage: 'RESIDENTIAL' as const, unitCount: 2, unmeasuredUnitCount: 1, areaM2: '38000.10' };
  const shops = { usage: 'SHOP' as const, unitCount: 1, unmeasuredUnitCount: 0, areaM2: '800' };

  it('[A201] adds the units up exactly and compares them with the figure of the site', () => {
    expect(floorAreaOf({ siteM2: '40000', usages: [flats, shops], toleratedDeviationShare: 0.03 })).toMatchObject({
      countedM2: '38800.1',
      unitCount: 3,
      unmeasuredUnitCount: 1,
      deviationM2: '-1199.9',
      deviationShare: '-0.0300',
      isDeviating: false,
    });
    expect(
      floorAreaOf({ siteM2: '40000', usages: [{ ...flats, areaM2: '41200.01' }], toleratedDeviationShare: 0.03 }),
    ).toMatchObject({
      deviationShare: '0.0300',
      isDeviating: true,
    });
    expect(floorAreaOf({ siteM2: null, usages: [], toleratedDeviationShare: 0.03 })).toMatchObject({
      countedM2: '0',
      deviationM2: null,
      isDeviating: false,
    });
  });
});

describe('visitViolations', () => {
  const now = new Date('2026-03-10T00:00:00Z');
  const at = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
  it.each([
    ['said something', 'SATISFIED', 'fine', at(0), ''],
    ['said nothing', 'UNSATISFIED', ' ', at(0), 'TEXT_REQUIRED'],
    ['was not reached', 'UNREACHABLE', null, at(72), ''],
    ['was asked too long ago', 'SATISFIED', 'fine', at(72.01), 'TOO_FAR_BACK'],
    ['will be asked', 'SATISFIED', 'fine', at(-1), 'IN_THE_FUTURE'],
  ] as const)('[A204] a key account that %s', (_what, outcome, opinion, visitedAt, expected) => {
    expect(reasons(visitViolations({ outcome, opinion, visitedAt }, { now, backdatingHours: 72 }))).toBe(expected);
  });
});

describe('mandates', () => {
  const unit = { isUnit: true, ownerIds: ['h'], isDeveloper: true };
  const vacant = { ...unit, ownerIds: [] };
  it.each([
    ['its owner', { householdId: 'h', developerId: null }, unit, ''],
    ['another household', { householdId: 'x', developerId: null }, unit, 'UNIT_NOT_OWNED'],
    ['nobody', { householdId: null, developerId: null }, unit, 'PRINCIPAL_REQUIRED'],
    ['both', { householdId: 'h', developerId: 'd' }, unit, 'PRINCIPAL_REQUIRED'],
    ['the developer, vacant', { householdId: null, developerId: 'd' }, vacant, ''],
    ['the developer, sold', { householdId: null, developerId: 'd' }, unit, 'UNIT_NOT_VACANT'],
    [
      'no developer, sold',
      { householdId: null, developerId: 'd' },
      { ...unit, isDeveloper: false },
      'DEVELOPER_UNKNOWN UNIT_NOT_VACANT',
    ],
    ['its owner, of no unit', { householdId: 'h', developerId: null }, { ...unit, isUnit: false }, 'UNIT_UNKNOWN'],
  ] as const)('[A226] a unit of %s', (_whose, principal, ownership, expected) => {
    expect(reasons(principalViolations(principal, ownership))).toBe(expected);
  });

  const limits = { today: '2026-03-02', longestTo: '2027-03-02', mostShare: 0.5 };
  it.each([
    ['at the edge', 1, '0.5', '2027-03-02', ''],
    ['a day too long', 1, '0.5', '2027-03-03', 'MANDATE_TOO_LONG'],
    ['ending today', 1, '0.5', '2026-03-02', 'RANGE_EMPTY'],
    ['for nothing and too much', 0, '0.51', '2026-03-03', 'AMOUNT_NOT_POSITIVE COMMISSION_TOO_HIGH'],
  ])('[A226] terms %s', (_what, askingAmount, commissionShare, validTo, expected) => {
    expect(reasons(termViolations({ askingAmount, commissionShare, validTo }, limits))).toBe(expected);
  });
});

describe('eligibilityViolations', () => {
  const { memberDays, bulkUnits, vipDays } = membershipCardPolicy.figures;
  const figures = { ...figuresOf(), memberDays: memberDays.value, bulkUnits: bulkUnits.value, vipDays: vipDays.value };
  const one = (overrides: Partial<Standing> = {}): Standing => ({
    isKeyAccount: false,
    days: 29,
    unitCount: 1,
    ...overrides,
  });
  it.each<[string, string, MembershipCardTier, boolean, Standing[], string]>([
    ['A302', 'a stranger', 'MEMBER', false, [], 'NOT_A_MEMBER'],
    ['A302', 'a member of 29 days', 'MEMBER', false, [one()], 'MEMBERSHIP_TOO_SHORT'],
    ['A302', 'a member of 30 days', 'MEMBER', false, [one(), one({ days: 30 })], ''],
    ['A302', 'a firm with three units', 'BULK', true, [one({ unitCount: 2 }), one()], ''],
    ['A302', 'a firm with two', 'BULK', true, [one({ unitCount: 2 })], 'TOO_FEW_UNITS'],
    ['A302', 'a person with one', 'BULK', false, [one()], 'BULK_NEEDS_ORGANISATION TOO_FEW_UNITS'],
    ['A309', 'a key account of a day', 'VIP', false, [one({ isKeyAccount: true, days: 1 })], ''],
    ['A309', 'a member of 364 days', 'VIP', false, [one({ days: 364 })], 'MEMBERSHIP_TOO_SHORT'],
    ['A309', 'a member of 365 days', 'VIP', false, [one({ days: 365 })], ''],
  ])('[%s] %s', (rule, _who, tier, isOrganisation, standing, expected) => {
    const found = eligibilityViolations({ tier, isOrganisation, standing, figures });
    expect(reasons(found)).toBe(expected);
    expect(found.every((violation) => violation.rule === rule)).toBe(true);
  });

  function figuresOf() {
    const values = Object.entries(membershipCardPolicy.figures).map(([key, { value }]) => [key, value]);
    return Object.fromEntries(values) as Record<keyof typeof membershipCardPolicy.figures, number>;
  }
});

describe('invoiceViolations', () => {
  const asked = { kind: 'ORDINARY', householdId: 'h', title: '张伟', purposeCode: 'PARKING', amount: 1 } as const;
  const firm = { ...asked, kind: 'SPECIAL', organisationId: 'o', taxNumber: '91440101MA5XXXXXX1' } as const;
  it.each([
    ['an ordinary one of a household', asked, ''],
    ['a special one with everything', { ...firm, registeredAddress: '锦绣路', bankAccount: '工行' }, ''],
    [
      'a special one with nothing',
      { ...asked, kind: 'SPECIAL' as const },
      'SPECIAL_NEEDS_ORGANISATION TAX_NUMBER_REQUIRED BANK_REQUIRED',
    ],
    ['a short tax number', { ...asked, taxNumber: '12345678901234' }, 'TAX_NUMBER_MALFORMED'],
    [
      'nobody for nothing',
      { ...asked, householdId: null, title: ' ', purposeCode: 'GIFT', amount: 0 },
      'PAYER_REQUIRED TEXT_REQUIRED PURPOSE_UNKNOWN AMOUNT_NOT_POSITIVE',
    ],
  ])('[A309] %s', (_what, request, expected) => {
    expect(reasons(invoiceViolations(request))).toBe(expected);
  });
});
