import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { act, aNewcomer, forgetTimers, healthOf, refusal, see, viewerOf } from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';
import {
  aSchool,
  aSession,
  aTeam,
  dayIn,
  morning,
  nextMonday,
  planned,
  present,
  quotasOf,
  reasons,
  toldAbout,
} from './training-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startHr();
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const session = 'trainingSession';

describe('each week', () => {
  it('[A241] a department owes its staff one session of daily business, of which everybody is named', async () => {
    const school = await aSchool(service);
    const monday = await nextMonday(service);
    await service.move(morning(monday));
    const [week] = await quotasOf(service, school, { period: 'WEEK' });
    expect(week).toMatchObject({ kind: 'BUSINESS', startsOn: monday, heldCount: 0, neededCount: 1, status: 'OPEN' });
    const { id } = await planned(service, school, 'BUSINESS', monday);
    const hold = (attendance: object[]) =>
      refusal(service, school.trainer, 'holdTrainingSession', session, { id, attendance });
    const absent = [{ staffId: school.clerkId, answer: 'ABSENT' }];
    expect(reasons(await hold([])).toSorted()).toEqual(['ATTENDANCE_MISSING', 'NOBODY_PRESENT']);
    expect(reasons(await hold([...absent, ...absent, ...present(school.communityId)])).toSorted()).toEqual([
      'NAMED_TWICE',
      'STAFF_UNKNOWN',
    ]);
    const held = await act(
      service,
      school.trainer,
      'holdTrainingSession',
      session,
      { id, attendance: present(school.clerkId) },
      'status presentCount passMark attendance { staff { id } answer attemptCount isPassed }',
    );
    expect(held).toEqual({
      status: 'HELD',
      presentCount: 1,
      passMark: 80,
      attendance: [{ staff: { id: school.clerkId }, answer: 'PRESENT', attemptCount: 0, isPassed: null }],
    });
    const [met] = await quotasOf(service, school, { period: 'WEEK' });
    expect(met).toMatchObject({ heldCount: 1, status: 'MET', deadlines: [{ kind: 'WEEKLY_TRAINING', state: 'MET' }] });
    const own = `query ($id: ID!) { trainingSession(id: $id) { ownAttendance { answer } } }`;
    expect(await service.ok(school.clerkSelf, own, { id })).toEqual({
      trainingSession: { ownAttendance: { answer: 'PRESENT' } },
    });
    const byStaff = `query { trainingSessions(filter: { staffId: "${school.clerkId}" }) { nodes { id } } }`;
    expect(await service.ok(school.clerkSelf, byStaff)).toEqual({ trainingSessions: { nodes: [{ id }] } });
    expect((await service.refused(school.clerk, byStaff)).extensions.code).toBe('FORBIDDEN');
  });

  it('[A241] is alarmed when it ends without one, reminded of before, and counts what was held in it and entered later', async () => {
    const school = await aSchool(service);
    const monday = await nextMonday(service);
    await service.move(morning(monday));
    const [week] = await quotasOf(service, school, { period: 'WEEK' });
    const quotaId = week?.id ?? '';
    await service.move({ advance: 'P4D' });
    expect(await toldAbout(service, quotaId)).toEqual([]);
    await service.move({ advance: 'P1D' });
    expect(await toldAbout(service, quotaId)).toEqual(['deadlineWarned WEEKLY_TRAINING supervisor']);
    await service.move({ advance: 'P2D' });
    expect((await toldAbout(service, quotaId)).slice(1)).toEqual([
      'deadlineBreached WEEKLY_TRAINING supervisor',
      'deadlineBreached WEEKLY_TRAINING director',
    ]);
    expect((await quotasOf(service, school, { period: 'WEEK' }))[0]).toMatchObject({ status: 'SHORT', heldCount: 0 });
    const held = async (day: string) => (await planned(service, school, 'BUSINESS', day)).id;
    const saturday = await dayIn(service, -2);
    const attendance = present(school.clerkId);
    const old = { id: await held(await dayIn(service, -4)), attendance };
    expect((await refusal(service, school.trainer, 'holdTrainingSession', session, old)).reason).toBe('TOO_FAR_BACK');
    const ahead = { id: await held(await dayIn(service, 1)), attendance };
    expect((await refusal(service, school.trainer, 'holdTrainingSession', session, ahead)).reason).toBe(
      'IN_THE_FUTURE',
    );
    await act(service, school.trainer, 'holdTrainingSession', session, { id: await held(saturday), attendance });
    const [late, running] = await quotasOf(service, school, { period: 'WEEK' });
    expect(late).toMatchObject({ status: 'MET', heldCount: 1, deadlines: [{ state: 'BREACHED' }] });
    expect(running).toMatchObject({ status: 'OPEN', heldCount: 0 });
    const moved = { id: ahead.id, startsAt: ahead.id, reason: '讲师请假' };
    const to = { ...moved, startsAt: `${saturday}T04:00:00.000Z`, endsAt: `${saturday}T05:00:00.000Z` };
    await act(service, school.trainer, 'rescheduleTrainingSession', session, to);
    const empty = { ...to, endsAt: to.startsAt };
    expect((await refusal(service, school.trainer, 'rescheduleTrainingSession', session, empty)).reason).toBe(
      'RANGE_EMPTY',
    );
    const cancelled = { id: ahead.id, reason: '重复' };
    expect(await act(service, school.trainer, 'cancelTrainingSession', session, cancelled, 'status')).toEqual({
      status: 'CANCELLED',
    });
  });

  it('[B009] a team is trained in its business by itself; its session names the team alone and is not the department’s', async () => {
    const school = await aSchool(service);
    const team = await aTeam(service, school);
    const post = { departmentCode: 'CUSTOMER_SERVICE', positionCode: 'CUSTOMER_SERVICE_CLERK', role: 'CLERK' } as const;
    const memberId = await aNewcomer(service, school, 'CLERK', { posts: [{ ...post, teamCode: team.code }] });
    const monday = await nextMonday(service);
    await service.move(morning(monday));
    const { id } = await planned(service, school, 'BUSINESS', monday, { teamId: team.id });
    const wrong = { departmentCode: 'SECURITY', teamId: team.id };
    const terms = { communityId: school.communityId, ...aSession(school, 'BUSINESS', monday), ...wrong };
    expect((await refusal(service, school.trainer, 'planTrainingSession', session, terms)).reason).toBe(
      'TEAM_OF_OTHER_DEPARTMENT',
    );
    const unknown = { ...terms, teamId: school.communityId };
    expect((await refusal(service, school.trainer, 'planTrainingSession', session, unknown)).reason).toBe(
      'TEAM_UNKNOWN',
    );
    const held = { id, attendance: present(memberId) };
    expect(
      await act(service, school.trainer, 'holdTrainingSession', session, held, 'presentCount team { id }'),
    ).toEqual({
      presentCount: 1,
      team: { id: team.id },
    });
    expect((await quotasOf(service, school, { period: 'WEEK' }))[0]).toMatchObject({ heldCount: 0, status: 'OPEN' });
  });
});

