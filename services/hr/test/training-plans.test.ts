import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { weeksOf } from '../src/commands/training-calendar.ts';
import { act, aNewcomer, forgetTimers, refusal } from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';
import {
  aSchool,
  aSession,
  listed,
  morning,
  planned,
  present,
  quotasOf,
  reasons,
  toldAbout,
  type School,
} from './training-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startHr({ now: new Date('2026-03-31T01:00:00.000Z') });
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const plan = 'trainingPlan';
const session = 'trainingSession';

/** The Mondays of April 2026; the first is a holiday, people work from Tuesday on. */
const mondays = ['2026-04-06', '2026-04-13', '2026-04-20', '2026-04-27'];

const draftOf = (school: School, entries: object[], month = '2026-04') => ({
  communityId: school.communityId,
  departmentCode: 'CUSTOMER_SERVICE',
  month,
  entries,
});

const fullMonth = (school: School) => [
  ...mondays.map((day) => aSession(school, 'BUSINESS', day)),
  aSession(school, 'INTENSIVE', '2026-04-15'),
];

it('[A241] a week in which nobody works owes nothing, and a plan needs no session in it', () => {
  // The Spring Festival of 2026 takes the whole week from the 16th on.
  expect(weeksOf('2026-02').map(({ startsOn }) => startsOn)).toEqual(['2026-02-02', '2026-02-09', '2026-02-23']);
  expect(weeksOf('2026-03').at(-1)).toEqual({ startsOn: '2026-03-30', endsOn: '2026-04-01' });
});

describe('a plan of a month', () => {
  it('[A217] consists of sessions in its month, each with what its kind needs; everything wrong is told at once', async () => {
    const school = await aSchool(service);
    const wrong = [
      aSession(school, 'INTENSIVE', '2026-05-01', { topicCodes: ['SERVICE_ETIQUETTE', 'YOGA'], topic: ' ' }),
      aSession(school, 'STANDARD', '2026-04-08', { trainerId: school.communityId, endsAt: '2026-04-08T01:00:00.000Z' }),
    ];
    const refused = await refusal(service, school.trainer, 'draftTrainingPlan', plan, draftOf(school, wrong));
    expect(reasons(refused).toSorted()).toEqual(
      [
        'OUTSIDE_MONTH',
        'TEXT_REQUIRED',
        'TOPIC_UNKNOWN',
        'TOPIC_MISSING',
        'RANGE_EMPTY',
        'STAFF_UNKNOWN',
        'DOCUMENT_NOT_FITTING',
      ].toSorted(),
    );
    const draft = (overrides: object) =>
      refusal(service, school.trainer, 'draftTrainingPlan', plan, { ...draftOf(school, []), ...overrides });
    expect((await draft({ departmentCode: 'NOWHERE' })).reason).toBe('DEPARTMENT_UNKNOWN');
    expect((await draft({ month: '2026-02' })).reason).toBe('IN_THE_PAST');
    const many = Array.from({ length: 41 }, () => aSession(school, 'BUSINESS', '2026-04-07'));
    expect((await draft({ entries: many })).reason).toBe('TOO_MANY_ROWS');
    expect((await refusal(service, school.clerk, 'draftTrainingPlan', plan, draftOf(school, []))).code).toBe(
      'FORBIDDEN',
    );
    const { id } = await act(service, school.trainer, 'draftTrainingPlan', plan, draftOf(school, []));
    expect((await draft({})).reason).toBe('PLAN_EXISTS');
    const given = { id, reason: '重做' };
    expect(await act(service, school.trainer, 'withdrawTrainingPlan', plan, given, 'status')).toEqual({
      status: 'WITHDRAWN',
    });
    await act(service, school.trainer, 'draftTrainingPlan', plan, draftOf(school, []));
  });

  it('[A241] [A243] [A256] is handed in with a session a week and an intensive one, and approved by the director', async () => {
    const school = await aSchool(service);
    const first = fullMonth(school).slice(1, 4);
    const { id } = await act(service, school.trainer, 'draftTrainingPlan', plan, draftOf(school, first));
    const short = await refusal(service, school.trainer, 'submitTrainingPlan', plan, { id });
    expect(short.violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['WEEK_WITHOUT_TRAINING', 'A241'],
      ['MONTH_WITHOUT_INTENSIVE', 'A243'],
    ]);
    await act(service, school.trainer, 'setTrainingPlanEntries', plan, { id, entries: fullMonth(school) });
    await act(service, school.director, 'submitTrainingPlan', plan, { id });
    expect((await refusal(service, school.supervisor, 'approveTrainingPlan', plan, { id })).code).toBe('FORBIDDEN');
    expect((await refusal(service, school.director, 'approveTrainingPlan', plan, { id })).reason).toBe('OWN_REQUEST');
    const back = { id, reason: '请补充内容' };
    expect(await act(service, school.otherDirector, 'returnTrainingPlan', plan, back, 'status')).toEqual({
      status: 'DRAFT',
    });
    await act(service, school.trainer, 'submitTrainingPlan', plan, { id });
    const approved = 'status approvedAt entries { topics { label } } availableActions { action allowed }';
    expect(await act(service, school.director, 'approveTrainingPlan', plan, { id }, approved)).toMatchObject({
      status: 'APPROVED',
      approvedAt: expect.any(String),
      availableActions: expect.arrayContaining([{ action: 'submitTrainingPlan', allowed: false }]),
    });
    const sessions = await listed(service, school.clerk, 'trainingSessions', { planId: id }, 'kind status startsAt');
    expect(sessions).toHaveLength(5);
    expect(sessions[0]).toEqual({ kind: 'BUSINESS', status: 'PLANNED', startsAt: '2026-04-06T01:00:00.000Z' });
    expect(await toldAbout(service, id)).toEqual([
      'trainingPlanSubmitted director',
      'trainingPlanReturned supervisor',
      'trainingPlanSubmitted director',
      'trainingPlanApproved supervisor',
    ]);
  });
});

