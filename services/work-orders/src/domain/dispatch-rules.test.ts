import { describe, expect, it } from '@jest/globals';

import { aWorkOrder } from './a-work-order.ts';
import { dispatch, giveBack, giveTo, isOnDuty, rankCandidates, type Candidate, type Fitter } from './dispatch-rules.ts';
import { isReprint, nextSlipPrint } from './dispatch-slip-rules.ts';

const now = new Date('2026-03-02T01:00:00Z');
const moment = { now, day: '2026-03-02' };
const order = aWorkOrder({ communityId: 'c' });

const aFitter = (overrides: Partial<Fitter['staff']> = {}, post: Partial<Fitter['posts'][number]> = {}): Fitter => ({
  staff: {
    id: 's',
    tenantId: 't',
    number: 'YG-7',
    tradeCodes: ['PLUMBING'],
    onDutyFrom: now,
    onDutyTo: null,
    leftOn: null,
    ...overrides,
  },
  posts: [
    {
      id: 'p',
      tenantId: 't',
      staffId: 's',
      communityId: 'c',
      departmentCode: 'MAINTENANCE',
      role: 'maintenance',
      validFrom: '2025-01-01',
      validTo: null,
      ...post,
    },
  ],
});

const give = (fitter: Fitter | null, overrides = {}, action: 'assignWorkOrder' | 'takeWorkOrder' = 'assignWorkOrder') =>
  giveTo({ ...order, ...overrides }, action, fitter, moment);

