import { describe, expect, it } from '@jest/globals';

import { daysOverlap, endRange, holdingViolations, isHeldOn, membershipViolations } from './household-rules.ts';
import type { DayRange, HoldingTerms, MembershipTerms } from './household.ts';

const range = (validFrom: string, validTo: string | null = null): DayRange => ({ validFrom, validTo });

describe('daysOverlap', () => {
  it.each([
    ['an open range and a later one', range('2020-01-01'), range('2021-01-01'), true],
    ['two open ranges', range('2020-01-01'), range('2020-01-01'), true],
    ['a range and the one that begins where it ends', range('2020-01-01', '2021-01-01'), range('2021-01-01'), false],
    ['a range and the one that begins a day earlier', range('2020-01-01', '2021-01-02'), range('2021-01-01'), true],
    ['a range and an empty one inside it', range('2020-01-01'), range('2020-06-01', '2020-06-01'), false],
  ])('%s', (_what, a, b, expected) => {
    expect([daysOverlap(a, b), daysOverlap(b, a)]).toEqual([expected, expected]);
  });
});

describe('isHeldOn', () => {
  it.each([
    ['2019-12-31', false],
    ['2020-01-01', true],
    ['2020-12-31', true],
    ['2021-01-01', false],
  ])('on %s: %p', (day, expected) => expect(isHeldOn(range('2020-01-01', '2021-01-01'), day)).toBe(expected));
});

describe('holdingViolations', () => {
  const terms: HoldingTerms = { unitId: 'u', tenure: 'OWNED', ...range('2020-01-01') };
  const reasons = (ownedByOthers: DayRange[], own: HoldingTerms[], wanted = terms): string[] =>
    holdingViolations(wanted, { ownedByOthers, own }, 'input').map(({ reason }) => reason);

  it('lets one household own a unit at a time, and any number rent it', () => {
    expect(reasons([range('2021-01-01')], [])).toEqual(['UNIT_ALREADY_OWNED']);
    expect(reasons([range('2021-01-01')], [], { ...terms, tenure: 'RENTED' })).toEqual([]);
    expect(reasons([range('2019-01-01', '2020-01-01')], [])).toEqual([]);
  });

  it('lets a household hold a unit once at a time', () => {
    expect(reasons([], [{ ...terms, tenure: 'RENTED' }])).toEqual(['UNIT_ALREADY_HELD']);
    expect(reasons([], [{ ...terms, unitId: 'another' }])).toEqual([]);
  });
});

describe('membershipViolations', () => {
  const owned: HoldingTerms = { unitId: 'u', tenure: 'OWNED', ...range('2020-01-01', '2024-01-01') };
  const member = (role: MembershipTerms['role'], validFrom = '2020-01-01', personId: string | null = 'p') => ({
    personId,
    organisationId: personId === null ? 'o' : null,
    role,
    ...range(validFrom),
  });
  const reasons = (terms: MembershipTerms, holdings: HoldingTerms[] = [owned], own: MembershipTerms[] = []): string[] =>
    membershipViolations(terms, { holdings, own }, 'input').map(({ reason }) => reason);

  it.each([
    ['an owner of what is owned', member('OWNER'), [owned], []],
    ['an owner of what is rented', member('OWNER'), [{ ...owned, tenure: 'RENTED' }], ['ROLE_NEEDS_TENURE']],
    ['an owner from the day after the last', member('OWNER', '2024-01-01'), [owned], ['ROLE_NEEDS_TENURE']],
    ['a renter of what is rented', member('RENTER'), [{ ...owned, tenure: 'RENTED' }], []],
    ['a renter of what its owner lets', member('RENTER'), [owned], []],
    ['a renter of nothing', member('RENTER'), [], ['ROLE_NEEDS_TENURE']],
    ['family without a unit', member('FAMILY'), [], []],
    ['an organisation as an agent', member('AGENT', '2020-01-01', null), [], []],
    ['an organisation as family', member('FAMILY', '2020-01-01', null), [], ['ROLE_NEEDS_PERSON']],
  ] as [string, MembershipTerms, HoldingTerms[], string[]][])('%s', (_what, terms, holdings, expected) => {
    expect(reasons(terms, holdings)).toEqual(expected);
  });

  it('lets nobody be the same twice at a time', () => {
    const own = [member('OWNER')];
    expect(reasons(member('OWNER', '2021-01-01'), [owned], own)).toEqual(['MEMBERSHIP_OVERLAPS']);
    expect(reasons(member('AGENT', '2021-01-01'), [owned], own)).toEqual([]);
    expect(reasons(member('OWNER', '2021-01-01', 'another'), [owned], own)).toEqual([]);
  });
});

describe('endRange', () => {
  it('moves an end forward and down to the first day, never back or before it', () => {
    expect(endRange(range('2020-01-01'), '2021-01-01').validTo).toBe('2021-01-01');
    expect(endRange(range('2020-01-01', '2021-01-01'), '2020-01-01').validTo).toBe('2020-01-01');
    expect(() => endRange(range('2020-01-01', '2021-01-01'), '2021-01-01')).toThrow('ALREADY_ENDED');
    expect(() => endRange(range('2020-01-01'), '2019-12-31')).toThrow('RANGE_EMPTY');
  });
});
