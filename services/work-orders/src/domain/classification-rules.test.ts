import { describe, expect, test } from '@jest/globals';
import { defaultsOf, reasonsOf } from '@steward/test-kit/pure-rules';

import { aWorkOrder } from './a-work-order.ts';
import { decideParty, locate, reclassify } from './classification-rules.ts';
import type { PlaceReference } from './references.ts';
import { warrantyFigures } from './warranty-policy.ts';
import { catalogOf, type Problem } from './work-order-catalog.ts';
import type { ResponsibleParty, WorkOrder } from './work-order.ts';

const warranty = defaultsOf(warrantyFigures);
const catalog = catalogOf([]);
const day = '2026-03-02';

const aPlace = (overrides: Partial<PlaceReference> = {}): PlaceReference => ({
  id: 'unit',
  tenantId: 'tenant',
  communityId: 'community',
  parentId: 'building',
  buildingId: 'building',
  kind: 'UNIT',
  path: '3/1/1201',
  warrantyFrom: '2012-05-01',
  designLifeYears: null,
  ...overrides,
});

const aCommonOrder = (overrides: Partial<WorkOrder> = {}): WorkOrder =>
  aWorkOrder({ part: 'COMMON', isPaid: false, ...overrides });

const aPaidOrder = (overrides: Partial<WorkOrder> = {}): WorkOrder =>
  aCommonOrder({ part: 'AS_DELIVERED', isPaid: true, agreedQuoteId: 'quote', agreedFeeAmount: 5_000, ...overrides });

describe('reclassifying', () => {
  const to = (order: WorkOrder, classes: Partial<Parameters<typeof reclassify>[1]>, place = aPlace()) => {
    const { tradeCode, problemCode, part } = order;
    const before = catalog.problems.get(order.problemCode) as Problem;
    const deciding = { place, day, warranty, before, mayNameCommonInUnit: true };
    return reclassify(order, { tradeCode, problemCode, part, ...classes }, catalog, deciding);
  };

  test('[A109] changes the department and the kind of return visit with the trade and the problem', () => {
    const cleaned = to(aCommonOrder(), { tradeCode: 'CLEANING', problemCode: 'DIRTY_COMMON_AREA' });
    expect(cleaned).toMatchObject({ departmentCode: 'ENVIRONMENT', returnVisitKind: 'OTHER' });
    expect(to(aCommonOrder(), { problemCode: 'PIPE_LEAK' })).toMatchObject({ returnVisitKind: 'LEAK' });
  });

  test.each([
    [{ tradeCode: 'MAGIC' }, ['TRADE_UNKNOWN']],
    [{ problemCode: 'NO_POWER' }, ['PROBLEM_UNKNOWN']],
    [{}, ['NOTHING_CHANGED']],
  ])('to %j', (classes, reasons) => {
    expect(reasonsOf(() => to(aCommonOrder(), classes))).toEqual(reasons);
  });

  test('decides anew who answers for the repair, by part and period', () => {
    expect(to(aCommonOrder(), { part: 'OWN_FIT_OUT' })).toMatchObject({
      responsibleParty: 'OWN_FIT_OUT',
      isPaid: true,
    });
    const young = aPlace({ warrantyFrom: '2025-05-01' });
    const covered = to(aCommonOrder(), { part: 'AS_DELIVERED' }, young);
    expect(covered).toMatchObject({
      responsibleParty: 'DEVELOPER_WARRANTY',
      warrantyEndsOn: '2027-05-01',
      isPaid: false,
    });
  });

  test('keeps what a person decided, and judges the price by it', () => {
    const decided = aCommonOrder({ responsibilityBasis: 'DECIDED', responsibleParty: 'OWN_STAFF', part: 'COMMON' });
    const kept = to(decided, { part: 'AS_DELIVERED' }, aPlace({ warrantyFrom: '2025-05-01' }));
    expect(kept).toMatchObject({ responsibilityBasis: 'DECIDED', responsibleParty: 'OWN_STAFF', isPaid: true });
  });

  test.each([
    ['a burst becomes a tap', 'PIPE_BURST', 'EMERGENCY', 'TAP_OR_VALVE', 'NORMAL'],
    ['a tap becomes a burst', 'TAP_OR_VALVE', 'NORMAL', 'PIPE_BURST', 'EMERGENCY'],
    ['a tap that a person made urgent becomes a toilet', 'TAP_OR_VALVE', 'EMERGENCY', 'TOILET', 'EMERGENCY'],
    ['a burst that a person found not urgent becomes no water', 'PIPE_BURST', 'NORMAL', 'NO_WATER', 'EMERGENCY'],
  ] as const)('[B013] %s', (_what, problemCode, priority, found, expected) => {
    expect(to(aCommonOrder({ problemCode, priority }), { problemCode: found }).priority).toBe(expected);
  });

  test('[B013] keeps the priority of a part that is named anew', () => {
    const lowered = aCommonOrder({ problemCode: 'PIPE_BURST', priority: 'NORMAL' });
    expect(to(lowered, { part: 'AS_DELIVERED' }).priority).toBe('NORMAL');
  });

  test('lets an agreed price hold for the same problem only', () => {
    expect(to(aPaidOrder(), { problemCode: 'TOILET' })).toMatchObject({ agreedQuoteId: null, agreedFeeAmount: null });
    expect(to(aPaidOrder(), { part: 'OWN_FIT_OUT' })).toMatchObject({ agreedQuoteId: 'quote', agreedFeeAmount: 5_000 });
    expect(to(aPaidOrder(), { part: 'COMMON' })).toMatchObject({ isPaid: false, agreedQuoteId: null });
  });
});

