import { describe, expect, it } from '@jest/globals';
import { defaultsOf } from '@steward/test-kit/pure-rules';
import { deadlineAfter } from '@steward/core';

import { aWorkOrder } from './a-work-order.ts';
import {
  clocksOfPriority,
  completionDueAt,
  dispatchClock,
  intakeClocks,
  onSiteDueAt,
  reportClock,
  returnVisitClock,
  reworkOnSiteAt,
  sampleClock,
  waterTestClock,
  workClocks,
  type Clock,
} from './deadline-rules.ts';
import { afterWorkFigures, reviewFigures, workFigures } from './work-order-policy.ts';

const work = defaultsOf(workFigures);
const afterWork = defaultsOf(afterWorkFigures);
const review = defaultsOf(reviewFigures);

const zone = 'Asia/Shanghai';
const at = (text: string): Date => new Date(`${text}+08:00`);
/** Monday 09:00. */
const now = at('2026-03-02T09:00');
const dueOf = ({ span, startedAt }: Clock, start: Date): Date =>
  'dueAt' in span ? span.dueAt : deadlineAfter(startedAt ?? start, span, zone);

describe('clocks of the work (settled reading 9)', () => {
  it.each([
    ['[B013] an emergency is dispatched in 15 minutes', 'EMERGENCY', '2026-03-02T09:15'],
    ['[B013] others are dispatched in 30 minutes', 'NORMAL', '2026-03-02T09:30'],
  ] as const)('%s', (_name, priority, due) => {
    expect(dueOf(dispatchClock(aWorkOrder({ priority }), work), now)).toEqual(at(due));
  });

  it.each([
    ['[A068] an emergency is attended to in 30 minutes', { priority: 'EMERGENCY' }, '2026-03-02T09:30'],
    ['[A068] others at the appointment', { appointmentAt: at('2026-03-04T14:00') }, '2026-03-04T14:00'],
    ['[A109] without one, within the convenient time', { convenientTo: at('2026-03-02T18:00') }, '2026-03-02T18:00'],
    ['[A109] without either, within 24 hours', {}, '2026-03-03T09:00'],
    ['[A109] a convenient time that has passed is none', { convenientTo: at('2026-03-02T08:00') }, '2026-03-03T09:00'],
  ] as const)('%s', (_name, overrides, due) => {
    expect(onSiteDueAt(aWorkOrder(overrides), now, work)).toEqual(at(due));
  });

  it('[B015] work is to be completed 24 hours after the time to be on site', () => {
    expect(completionDueAt(at('2026-03-04T14:00'), work)).toEqual(at('2026-03-05T14:00'));
    const kinds = workClocks(aWorkOrder(), at('2026-03-04T14:00'), work).map((clock) => [
      clock.kind,
      dueOf(clock, now),
    ]);
    expect(kinds).toEqual([
      ['ON_SITE', at('2026-03-04T14:00')],
      ['COMPLETION', at('2026-03-05T14:00')],
    ]);
    // Shares for warning and escalation are of the 24 hours, not of the days until the appointment.
    expect(workClocks(aWorkOrder(), at('2026-03-04T14:00'), work)[1]?.startedAt).toEqual(at('2026-03-04T14:00'));
  });

  it('[B015] warns the supervisor at 80 %, tells of the breach, and the director after twice the time', () => {
    const { warnShare, warnTo, escalations } = dispatchClock(aWorkOrder(), work);
    const supervisor = { role: 'supervisor', departmentCode: 'MAINTENANCE' };
    expect({ warnShare, warnTo }).toEqual({ warnShare: 0.8, warnTo: supervisor });
    expect(escalations).toEqual([
      { afterShare: 1, to: supervisor },
      { afterShare: 2, to: { role: 'director' } },
    ]);
  });

  it('[B013] at intake the dispatch is due, of an emergency the work as well', () => {
    const kinds = (priority: 'EMERGENCY' | 'NORMAL'): string[] =>
      intakeClocks(aWorkOrder({ priority }), now, work).map(({ kind }) => kind);
    expect(kinds('NORMAL')).toEqual(['DISPATCH']);
    expect(kinds('EMERGENCY')).toEqual(['DISPATCH', 'ON_SITE', 'COMPLETION']);
  });

  it.each([
    ['a waiting order that is no emergency any more', { status: 'RECEIVED', priority: 'NORMAL' }, ['DISPATCH'], null],
    [
      'a waiting emergency',
      { status: 'RECEIVED', priority: 'EMERGENCY' },
      ['DISPATCH', 'ON_SITE', 'COMPLETION'],
      '2026-03-03T09:30',
    ],
    [
      'a given order that is an emergency',
      { status: 'ASSIGNED', priority: 'EMERGENCY' },
      ['ON_SITE', 'COMPLETION'],
      '2026-03-03T09:30',
    ],
    [
      'a given order that is none',
      { status: 'ASSIGNED', priority: 'NORMAL' },
      ['ON_SITE', 'COMPLETION'],
      '2026-03-04T09:00',
    ],
  ] as const)('[B013] a change of priority restarts the clocks: %s', (_name, overrides, kinds, due) => {
    const { clocks, dueAt } = clocksOfPriority(aWorkOrder(overrides), now, work);
    expect(clocks.map(({ kind }) => kind)).toEqual(kinds);
    expect(dueAt).toEqual(due === null ? null : at(due));
  });
});

describe('clocks after the work', () => {
  const completedAt = at('2026-03-02T16:20');

  it.each([
    ['[A070] safety facilities are visited within 2 days', 'SAFETY', 'A070', '2026-03-05T00:00'],
    ['[A071] leaks within 3 days of the water test', 'LEAK', 'A071', '2026-03-06T00:00'],
    ['[A072] everything else within 2 days', 'OTHER', 'A072', '2026-03-05T00:00'],
  ] as const)('%s', (_name, returnVisitKind, rule, due) => {
    const clock = returnVisitClock(aWorkOrder({ returnVisitKind }), completedAt, work, afterWork);
    expect([clock.rule, dueOf(clock, now)]).toEqual([rule, at(due)]);
    expect(clock.warnTo).toEqual({ role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE' });
  });

  it('[A069] counts calendar days, and working days where the community says so', () => {
    const friday = at('2026-03-06T16:00');
    const order = aWorkOrder();
    expect(dueOf(returnVisitClock(order, friday, work, afterWork), now)).toEqual(at('2026-03-09T00:00'));
    const working = { ...afterWork, countsWorkingDays: true };
    expect(dueOf(returnVisitClock(order, friday, work, working), now)).toEqual(at('2026-03-11T00:00'));
  });

  it('[A071] a repaired leak is tested within 2 days', () => {
    expect(dueOf(waterTestClock(aWorkOrder(), completedAt, work, afterWork), now)).toEqual(at('2026-03-05T00:00'));
  });

  it('[A073] what is done again is attended to in 30 minutes', () => {
    expect(reworkOnSiteAt(now, afterWork)).toEqual(at('2026-03-02T09:30'));
  });

  it('[A242] the visits of a weekly sample are due within 7 days', () => {
    expect(dueOf(sampleClock(review, work), now)).toEqual(at('2026-03-10T00:00'));
  });

  it('[A244] a monthly report is checked within 5 days', () => {
    expect(dueOf(reportClock(review, work), now)).toEqual(at('2026-03-08T00:00'));
  });
});
