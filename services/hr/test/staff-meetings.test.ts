import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { workOrderCompleted, workOrderReturnVisited } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { act, aNewcomer, forgetTimers, refusal, see } from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';
import {
  aSchool,
  aTeam,
  dayIn,
  listed,
  morning,
  present,
  reasons,
  toldAbout,
  type School,
} from './training-fixture.ts';

let service: TestService;

beforeAll(async () => {
  // A Sunday, the day before an ordinary week that ends with the month.
  service = await startHr({ now: new Date('2026-03-22T01:00:00.000Z') });
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const meeting = 'staffMeeting';
const followUp = 'followUp';

type Row = { id: string; kind: string; meetingOn: string; status: string; isRegular: boolean };

const meetingsOf = (school: School): Promise<Row[]> =>
  listed(
    service,
    school.supervisor,
    'staffMeetings',
    { communityId: school.communityId },
    'id kind meetingOn status isRegular',
  );

const held = (school: School, id: string, overrides: object = {}) => ({
  id,
  heldAt: '2026-03-23T00:30:00.000Z',
  minutes: '一、上周报修完成情况。',
  attendance: present(school.supervisorId, school.clerkId),
  ...overrides,
});

describe('meetings of the week', () => {
  it('[A240] [B009] are due on Monday for departments, on Friday for the office and for teams', async () => {
    const school = await aSchool(service);
    const team = await aTeam(service, school);
    const post = { departmentCode: 'CUSTOMER_SERVICE', positionCode: 'CUSTOMER_SERVICE_CLERK', role: 'CLERK' } as const;
    const memberId = await aNewcomer(service, school, 'CLERK', { posts: [{ ...post, teamCode: team.code }] });
    expect(await meetingsOf(school)).toEqual([]);
    await service.move(morning('2026-03-23'));
    const planned = await meetingsOf(school);
    expect(planned.every(({ isRegular }) => isRegular)).toBe(true);
    expect(planned.map(({ kind, meetingOn }) => `${kind} ${meetingOn}`).toSorted()).toEqual([
      'DEPARTMENT 2026-03-23',
      'OFFICE 2026-03-27',
      'TEAM 2026-03-27',
    ]);
    const idOf = (kind: string): string => planned.find((one) => one.kind === kind)?.id ?? '';

    // The department's is prepared and held with everybody, each of whom is named.
    const agenda = { id: idOf('DEPARTMENT'), agenda: '一、总结;二、计划', chairId: school.supervisorId };
    const hold = (viewer: Viewer, overrides: object = {}) =>
      refusal(service, viewer, 'holdStaffMeeting', meeting, held(school, idOf('DEPARTMENT'), overrides));
    const unsaid = { minutes: ' ', followUps: [{ staffId: memberId, description: '', dueOn: '2026-03-22' }] };
    expect(reasons(await hold(school.supervisor, unsaid)).toSorted()).toEqual(
      ['AGENDA_MISSING', 'TEXT_REQUIRED', 'ATTENDANCE_MISSING', 'TEXT_REQUIRED', 'IN_THE_PAST'].toSorted(),
    );
    expect((await refusal(service, school.clerkSelf, 'setStaffMeetingAgenda', meeting, agenda)).code).toBe('FORBIDDEN');
    await act(service, school.supervisor, 'setStaffMeetingAgenda', meeting, agenda);
    expect((await hold(school.supervisor, { heldAt: '2026-03-22T03:00:00.000Z' })).reason).toBe('MEETING_OTHER_WEEK');
    expect((await hold(school.supervisor, { heldAt: '2026-03-23T03:00:00.000Z' })).reason).toBe('IN_THE_FUTURE');
    const attendance = [...present(school.supervisorId, school.clerkId), { staffId: memberId, answer: 'EXCUSED' }];
    const input = held(school, idOf('DEPARTMENT'), { attendance });
    const answer = 'status minutes attendance { staff { id } answer } deadlines { kind state }';
    const done = await act<{ attendance: object[] }>(
      service,
      school.supervisor,
      'holdStaffMeeting',
      meeting,
      input,
      answer,
    );
    expect(done).toMatchObject({ status: 'HELD', deadlines: [{ kind: 'STAFF_MEETING', state: 'MET' }] });
    expect(done.attendance).toHaveLength(3);
    const minutes = (viewer: Viewer) =>
      see<{ minutes: string | null }>(service, viewer, meeting, idOf('DEPARTMENT'), 'minutes');
    expect((await minutes(school.clerkSelf))?.minutes).toBe('一、上周报修完成情况。');
    expect((await minutes(school.clerk))?.minutes).toBeNull();

    // The others are not, and that is told; the office is all who lead, the team its members.
    await service.move(morning('2026-03-28'));
    for (const kind of ['OFFICE', 'TEAM']) {
      expect(await toldAbout(service, idOf(kind))).toEqual([
        'deadlineWarned STAFF_MEETING supervisor',
        'deadlineBreached STAFF_MEETING supervisor',
        'deadlineBreached STAFF_MEETING director',
      ]);
      const late = { id: idOf(kind), agenda: '补开' };
      await act(service, school.supervisor, 'setStaffMeetingAgenda', meeting, late);
    }
    const office = held(school, idOf('OFFICE'), {
      heldAt: '2026-03-27T03:00:00.000Z',
      attendance: present(school.clerkId),
    });
    expect(reasons(await refusal(service, school.supervisor, 'holdStaffMeeting', meeting, office))).toEqual([
      'ATTENDANCE_MISSING',
    ]);
    const ofTeam = held(school, idOf('TEAM'), { heldAt: '2026-03-27T03:00:00.000Z', attendance: present(memberId) });
    expect(await act(service, school.supervisor, 'holdStaffMeeting', meeting, ofTeam, 'status')).toEqual({
      status: 'HELD',
    });
    const cancelled = { id: idOf('OFFICE'), reason: '并入月度会' };
    expect(await act(service, school.supervisor, 'cancelStaffMeeting', meeting, cancelled, 'status')).toEqual({
      status: 'CANCELLED',
    });
  });

  it('[A240] others are called; what people undertake there is done by its day, or alarmed', async () => {
    const school = await aSchool(service);
    const today = await dayIn(service, 0);
    const call = { communityId: school.communityId, kind: 'OTHER', meetingOn: today, chairId: school.clerkId };
    const refused = async (overrides: object) =>
      (await refusal(service, school.supervisor, 'callStaffMeeting', meeting, { ...call, ...overrides })).reason;
    expect(await refused({ meetingOn: await dayIn(service, -1) })).toBe('IN_THE_PAST');
    expect(await refused({ kind: 'TEAM', teamId: school.communityId })).toBe('TEAM_UNKNOWN');
    expect(await refused({ kind: 'TEAM' })).toBe('TEAM_UNKNOWN');
    expect(await refused({ kind: 'DEPARTMENT' })).toBe('DEPARTMENT_UNKNOWN');
    expect(await refused({ chairId: school.communityId })).toBe('STAFF_UNKNOWN');
    const { id } = await act(service, school.supervisor, 'callStaffMeeting', meeting, call);
    await act(service, school.clerkSelf, 'setStaffMeetingAgenda', meeting, { id, agenda: '专题' });
    const heldAt = (await service.now()).toISOString();
    const followUps = ['核对钥匙', '更新台账'].map((description) => ({
      staffId: school.clerkId,
      description,
      dueOn: today,
    }));
    const input = held(school, id, { heldAt, attendance: present(school.clerkId), followUps });
    await act(service, school.clerkSelf, 'holdStaffMeeting', meeting, input);
    const [first, second] = await listed<{ id: string }>(
      service,
      school.clerkSelf,
      'followUps',
      { meetingId: id },
      'id description',
    );
    expect(first).toMatchObject({ description: '核对钥匙' });
    const done = (result: string) => ({ id: first?.id, result });
    const complete = (viewer: Viewer, result: string) =>
      refusal(service, viewer, 'completeFollowUp', followUp, done(result));
    expect((await complete(school.clerkSelf, ' ')).reason).toBe('TEXT_REQUIRED');
    expect((await complete(school.clerk, '好')).code).toBe('FORBIDDEN');
    await act(service, school.clerkSelf, 'completeFollowUp', followUp, done('已核对'));
    const again = { id: first?.id, dueOn: today, reason: '仍缺一把' };
    const early = { ...again, dueOn: await dayIn(service, -1) };
    expect((await refusal(service, school.supervisor, 'reopenFollowUp', followUp, early)).reason).toBe('IN_THE_PAST');
    expect(await act(service, school.supervisor, 'reopenFollowUp', followUp, again, 'status result')).toEqual({
      status: 'OPEN',
      result: null,
    });
    await act(service, school.supervisor, 'cancelFollowUp', followUp, { id: second?.id, reason: '不再需要' });
    await service.move({ advance: 'P1D' });
    expect(await toldAbout(service, first?.id ?? '')).toEqual([
      'followUpAssigned staff',
      'followUpReopened staff',
      'deadlineWarned FOLLOW_UP staff',
      'deadlineBreached FOLLOW_UP staff',
      'deadlineBreached FOLLOW_UP supervisor',
    ]);
    expect((await toldAbout(service, second?.id ?? '')).slice(1)).toEqual(['followUpCancelled staff']);
  });
});

const review = 'qualityReview';

/** What work-orders tells of a month: one order done late and a household that is not satisfied. */
async function aPoorMonth({ tenantId, communityId }: School): Promise<void> {
  const workOrderId = newId();
  const at = (await service.now()).toISOString();
  const of = { tenantId, communityId, aggregateId: workOrderId, at: new Date(at) };
  const done = { workOrderId, assigneeId: null, completedAt: at, round: 1 };
  await service.wire.send(workOrderCompleted, { ...of, data: { ...done, isInTime: true } });
  await service.wire.send(workOrderCompleted, { ...of, data: { ...done, isInTime: false } });
  const visit = { workOrderId, householdId: null, visitedAt: at, rating: null };
  for (const [outcome, isFinal] of [
    ['UNSATISFIED', true],
    ['SATISFIED', false],
    ['UNREACHABLE', true],
  ] as const)
    await service.wire.send(workOrderReturnVisited, { ...of, data: { ...visit, outcome, isFinal } });
  await service.settle();
}

it('[A256] the figures of a month are analysed and remedied by a plan that the director approves', async () => {
  const school = await aSchool(service);
  await aPoorMonth(school);
  await service.move(morning('2026-04-01'));
  const [opened] = await listed<{ id: string; month: string; figures: { figure: { code: string }; count: number }[] }>(
    service,
    school.supervisor,
    'qualityReviews',
    { communityId: school.communityId },
    'id month figures { figure { code label } count isPoor } deadlines { kind dueAt }',
  );
  const id = opened?.id ?? '';
  expect(opened).toMatchObject({
    month: '2026-03',
    deadlines: [{ kind: 'QUALITY_REVIEW', dueAt: '2026-04-06T16:00:00.000Z' }],
  });
  const counted = opened?.figures.filter(({ count }) => count > 0);
  expect(counted?.map(({ figure, count }) => [figure.code, count])).toEqual([
    ['ORDERS_COMPLETED', 2],
    ['ORDERS_LATE', 1],
    ['VISITS_UNSATISFIED', 1],
  ]);
  const look = 'query ($id: ID!) { qualityReview(id: $id) { id } }';
  expect((await service.refused(school.clerk, look, { id })).extensions.code).toBe('FORBIDDEN');
  const remedy = { staffId: school.clerkId, description: '每日核对派单', dueOn: '2026-04-10' };
  const terms = { id, analysis: '人手不足', remedies: [remedy] };
  const submit = (overrides: object) =>
    refusal(service, school.supervisor, 'submitQualityReview', review, { ...terms, ...overrides });
  expect(reasons(await submit({ analysis: ' ', remedies: [] }))).toEqual(['TEXT_REQUIRED', 'REMEDY_MISSING']);
  expect(
    reasons(await submit({ remedies: [{ ...remedy, staffId: school.communityId, dueOn: '2026-03-31' }] })),
  ).toEqual(['IN_THE_PAST', 'STAFF_UNKNOWN']);
  await act(service, school.director, 'submitQualityReview', review, terms);
  expect((await refusal(service, school.director, 'approveQualityReview', review, { id })).reason).toBe('OWN_REQUEST');
  await act(service, school.director, 'returnQualityReview', review, { id, reason: '措施要具体' });
  await act(service, school.supervisor, 'submitQualityReview', review, terms);
  expect((await refusal(service, school.supervisor, 'approveQualityReview', review, { id })).code).toBe('FORBIDDEN');
  const approved = 'status analysis remedies { description } followUps { id description dueOn staff { id } }';
  const answer = await act<{ followUps: { id: string }[] }>(
    service,
    school.director,
    'approveQualityReview',
    review,
    { id },
    approved,
  );
  expect(answer).toMatchObject({
    status: 'APPROVED',
    analysis: '人手不足',
    followUps: [{ description: '每日核对派单', dueOn: '2026-04-10', staff: { id: school.clerkId } }],
  });
  const [task] = answer.followUps;
  expect((await refusal(service, school.supervisor, 'closeQualityReview', review, { id })).reason).toBe('REMEDY_OPEN');
  await act(service, school.clerkSelf, 'completeFollowUp', followUp, { id: task?.id, result: '已每日核对' });
  expect(await act(service, school.supervisor, 'closeQualityReview', review, { id }, 'status')).toEqual({
    status: 'CLOSED',
  });
  const again = { id: task?.id, dueOn: '2026-04-20', reason: '复查' };
  expect((await refusal(service, school.supervisor, 'reopenFollowUp', followUp, again)).reason).toBe('REVIEW_CLOSED');
  expect(await toldAbout(service, id)).toEqual([
    'qualityReviewOpened supervisor',
    'qualityReviewSubmitted director',
    'qualityReviewReturned supervisor',
    'qualityReviewSubmitted director',
  ]);
});