it('[A243] each month owes an intensive session and, before it begins, a plan; both are alarmed', async () => {
  const school = await aSchool(service);
  const guardId = await aNewcomer(service, school, 'GUARD', { employedOn: '2025-06-01' });
  await service.move(morning('2026-04-01'));
  const of = async (code: string) =>
    (await quotasOf(service, school, { period: 'MONTH' })).filter(({ department }) => department.number === code);
  const [april, may] = await of('SECURITY');
  expect(april).toMatchObject({ kind: 'INTENSIVE', startsOn: '2026-04-01', endsOn: '2026-05-01', neededCount: 1 });
  expect(april).toMatchObject({ deadlines: [{ kind: 'MONTHLY_TRAINING', state: 'RUNNING' }] });
  const both = [
    { kind: 'TRAINING_PLAN', state: 'RUNNING' },
    { kind: 'MONTHLY_TRAINING', state: 'RUNNING' },
  ];
  expect(may).toMatchObject({ startsOn: '2026-05-01', deadlines: expect.arrayContaining(both) });

  const { id } = await planned(service, school, 'INTENSIVE', '2026-04-01');
  await act(service, school.trainer, 'holdTrainingSession', session, { id, attendance: present(school.clerkId) });
  const days = ['2026-05-06', '2026-05-11', '2026-05-18', '2026-05-25'];
  const entries = [
    ...days.map((day) => aSession(school, 'BUSINESS', day)),
    aSession(school, 'INTENSIVE', '2026-05-13', { trainerId: guardId }),
  ];
  const draft = await act(service, school.trainer, 'draftTrainingPlan', plan, draftOf(school, entries, '2026-05'));
  await act(service, school.trainer, 'submitTrainingPlan', plan, draft);
  await act(service, school.director, 'approveTrainingPlan', plan, draft);

  await service.move(morning('2026-05-01'));
  const [kept, next] = await of('CUSTOMER_SERVICE');
  expect(kept).toMatchObject({ status: 'MET', heldCount: 1, deadlines: [{ state: 'MET' }] });
  expect(next).toMatchObject({ deadlines: expect.arrayContaining([{ kind: 'TRAINING_PLAN', state: 'MET' }]) });
  expect([await toldAbout(service, kept?.id ?? ''), await toldAbout(service, next?.id ?? '')]).toEqual([[], []]);
  expect((await of('SECURITY'))[0]).toMatchObject({ status: 'SHORT', heldCount: 0 });
  const alarms = (kind: string) => [
    `deadlineWarned ${kind} supervisor`,
    `deadlineBreached ${kind} supervisor`,
    `deadlineBreached ${kind} director`,
  ];
  expect(await toldAbout(service, april?.id ?? '')).toEqual(alarms('MONTHLY_TRAINING'));
  expect(await toldAbout(service, may?.id ?? '')).toEqual(alarms('TRAINING_PLAN'));
});
