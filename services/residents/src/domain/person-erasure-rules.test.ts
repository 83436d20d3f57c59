import { describe, expect, it } from '@jest/globals';

import { erasureViolations, requireDecidable } from './person-erasure-rules.ts';
import type { PersonErasure } from './person-erasure.ts';

const nothing = { householdsToday: [], openAffairs: [] };

describe('erasureViolations', () => {
  it.each([
    ['custody', 'CUSTODY_OPEN'],
    ['decoration', 'DECORATION_OPEN'],
    ['move-in', 'MOVE_IN_OPEN'],
    ['move-out', 'MOVE_OUT_OPEN'],
    ['charge', 'ARREARS_OPEN'],
    ['dunning-case', 'ARREARS_OPEN'],
    ['work-order', 'WORK_ORDER_OPEN'],
    ['complaint', 'COMPLAINT_OPEN'],
    ['rental-mandate', 'AFFAIR_OPEN'],
  ])('[B017] an open %s is %s', (type, reason) => {
    const openAffairs = [
      { type, number: 'A-1' },
      { type, number: null },
    ];
    expect(erasureViolations({ ...nothing, openAffairs }, 'input')).toEqual([
      { path: 'input', reason, rule: 'B017', params: { count: 2, numbers: 'A-1' } },
    ]);
  });

  it('[B017] tells everything at once, and nothing where nothing is left', () => {
    const openAffairs = [
      { type: 'custody', number: 'A-1' },
      { type: 'charge', number: null },
    ];
    const found = erasureViolations({ householdsToday: ['h'], openAffairs }, 'input');
    expect(found.map(({ reason }) => reason)).toEqual(['PERSON_STILL_MEMBER', 'CUSTODY_OPEN', 'ARREARS_OPEN']);
    expect(erasureViolations(nothing, 'input')).toEqual([]);
  });
});

describe('requireDecidable', () => {
  const erasure = { status: 'REQUESTED', requestedBy: 'staff:1' } as PersonErasure;

  it('[B017] is decided once and by another login', () => {
    expect(() => requireDecidable(erasure, 'staff:2')).not.toThrow();
    expect(() => requireDecidable(erasure, 'staff:1')).toThrow('OWN_REQUEST');
    expect(() => requireDecidable({ ...erasure, status: 'ERASED' }, 'staff:2')).toThrow('ALREADY_DECIDED');
  });
});
