import { describe, expect, it } from '@jest/globals';
import { localTime, startOfLocalDay } from '@steward/core';

import {
  assignmentRefusals,
  fitnessRefusals,
  patternRefusals,
  timeRefusals,
  type Assignable,
} from './assignment-rules.ts';
import { certificateViolations, renew, renewalClock } from './certificate-rules.ts';
import type { Certificate } from './duty-roster.ts';
import {
  builtInPatterns,
  certificateKinds,
  rosterFigures,
  timetableFigures,
  type TimetableValues,
} from './duty-time-policy.ts';
import { planRoster, type PlanSlot } from './roster-plan-rules.ts';
import { patternsOf, timesOf, type LocalClock } from './timetable-rules.ts';

const clockOf = (zone: string): LocalClock => ({
  startOfDay: (on) => startOfLocalDay(on, zone),
  timeOf: (at) => localTime(at, zone),
});
const zone = clockOf('Asia/Shanghai');
const figures = Object.fromEntries(
  Object.entries(timetableFigures).map(([key, { value }]) => [key, value]),
) as TimetableValues;
const hour = 3_600_000;

const day = '2026-03-02';
const community = 'c1';

const aWorker = (overrides: Partial<Assignable> = {}): Assignable => ({
  id: 's1',
  posts: [{ communityId: community, role: 'MAINTENANCE', validFrom: '2026-01-01', validTo: null }],
  tradeCodes: ['PLUMBING'],
  certificates: [{ kindCode: 'HEALTH', issuedOn: '2026-01-01', expiresOn: '2026-12-31' }],
  inductedOn: ['2026-01-02'],
  leaves: [],
  taken: [],
  ...overrides,
});

const roleOf = (role: Assignable['posts'][number]['role']) =>
  aWorker({ posts: [{ communityId: community, role, validFrom: '2026-01-01', validTo: null }] });
const reasonsFor = (one: Assignable, code: keyof typeof builtInPatterns): string[] =>
  patternRefusals(one, { code, ...builtInPatterns[code] }, community, day).map(({ reason }) => reason);

