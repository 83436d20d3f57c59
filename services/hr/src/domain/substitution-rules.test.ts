import { describe, expect, it } from '@jest/globals';

import type { Assignable } from './assignment-rules.ts';
import { emergencyReason, substitutionReasons } from './attendance-policy.ts';
import type { ShiftSwap } from './duty-attendance.ts';
import type { DutyShift } from './duty-roster.ts';
import { nightSubstitutes } from './duty-time-policy.ts';
import { requireFit, requireOwners, requireSwappable, requireThirdParty } from './shift-swap-rules.ts';
import { requireArranger, requireReasonCode, requireSubstitute } from './substitution-rules.ts';

const at = (time: string): Date => new Date(`2026-03-02T${time}:00.000Z`);

const day = '2026-03-02';
const someone = (role: 'GUARD' | 'MAINTENANCE' | 'CLERK', overrides: Partial<Assignable> = {}): Assignable => ({
  id: `s-${role}`,
  posts: [{ communityId: 'c', role, validFrom: '2026-01-01', validTo: null }],
  tradeCodes: ['PLUMBING'],
  certificates: [{ kindCode: 'HEALTH', issuedOn: '2026-01-01', expiresOn: '2026-12-31' }],
  inductedOn: ['2026-01-02'],
  leaves: [],
  taken: [],
  ...overrides,
});
const night = {
  id: 'n',
  number: 'BC-1',
  communityId: 'c',
  workedOn: day,
  staffId: 'worker',
  patternCode: 'NIGHT',
  startsAt: at('09:30'),
  endsAt: at('23:30'),
  isServiceCentre: true,
  isNight: true,
  status: 'STARTED',
} as DutyShift;
const nightPattern = {
  code: 'NIGHT',
  kind: 'SERVICE_CENTRE',
  roles: ['maintenance'],
  trades: ['PLUMBING'],
  isServiceCentre: true,
  isNight: true,
  isHandoverRequired: true,
  start: '17:30',
  end: '08:30',
} as const;
const noon = { ...night, isNight: false, patternCode: 'NOON' } as DutyShift;

describe('standing in', () => {
  it('[A222] is for one of the reasons, and arranged by the leader', () => {
    for (const reasonCode of substitutionReasons.codes) requireReasonCode(reasonCode);
    expect(substitutionReasons.codes).toEqual(['EMERGENCY_REPAIR', 'ERRAND', 'ILLNESS', 'LEAVE', 'OTHER']);
    expect(() => requireReasonCode('SLEEP')).toThrow('SUBSTITUTION_REASON_UNKNOWN');
    const arrange =
      (isLeader: boolean, reasonCode: string, of = night, role: 'GUARD' | 'CLERK' = 'GUARD') =>
      () =>
        requireArranger({ isLeader, reasonCode, shift: of, substitute: someone(role) });
    arrange(true, 'ERRAND')();
    expect(arrange(false, 'ERRAND')).toThrow('LEADER_ARRANGES');
    expect(arrange(false, 'EMERGENCY_REPAIR', noon)).toThrow('LEADER_ARRANGES');
    expect(arrange(false, 'EMERGENCY_REPAIR', night, 'CLERK')).toThrow('LEADER_ARRANGES');
  });

  it('[A025] is the guard at night, whom a worker called to an emergency calls alone', () => {
    expect(emergencyReason.codes).toEqual(['EMERGENCY_REPAIR']);
    expect(nightSubstitutes.roles).toEqual(['guard']);
    requireArranger({ isLeader: false, reasonCode: 'EMERGENCY_REPAIR', shift: night, substitute: someone('GUARD') });
    const context = { pattern: nightPattern, restHours: 12 };
    requireSubstitute(someone('GUARD'), night, context);
    requireSubstitute(someone('MAINTENANCE'), night, context);
    expect(() => requireSubstitute(someone('CLERK'), night, context)).toThrow('SUBSTITUTE_UNFIT');
    expect(() => requireSubstitute(someone('GUARD'), noon, context)).toThrow('SUBSTITUTE_UNFIT');
    expect(() => requireSubstitute(someone('MAINTENANCE', { id: 'worker' }), night, context)).toThrow(
      'SUBSTITUTE_UNFIT',
    );
  });

  it('[B038] is nobody without certificate and training, nor in two places before the shift', () => {
    const context = { pattern: nightPattern, restHours: 12 };
    expect(() => requireSubstitute(someone('GUARD', { inductedOn: [] }), night, context)).toThrow('TRAINING_MISSING');
    const busy = someone('MAINTENANCE', {
      taken: [{ from: night.startsAt.getTime(), to: night.endsAt.getTime(), isNight: true }],
    });
    expect(() => requireSubstitute(busy, { ...night, status: 'PLANNED' }, context)).toThrow('SHIFT_OVERLAPS');
    requireSubstitute(busy, night, context);
  });
});

describe('a swap', () => {
  const planned = { ...night, status: 'PLANNED' } as DutyShift;
  const swap = { requesterId: 'worker', colleagueId: 's-MAINTENANCE' } as ShiftSwap;

  it('[B034] is of shifts that nobody has begun, and that are theirs', () => {
    requireSwappable([planned, null], at('09:29'));
    expect(() => requireSwappable([planned], at('09:30'))).toThrow('SHIFT_BEGUN');
    expect(() => requireSwappable([planned, night], at('09:00'))).toThrow('SHIFT_BEGUN');
    requireOwners(swap, { shift: planned, other: null });
    expect(() => requireOwners(swap, { shift: { ...planned, staffId: 'x' }, other: null })).toThrow('SHIFT_NOT_THEIRS');
    expect(() => requireOwners(swap, { shift: planned, other: planned })).toThrow('SHIFT_NOT_THEIRS');
  });

  it('[B034] has the consent of a supervisor who is neither of the two', () => {
    requireThirdParty(swap, 'third');
    for (const party of ['worker', 's-MAINTENANCE'])
      expect(() => requireThirdParty(swap, party)).toThrow('OWN_REQUEST');
  });

  it('leaves out the shift that is given away, and refuses what does not fit', () => {
    const taken = [{ from: planned.startsAt.getTime(), to: planned.endsAt.getTime(), isNight: true }];
    const one = someone('MAINTENANCE', { taken });
    requireFit([{ one, shift: planned, pattern: nightPattern, givenAway: planned }], 12);
    expect(() => requireFit([{ one, shift: planned, pattern: nightPattern, givenAway: null }], 12)).toThrow(
      'SHIFT_OVERLAPS',
    );
    expect(() =>
      requireFit([{ one: someone('CLERK'), shift: planned, pattern: nightPattern, givenAway: null }], 12),
    ).toThrow('SHIFT_ROLE_UNFIT');
  });
});