it('[A002] [A010] [B004] [B038] an induction covers its topics, is tested, and lets a newcomer into shifts once it is passed', async () => {
  const school = await aSchool(service);
  const employedOn = await dayIn(service, 0);
  const staffId = await aNewcomer(service, school, 'CLERK', { employedOn });
  const leaderId = await aNewcomer(service, school, 'SUPERVISOR', { employedOn: '2025-06-01' });
  await act(service, school.director, 'registerCertificate', 'certificate', healthOf(school, staffId));
  await service.move({ advance: 'P2D' });
  expect(await toldAbout(service, staffId)).toEqual([]);
  await service.move({ advance: 'P1D' });
  expect(await toldAbout(service, staffId)).toEqual(['inductionMissing supervisor', 'inductionMissing trainer']);
  const today = await dayIn(service, 0);
  const rosterDays = {
    communityId: school.communityId,
    kind: 'SERVICE_CENTRE',
    startsOn: await dayIn(service, 1),
    endsOn: await dayIn(service, 2),
  };
  const { id: rosterId } = await act(service, school.clerk, 'draftDutyRoster', 'dutyRoster', rosterDays);
  const assign = { id: rosterId, on: rosterDays.startsOn, patternCode: 'MORNING', staffId };
  expect(reasons(await refusal(service, school.clerk, 'assignDutyShift', 'dutyRoster', assign))).toContain(
    'TRAINING_MISSING',
  );
  const terms = {
    communityId: school.communityId,
    departmentCode: 'CUSTOMER_SERVICE',
    ...aSession(school, 'INDUCTION', today),
  };
  const poor = { ...terms, topicCodes: ['SAFETY', 'POST_DUTIES'] };
  expect(reasons(await refusal(service, school.trainer, 'planTrainingSession', session, poor))).toEqual([
    'TOPIC_MISSING',
    'TOPIC_MISSING',
    'TOPIC_MISSING',
  ]);
  const { id } = await act(service, school.trainer, 'planTrainingSession', session, terms);
  const test = (score: number) => ({ id, results: [{ staffId, score }] });
  expect((await refusal(service, school.trainer, 'recordTrainingTest', session, test(90))).reason).toBe(
    'ILLEGAL_TRANSITION',
  );
  const attendance = [...present(staffId, leaderId), { staffId: school.clerkId, answer: 'ABSENT' }];
  await act(service, school.trainer, 'holdTrainingSession', session, { id, attendance });
  const result = 'attendance { staff { id } score attemptCount isPassed induction { isPassed } }';
  const ofNewcomer = async (score: number) => {
    const row = await act<{ attendance: { staff: { id: string } }[] }>(
      service,
      school.trainer,
      'recordTrainingTest',
      session,
      test(score),
      result,
    );
    return row.attendance.find(({ staff }) => staff.id === staffId);
  };
  expect(await ofNewcomer(79)).toMatchObject({
    score: 79,
    attemptCount: 1,
    isPassed: false,
    induction: { isPassed: false },
  });
  expect(reasons(await refusal(service, school.clerk, 'assignDutyShift', 'dutyRoster', assign))).toContain(
    'TRAINING_MISSING',
  );
  expect(await ofNewcomer(80)).toMatchObject({
    score: 80,
    attemptCount: 2,
    isPassed: true,
    induction: { isPassed: true },
  });
  const absent = {
    id,
    results: [
      { staffId: school.clerkId, score: 90 },
      { staffId, score: 200 },
    ],
  };
  expect(reasons(await refusal(service, school.trainer, 'recordTrainingTest', session, absent))).toEqual([
    'NOT_AN_ATTENDEE',
    'ALREADY_PASSED',
  ]);
  await act(service, school.clerk, 'assignDutyShift', 'dutyRoster', assign);
  const ofLeader = { id, results: [{ staffId: leaderId, score: 95 }] };
  expect((await refusal(service, school.trainer, 'recordTrainingTest', session, ofLeader)).reason).toBe(
    'AUTHORITY_LACKING',
  );
  await act(service, school.director, 'recordTrainingTest', session, ofLeader);
  expect((await toldAbout(service, id)).slice(1)).toEqual([
    'trainingTestFailed staff',
    'trainingTestPassed staff',
    'trainingTestPassed staff',
  ]);
  expect(await see(service, viewerOf(school, 'guard'), session, id, 'attendance { score }')).toEqual({
    attendance: null,
  });
});