describe('locating', () => {
  const problem = catalog.problems.get('TAP_OR_VALVE') as Problem;
  const at = (order: WorkOrder, place: PlaceReference, householdId: string | null = 'household') =>
    locate(order, householdId, { place, problem, day, warranty });

  test('puts the order in a unit of a building, for its household', () => {
    const located = at(aCommonOrder({ unitId: null }), aPlace());
    expect(located).toMatchObject({
      placeId: 'unit',
      unitId: 'unit',
      buildingId: 'building',
      householdId: 'household',
    });
    expect(located).toMatchObject({ part: 'AS_DELIVERED', isPaid: true });
  });

  test('in a common area makes it common and free', () => {
    const lobby = aPlace({ id: 'lobby', kind: 'COMMON_AREA' });
    expect(at(aPaidOrder(), lobby, null)).toMatchObject({
      unitId: null,
      part: 'COMMON',
      isPaid: false,
      agreedQuoteId: null,
    });
  });

  test('[A067] keeps a common part from unit to unit, and refuses an own fit-out where there is no unit', () => {
    expect(at(aCommonOrder({ unitId: 'other' }), aPlace())).toMatchObject({ part: 'COMMON', isPaid: false });
    const lobby = aPlace({ id: 'lobby', kind: 'COMMON_AREA' });
    expect(reasonsOf(() => at(aCommonOrder({ part: 'OWN_FIT_OUT' }), lobby, null))).toEqual(['PART_NOT_OF_PLACE']);
  });

  test('leaves a part that a person named', () => {
    expect(at(aCommonOrder({ part: 'OWN_FIT_OUT' }), aPlace()).part).toBe('OWN_FIT_OUT');
  });

  test('where it is already changes nothing', () => {
    const located = at(aCommonOrder(), aPlace());
    expect(reasonsOf(() => at(located, aPlace()))).toEqual(['NOTHING_CHANGED']);
  });
});

describe('a decision about the responsible party', () => {
  const organisation = (kind: 'MERCHANT' | 'CONTRACTOR' | 'DEVELOPER') => ({
    id: kind,
    found: { id: kind, tenantId: 'tenant', kind },
  });

  test.each<[ResponsibleParty, 'MERCHANT' | 'CONTRACTOR' | 'DEVELOPER' | null]>([
    ['OWN_FIT_OUT', 'MERCHANT'],
    ['DEVELOPER_WARRANTY', 'DEVELOPER'],
    ['EQUIPMENT_CONTRACTOR', 'CONTRACTOR'],
    ['OWN_STAFF', null],
  ])('[B014] for %s names %s alone', (party, fitting) => {
    const before = aCommonOrder({ responsibleParty: party === 'OWN_STAFF' ? 'OWN_FIT_OUT' : 'OWN_STAFF' });
    const kinds = (['MERCHANT', 'CONTRACTOR', 'DEVELOPER'] as const).filter(
      (kind) => reasonsOf(() => decideParty(before, party, organisation(kind))).length === 0,
    );
    expect(kinds).toEqual(fitting === null ? [] : [fitting]);
    expect(decideParty(before, party, null)).toMatchObject({ responsibleParty: party, responsibilityBasis: 'DECIDED' });
  });

  test.each<[ResponsibleParty, WorkOrder['part'], boolean]>([
    ['OWN_FIT_OUT', 'AS_DELIVERED', true],
    ['OWN_FIT_OUT', 'COMMON', true],
    ['OWN_STAFF', 'AS_DELIVERED', true],
    ['OWN_STAFF', 'OWN_FIT_OUT', true],
    ['OWN_STAFF', 'COMMON', false],
    ['OWN_STAFF', 'CONTRACTED_EQUIPMENT', false],
    ['DEVELOPER_WARRANTY', 'AS_DELIVERED', false],
    ['EQUIPMENT_CONTRACTOR', 'CONTRACTED_EQUIPMENT', false],
  ])('[B014] for %s and the part %s: paid is %s', (party, part, isPaid) => {
    const order = aCommonOrder({ part, responsibleParty: party === 'OWN_STAFF' ? 'OWN_FIT_OUT' : 'OWN_STAFF' });
    expect(decideParty(order, party, null).isPaid).toBe(isPaid);
  });

  test('refuses an organisation nobody knows, and the decision that stands', () => {
    const order = aCommonOrder({ responsibleParty: 'OWN_STAFF' });
    expect(reasonsOf(() => decideParty(order, 'OWN_FIT_OUT', { id: 'x', found: null }))).toEqual([
      'ORGANISATION_UNKNOWN',
    ]);
    expect(reasonsOf(() => decideParty(order, 'OWN_STAFF', null))).toEqual(['NOTHING_CHANGED']);
  });

  test('waits for nobody once the fee is asked for', () => {
    const charged = aPaidOrder({ chargeState: 'REQUESTED' });
    expect(reasonsOf(() => decideParty(charged, 'OWN_FIT_OUT', null))).toEqual(['CHARGE_REQUESTED']);
  });
});
