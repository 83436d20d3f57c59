import { describe, expect, it } from '@jest/globals';

import { beyondClearance, clearedFor, isCleared, isEditor } from './document-rules.ts';
import { figuresOf, followUpViolations, poorFigures, reviewViolations } from './meeting-rules.ts';
import { meetingDay } from './training-calendar-rules.ts';
import { officeAttendees, qualityCodes, trainingFigures } from './training-policy.ts';
import {
  countHeld,
  isPass,
  missingTopics,
  planShortcomings,
  requireRecent,
  sessionViolations,
  testViolations,
} from './training-rules.ts';
import type { TrainingKind, TrainingQuota } from './training.ts';

const figures = [
  ['A241', 'weeklySessions', 1, 1, 7],
  ['A243', 'monthlyIntensiveSessions', 1, 1, 10],
  ['A010', 'passMark', 80, 1, 100],
  ['B004', 'inductionReminderDays', 3, 1, 90],
  ['A240', 'backdatingHours', 72, 1, 744],
  ['A241', 'reminderPercent', 70, 1, 99],
  ['A240', 'departmentMeetingWeekday', 1, 1, 7],
  ['A240', 'officeMeetingWeekday', 5, 1, 7],
  ['B009', 'teamMeetingWeekday', 5, 1, 7],
  ['A329', 'documentReadingDays', 7, 1, 90],
  ['A329', 'documentTrainingDays', 30, 1, 180],
  ['A329', 'documentReviewMonths', 12, 1, 60],
  ['A256', 'qualityReviewDays', 5, 1, 28],
] as const;

it.each(figures)('[%s] %s is %i, within %i and %i', (rule, name, value, least, most) => {
  expect(trainingFigures[name]).toMatchObject({ rule, value, least, most });
});