describe('giving an order to somebody', () => {
  it('[B013] counts the slips and keeps when', () => {
    expect(give(aFitter())).toMatchObject({ status: 'ASSIGNED', assigneeId: 's', assignedAt: now, dispatchCount: 1 });
  });

  it.each<[string, Fitter | null, object, string | null]>([
    ['nobody is known by that id', null, {}, 'STAFF_UNKNOWN'],
    ['who has another trade', aFitter({ tradeCodes: ['ELECTRICAL'] }), {}, 'TRADE_MISMATCH'],
    ['who is fit for general work alone', aFitter({ tradeCodes: ['GENERAL'] }), {}, 'TRADE_MISMATCH'],
    ['who is fit for general work, for that', aFitter({ tradeCodes: ['GENERAL'] }), { tradeCode: 'GENERAL' }, null],
    ['who has any trade, for general work', aFitter(), { tradeCode: 'GENERAL' }, null],
    ['who has no trade, for general work', aFitter({ tradeCodes: [] }), { tradeCode: 'GENERAL' }, 'TRADE_MISMATCH'],
    ['who repairs for another department', aFitter({}, { departmentCode: 'ENVIRONMENT' }), {}, 'DEPARTMENT_MISMATCH'],
    ['a guard of the department', aFitter({}, { role: 'guard' }), {}, 'DEPARTMENT_MISMATCH'],
    ['a cashier of the department', aFitter({}, { role: 'cashier' }), {}, 'DEPARTMENT_MISMATCH'],
    ['its supervisor', aFitter({}, { role: 'supervisor' }), {}, null],
    ['who works elsewhere', aFitter({}, { communityId: 'other' }), {}, 'STAFF_NOT_OF_COMMUNITY'],
    ['whose post has ended today', aFitter({}, { validTo: '2026-03-02' }), {}, 'STAFF_NOT_OF_COMMUNITY'],
    ['whose post ends tomorrow', aFitter({}, { validTo: '2026-03-03' }), {}, null],
    ['who leaves today', aFitter({ leftOn: '2026-03-02' }), {}, 'STAFF_NOT_OF_COMMUNITY'],
    ['who is off duty, for tomorrow’s work', aFitter({ onDutyFrom: null }), {}, null],
    ['who is off duty, for an emergency', aFitter({ onDutyFrom: null }), { priority: 'EMERGENCY' }, 'NOT_ON_DUTY'],
  ])('[B013] %s', (_name, fitter, overrides, reason) => {
    if (reason === null) expect(give(fitter, overrides).assigneeId).toBe('s');
    else expect(() => give(fitter, overrides)).toThrow(reason);
  });

  it('[B013] who takes an order is on duty', () => {
    expect(give(aFitter(), {}, 'takeWorkOrder').status).toBe('ASSIGNED');
    expect(() => give(aFitter({ onDutyFrom: null }), {}, 'takeWorkOrder')).toThrow('NOT_ON_DUTY');
  });

  it('[A109] a transfer goes to somebody else', () => {
    const held = { ...order, status: 'ASSIGNED' as const, assigneeId: 's' };
    expect(() => giveTo(held, 'transferWorkOrder', aFitter(), moment)).toThrow('SAME_ASSIGNEE');
    expect(giveTo(held, 'transferWorkOrder', aFitter({ id: 'other' }), moment).assigneeId).toBe('other');
  });

  it('[A068] proposes the convenient time as the appointment, if it is still to come', () => {
    const convenient = {
      convenientFrom: new Date('2026-03-03T01:00:00Z'),
      convenientTo: new Date('2026-03-03T03:00:00Z'),
    };
    expect(give(aFitter(), convenient).appointmentAt).toEqual(convenient.convenientFrom);
    expect(give(aFitter(), { ...convenient, convenientFrom: new Date(0) }).appointmentAt).toBeNull();
    expect(give(aFitter(), { ...convenient, priority: 'EMERGENCY' }).appointmentAt).toBeNull();
  });

  it('is on duty from the first instant, not at the last', () => {
    const until = new Date('2026-03-02T09:00:00Z');
    const duty = { onDutyFrom: now, onDutyTo: until };
    expect([isOnDuty(duty, now), isOnDuty(duty, until), isOnDuty({ onDutyFrom: null, onDutyTo: null }, now)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('dispatching', () => {
  const aCandidate = (staffId: string, overrides: Partial<Candidate> = {}): Candidate => ({
    staffId,
    isOnDuty: true,
    isOfTrade: true,
    openOrderCount: 0,
    ...overrides,
  });

  it('[B013] ranks by duty, trade, load, and then always alike', () => {
    const candidates = [
      aCandidate('e', { isOnDuty: false }),
      aCandidate('d', { isOfTrade: false }),
      aCandidate('c', { openOrderCount: 2 }),
      aCandidate('b', { openOrderCount: 1 }),
      aCandidate('a', { openOrderCount: 1 }),
    ];
    expect(rankCandidates(candidates).map(({ staffId }) => staffId)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('[B013] gives the order to the best placed who is on duty', () => {
    const given = dispatch(order, [aCandidate('busy', { openOrderCount: 3 }), aCandidate('free')], now);
    expect(given).toMatchObject({ status: 'ASSIGNED', assigneeId: 'free' });
    expect(() => dispatch(order, [aCandidate('off', { isOnDuty: false })], now)).toThrow('NOBODY_ON_DUTY');
  });

  it('[B013] starts anew with an order that is given back', () => {
    const held = { ...order, status: 'ON_SITE' as const, assigneeId: 's', assignedAt: now, arrivedAt: now };
    expect(giveBack(held, now)).toMatchObject({
      status: 'RECEIVED',
      assigneeId: null,
      assignedAt: null,
      arrivedAt: null,
    });
  });
});

describe('the prints of a slip', () => {
  it.each([
    [1, 0, 'WX-1/1', false],
    [1, 1, 'WX-1/1', true],
    [2, 0, 'WX-1/2', false],
    [2, 3, 'WX-1/2', true],
  ])('[A205] of dispatch %i, printed %i times before: %s, reprint: %s', (dispatchCount, before, number, reprint) => {
    const print = nextSlipPrint({ number: 'WX-1', dispatchCount }, before);
    expect(print).toEqual({ number, dispatchCount, copy: before });
    expect(isReprint(print)).toBe(reprint);
  });
});