describe('who may work a shift', () => {
  const everyRole = [
    'DIRECTOR',
    'DEPUTY_DIRECTOR',
    'ADMINISTRATIVE_SUPERVISOR',
    'SUPERVISOR',
    'CLERK',
    'CASHIER',
    'MAINTENANCE',
    'GUARD',
    'ENVIRONMENT',
  ] as const;
  it.each([
    ['A020', 'NOON', ['CLERK']],
    ['A019', 'MORNING', ['CLERK']],
    ['A019', 'AFTERNOON', ['CLERK']],
    ['A021', 'NIGHT', ['MAINTENANCE']],
    ['A253', 'MANAGER_DAY', ['DIRECTOR', 'DEPUTY_DIRECTOR', 'ADMINISTRATIVE_SUPERVISOR', 'SUPERVISOR']],
  ] as const)('[%s] %s is worked by %s', (_rule, code, roles) => {
    const fit = everyRole.filter((role) => !reasonsFor(roleOf(role), code).includes('SHIFT_ROLE_UNFIT'));
    expect(fit).toEqual(roles);
  });

  it.each([
    ['A019', 'MORNING', true, false],
    ['A020', 'NOON', true, false],
    ['A019', 'AFTERNOON', true, false],
    ['A021', 'NIGHT', true, true],
    ['A253', 'MANAGER_DAY', false, false],
  ] as const)('[%s] %s counts for the service centre: %s, as a night: %s', (_rule, code, isServiceCentre, isNight) => {
    expect(patternsOf(day, figures, []).find((one) => one.code === code)).toMatchObject({ isServiceCentre, isNight });
  });

  it('[A021] the night takes a plumber or an electrician', () => {
    const fit = ['PLUMBING', 'ELECTRICAL', 'CARPENTRY'].filter(
      (trade) => reasonsFor(aWorker({ tradeCodes: [trade] }), 'NIGHT').length === 0,
    );
    expect(fit).toEqual(['PLUMBING', 'ELECTRICAL']);
  });

  it('[A308] only on days of the post, in its community', () => {
    const post = { communityId: community, role: 'MAINTENANCE' as const, validFrom: day, validTo: '2026-03-03' };
    const on = (at: string, where = community) =>
      patternRefusals(aWorker({ posts: [post] }), { code: 'NIGHT', ...builtInPatterns.NIGHT }, where, at).length;
    expect([on('2026-03-01'), on(day), on('2026-03-03'), on(day, 'c2')]).toEqual([1, 0, 1, 1]);
  });

  it.each([
    ['all there', {}, []],
    ['no certificate', { certificates: [] }, ['CERTIFICATE_INVALID']],
    [
      'one of another kind',
      { certificates: [{ kindCode: 'LIFT', issuedOn: day, expiresOn: day }] },
      ['CERTIFICATE_INVALID'],
    ],
    ['its last day', { certificates: [{ kindCode: 'HEALTH', issuedOn: '2026-01-01', expiresOn: day }] }, []],
    [
      'the day after',
      { certificates: [{ kindCode: 'HEALTH', issuedOn: '2026-01-01', expiresOn: '2026-03-01' }] },
      ['CERTIFICATE_INVALID'],
    ],
    [
      'before it was issued',
      { certificates: [{ kindCode: 'HEALTH', issuedOn: '2026-03-03', expiresOn: '2026-12-31' }] },
      ['CERTIFICATE_INVALID'],
    ],
    ['trained on the day', { inductedOn: [day] }, []],
    ['trained later', { inductedOn: ['2026-03-03'] }, ['TRAINING_MISSING']],
    ['neither', { certificates: [], inductedOn: [] }, ['CERTIFICATE_INVALID', 'TRAINING_MISSING']],
  ] as [string, Partial<Assignable>, string[]][])(
    '[B038] certificate and training: %s',
    (_what, overrides, expected) => {
      expect(fitnessRefusals(aWorker(overrides), day).map(({ reason }) => reason)).toEqual(expected);
    },
  );

  it('[B035] nobody at leave', () => {
    const at = (firstDay: string, lastDay: string) =>
      fitnessRefusals(aWorker({ leaves: [{ firstDay, lastDay }] }), day);
    expect([at(day, day).length, at('2026-03-03', '2026-03-04').length, at('2026-02-01', '2026-03-01').length]).toEqual(
      [1, 0, 0],
    );
  });

  it('[A021] has half a day of rest after a night, before and behind', () => {
    const rest = rosterFigures.restAfterNightHours.value;
    expect(rest).toBe(12);
    const night = { from: 0, to: 15 * hour, isNight: true };
    const shift = (from: number) => ({ from, to: from + hour, isNight: false });
    const reasons = (taken: typeof night, next: typeof night) =>
      timeRefusals([taken], next, rest).map((one) => one.reason);
    expect(reasons(night, shift(27 * hour - 1))).toEqual(['REST_TOO_SHORT']);
    expect(reasons(night, shift(27 * hour))).toEqual([]);
    expect(reasons(shift(20 * hour), night)).toEqual(['REST_TOO_SHORT']);
    expect(reasons(night, shift(14 * hour))).toEqual(['SHIFT_OVERLAPS']);
    expect(reasons(shift(0), shift(hour))).toEqual([]);
  });

  it('names everything that stands in the way at once', () => {
    const [pattern] = patternsOf(day, figures, []).filter(({ code }) => code === 'NIGHT');
    if (pattern === undefined) throw new Error('NIGHT');
    const nobody = aWorker({ posts: [], tradeCodes: [], certificates: [], inductedOn: [] });
    const place = { communityId: community, day, from: 0, to: hour, restHours: 12 };
    expect(assignmentRefusals(nobody, pattern, place).map(({ reason }) => reason)).toEqual([
      'SHIFT_ROLE_UNFIT',
      'SHIFT_TRADE_UNFIT',
      'CERTIFICATE_INVALID',
      'TRAINING_MISSING',
    ]);
  });
});