const leaders = ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'];
const others = ['clerk', 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'];
const roles = [...leaders, ...others, 'operator', 'resident', 'committee'];

describe('[A329] who reads a document by office', () => {
  it.each([
    ['PUBLIC', [...leaders, ...others]],
    ['INTERNAL', [...leaders, ...others]],
    ['CONFIDENTIAL', leaders],
    ['SECRET', leaders.slice(1)],
  ] as const)('%s', (grade, readers) => {
    expect(roles.filter((role) => clearedFor([role]).includes(grade))).toEqual(readers);
    expect(beyondClearance(roles, grade)).toEqual(roles.filter((role) => !readers.includes(role)));
  });

  it('leaders alone see what was never in force', () => {
    expect(roles.filter((role) => isEditor([role]))).toEqual(leaders);
    const draft = { secrecy: 'PUBLIC', versionInForce: null } as const;
    expect(roles.filter((role) => isCleared(draft, [role]))).toEqual(leaders);
    expect(roles.filter((role) => isCleared({ ...draft, versionInForce: 1 }, [role]))).toEqual([...leaders, ...others]);
  });
});

it('[A240] the leaders sit in the meeting of the management office', () => {
  expect(officeAttendees.roles).toEqual(leaders);
});

describe('topics of a kind', () => {
  it.each([
    ['A241', 'BUSINESS', ['DAILY_BUSINESS']],
    ['A243', 'INTENSIVE', ['PROPERTY_MANAGEMENT', 'SERVICE_ETIQUETTE']],
    ['A010', 'INDUCTION', ['COMPANY_RULES', 'POST_DUTIES', 'WORK_PROCESSES', 'SERVICE_ETIQUETTE', 'SAFETY']],
  ] as const)('[%s] %s needs %j', (rule, kind, codes) => {
    expect(missingTopics(kind, [])).toEqual(codes.map((code) => ({ code, rule })));
    expect(missingTopics(kind, codes)).toEqual([]);
  });

  it('[A217] a session has a topic in words, known codes and a length', () => {
    const at = new Date('2026-03-02T01:00:00Z');
    const terms = { kind: 'OTHER' as TrainingKind, topic: ' ', topicCodes: ['YOGA'], startsAt: at, endsAt: at };
    expect(sessionViolations(terms, 'input').map(({ reason }) => reason)).toEqual([
      'TEXT_REQUIRED',
      'RANGE_EMPTY',
      'TOPIC_UNKNOWN',
    ]);
    const endsAt = new Date('2026-03-02T02:00:00Z');
    expect(sessionViolations({ ...terms, topic: '急救', topicCodes: ['SAFETY'], endsAt }, 'input')).toEqual([]);
  });
});

describe('a plan', () => {
  const weeks = [
    { startsOn: '2026-03-02', endsOn: '2026-03-09' },
    { startsOn: '2026-03-09', endsOn: '2026-03-16' },
  ];
  const needed = { weeklySessions: 1, monthlyIntensiveSessions: 1 };
  const business = (startsOn: string) => ({ kind: 'BUSINESS' as const, startsOn });

  it('[A241] has a session of daily business in each week', () => {
    const intensive = { kind: 'INTENSIVE' as const, startsOn: '2026-03-12' };
    const lacking = planShortcomings([business('2026-03-09'), intensive], weeks, needed);
    expect(lacking).toEqual([
      expect.objectContaining({ params: { startsOn: '2026-03-02', missing: 1 }, rule: 'A241' }),
    ]);
    expect(planShortcomings([business('2026-03-08'), business('2026-03-15'), intensive], weeks, needed)).toEqual([]);
  });

  it('[A243] has an intensive session', () => {
    const both = [business('2026-03-02'), business('2026-03-09')];
    expect(planShortcomings(both, weeks, needed)).toEqual([
      expect.objectContaining({ reason: 'MONTH_WITHOUT_INTENSIVE', rule: 'A243', params: { missing: 1 } }),
    ]);
  });
});

it('[A241] a quota is met by as many sessions as are owed, also after its time', () => {
  const quota = { neededCount: 2, heldCount: 0, status: 'SHORT' } as TrainingQuota;
  expect(countHeld(quota, 1)).toMatchObject({ heldCount: 1, status: 'SHORT' });
  expect(countHeld(quota, 2)).toMatchObject({ heldCount: 2, status: 'MET' });
});

it('[A010] a test is passed with the pass mark, by who was there and has not passed yet', () => {
  expect([isPass(79, 80), isPass(80, 80)]).toEqual([false, true]);
  const attendees = new Map([
    ['a', { answer: 'PRESENT' as const, isPassed: null }],
    ['b', { answer: 'ABSENT' as const, isPassed: null }],
    ['c', { answer: 'PRESENT' as const, isPassed: true }],
    ['d', { answer: 'PRESENT' as const, isPassed: false }],
  ]);
  const results = ['a', 'a', 'b', 'c', 'd', 'e'].map((staffId) => ({ staffId, score: staffId === 'd' ? 101 : 90 }));
  expect(testViolations(results, attendees).map(({ reason }) => reason)).toEqual([
    'NAMED_TWICE',
    'NOT_AN_ATTENDEE',
    'ALREADY_PASSED',
    'SCORE_OUT_OF_RANGE',
    'NOT_AN_ATTENDEE',
  ]);
  expect(testViolations([], attendees)).toEqual([expect.objectContaining({ reason: 'TOO_MANY_ROWS' })]);
});

it('[A240] a weekly meeting moves to the next working day of its week, or else to the one before', () => {
  const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const works =
    (...days: string[]) =>
    (day: string): boolean =>
      days.includes(day);
  expect(meetingDay(week, 1, works('mon', 'tue'))).toBe('mon');
  expect(meetingDay(week, 1, works('thu', 'fri'))).toBe('thu');
  expect(meetingDay(week, 5, works('mon', 'tue', 'wed'))).toBe('wed');
  expect(meetingDay(week, 5, works('sat', 'mon'))).toBe('sat');
  expect(meetingDay(week, 5, works())).toBeNull();
});

it('[A240] nothing is recorded before it happened or longer ago than the figure says', () => {
  const now = new Date('2026-03-09T04:00:00Z');
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  expect(() => requireRecent(ago(72), now, 72, 'input.heldAt')).not.toThrow();
  expect(() => requireRecent(new Date(ago(72).getTime() - 1), now, 72, 'input.heldAt')).toThrow('TOO_FAR_BACK');
  expect(() => requireRecent(new Date(now.getTime() + 1), now, 72, 'input.heldAt')).toThrow('IN_THE_FUTURE');
});

describe('[A256] the figures of a month', () => {
  const poor = [
    'ORDERS_LATE',
    'ORDERS_REOPENED',
    'COMPLAINTS_MAJOR',
    'COMPLAINTS_REOPENED',
    'VISITS_UNSATISFIED',
    'DEADLINES_BREACHED',
  ];
  const good = [
    'ORDERS_RECEIVED',
    'ORDERS_COMPLETED',
    'COMPLAINTS_RECEIVED',
    'COMPLAINTS_RESOLVED',
    'VISITS_SATISFIED',
  ];

  it('are eleven, six of which tell of something to be mended', () => {
    expect([...qualityCodes.codes].toSorted()).toEqual([...poor, ...good].toSorted());
    const all = figuresOf(new Map(qualityCodes.codes.map((code) => [code, 1])));
    expect(poorFigures(all).toSorted()).toEqual(poor.toSorted());
    expect(poorFigures(figuresOf(new Map()))).toEqual([]);
  });

  it('need an analysis, and a remedy where they are poor', () => {
    const late = figuresOf(new Map([['ORDERS_LATE', 1]]));
    expect(reviewViolations(late, ' ', []).map(({ reason }) => reason)).toEqual(['TEXT_REQUIRED', 'REMEDY_MISSING']);
    expect(reviewViolations(figuresOf(new Map()), '平稳', [])).toEqual([]);
    const remedy = { staffId: 'a', description: '加派人手', dueOn: '2026-03-09' };
    expect(reviewViolations(late, '人手不足', [remedy])).toEqual([]);
    expect(followUpViolations([remedy], '2026-03-09', 'x')).toEqual([]);
    expect(
      followUpViolations([{ ...remedy, description: '', dueOn: '2026-03-08' }], '2026-03-09', 'x').map(
        ({ reason }) => reason,
      ),
    ).toEqual(['TEXT_REQUIRED', 'IN_THE_PAST']);
  });
});