describe('a plan', () => {
  const slotsOf = (days: string[], staffIds: string[]): PlanSlot[] =>
    days.flatMap((on) =>
      patternsOf(on, figures, [])
        .filter(({ code }) => code === 'NIGHT')
        .map((pattern) => ({ day: on, pattern, ...timesOf(pattern, on, zone), perDay: 1, staffIds })),
    );

  it('[A308] gives turns in order, fairly, and the same twice', () => {
    const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
    const staff = new Map(['a', 'b'].map((id) => [id, aWorker({ id })]));
    const plan = () => planRoster(slotsOf(days, ['a', 'b']), staff, { communityId: community, restHours: 12 });
    expect(plan().shifts.map(({ staffId }) => staffId)).toEqual(['a', 'b', 'a', 'b']);
    expect(plan()).toEqual(plan());
  });

  it('[B038] passes over who may not work, and says what stays empty', () => {
    const staff = new Map([['a', aWorker({ id: 'a', inductedOn: [] })]]);
    const { shifts, unfilled } = planRoster(slotsOf([day], ['a']), staff, { communityId: community, restHours: 12 });
    expect([shifts, unfilled]).toEqual([[], [{ on: day, patternCode: 'NIGHT', missingCount: 1 }]]);
  });
});

describe('certificates', () => {
  const certificate = { status: 'IN_FORCE', expiresOn: '2026-06-30', staffId: 's1' } as Certificate;

  it('[A332] are of the kinds of the register', () => {
    const terms = { certificateNo: 'X1', issuedOn: day, expiresOn: day };
    const known = certificateKinds.map((kindCode) => certificateViolations({ ...terms, kindCode }).length);
    expect(known).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(
      certificateViolations({ kindCode: 'NONE', certificateNo: ' ', issuedOn: day, expiresOn: '2026-03-01' }),
    ).toHaveLength(3);
  });

  it('[A332] are renewed and inspected to a later day; a new seal may keep the day', () => {
    const to = (upkeep: 'RENEWAL' | 'YEARLY_INSPECTION' | 'SEAL_CHANGE', expiresOn: string) =>
      renew(certificate, { upkeep, expiresOn });
    expect(to('RENEWAL', '2027-06-30')).toMatchObject({
      upkeep: 'RENEWAL',
      expiresOn: '2027-06-30',
      status: 'IN_FORCE',
    });
    expect(() => to('YEARLY_INSPECTION', '2026-06-30')).toThrow('CERTIFICATE_NOT_PROLONGED');
    expect(to('SEAL_CHANGE', '2026-06-30')).toMatchObject({ upkeep: 'SEAL_CHANGE' });
    expect(() => renew({ ...certificate, status: 'REVOKED' }, { upkeep: 'RENEWAL', expiresOn: '2027-06-30' })).toThrow(
      'CERTIFICATE_REVOKED',
    );
  });

  it('[A332] remind their holder 30 days before, or at once where less is left', () => {
    const now = new Date('2026-03-02T00:00:00Z');
    const reminderDays = rosterFigures.certificateReminderDays.value;
    expect(reminderDays).toBe(30);
    const expiresAt = new Date('2026-05-01T00:00:00Z');
    const clock = renewalClock({ staffId: 's1' }, { now, expiresAt, reminderDays });
    const warnAt = now.getTime() + clock.warnShare * (expiresAt.getTime() - now.getTime());
    expect(Math.round((expiresAt.getTime() - warnAt) / 86_400_000)).toBe(30);
    expect(
      renewalClock({ staffId: null }, { now, expiresAt: new Date('2026-03-12T00:00:00Z'), reminderDays }),
    ).toMatchObject({
      warnShare: 0,
      warnTo: { role: 'administrativeSupervisor' },
    });
  });
});
