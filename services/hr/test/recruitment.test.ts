import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { addMonths } from '../src/domain/calendar-rules.ts';
import { aCentre, act, aNewcomer, notices, refusal, see, viewerOf, type Centre } from './duty-fixture.ts';
import { dutyScenes } from './duty-scene.ts';
import { look, startHr } from './hr-fixture.ts';
import { adopt, anApplicant, qualification, registerOwn, skipTo, vacancyOf } from './position-fixture.ts';

let service: TestService;
let centre: Centre;
let interviewerId: string;
const scenes = dutyScenes(() => service);

beforeAll(async () => {
  service = await startHr();
  centre = await aCentre(service);
  interviewerId = await aNewcomer(service, centre, 'SUPERVISOR');
  await adopt(service, centre, 'SALES_TRAINEE');
  await registerOwn(service, centre, 'HEAD', { rank: 'SUPERVISOR' });
  await registerOwn(service, centre, 'DEPUTY_HEAD', { rank: 'DEPUTY_SUPERVISOR' });
  await registerOwn(service, centre, 'LEADER', { rank: 'SHIFT_LEADER', plannedCount: 3 });
});
afterAll(() => service?.stop());

let hired = 0;
const terms = (id: string) => {
  hired += 1;
  return { id, staffNumber: `XR-${hired}`, employedOn: '2026-03-02' };
};
const hire = (viewer: ReturnType<typeof viewerOf>, id: string) =>
  act<{ status: string; staff: { id: string } }>(
    service,
    viewer,
    'hireApplicant',
    'jobApplication',
    terms(id),
    'status staff { id }',
  );
const notHired = (viewer: ReturnType<typeof viewerOf>, id: string, overrides: object = {}) =>
  refusal(service, viewer, 'hireApplicant', 'jobApplication', { ...terms(id), ...overrides });

const trainee = { bornOn: '2003-03-02', education: 'HIGH_SCHOOL', fieldCode: 'SALES', experienceYears: 1 };

describe('vacancies', () => {
  it('[A203] are opened within the planned headcount, advertised ones counted', async () => {
    const { communityId, supervisor } = centre;
    const place = { communityId, positionCode: 'LEADER', departmentCode: 'CUSTOMER_SERVICE', closesOn: '2026-03-31' };
    const open = (openingCount: number) =>
      refusal(service, supervisor, 'openVacancy', 'vacancy', { ...place, openingCount });
    expect(await open(4)).toMatchObject({ reason: 'HEADCOUNT_EXCEEDED', rule: 'A203' });
    const { id } = await vacancyOf(service, centre, 'LEADER', 2);
    expect(await open(2)).toMatchObject({ reason: 'HEADCOUNT_EXCEEDED' });
    const applicant = await anApplicant(service, centre, { vacancyId: id, interviewerId });
    await act(service, supervisor, 'closeVacancy', 'vacancy', { id, because: 'NO_BUDGET' });
    const selection = 'status endedBecause availableActions { action allowed }';
    expect(await see(service, supervisor, 'jobApplication', applicant.id, selection)).toMatchObject({
      status: 'REJECTED',
      endedBecause: 'VACANCY_CLOSED',
    });
    const late = { vacancyId: id, name: '张三', phone: '13800138001', ...qualification() };
    expect(await refusal(service, supervisor, 'registerJobApplication', 'jobApplication', late)).toMatchObject({
      reason: 'VACANCY_NOT_OPEN',
    });
  });
});

describe('hiring', () => {
  it('[A317] takes who is 23, has finished high school and has experience; all that is missing is told', async () => {
    const { id: vacancyId } = await vacancyOf(service, centre, 'SALES_TRAINEE');
    const short = { bornOn: '2003-03-03', education: 'JUNIOR_HIGH', fieldCode: null, experienceYears: 0 };
    const tooYoung = await anApplicant(service, centre, { vacancyId, interviewerId, ...short });
    const { violations } = await notHired(centre.director, tooYoung.id);
    expect(violations?.map(({ reason, rule }) => `${reason} ${rule}`)).toEqual([
      'REQUIREMENT_AGE A317',
      'REQUIREMENT_EDUCATION A317',
      'REQUIREMENT_FIELD A317',
      'REQUIREMENT_EXPERIENCE A317',
    ]);
    const weak = await anApplicant(service, centre, { vacancyId, interviewerId, score: 59, ...trainee });
    expect(await notHired(centre.director, weak.id)).toMatchObject({ reason: 'INTERVIEW_NOT_PASSED', rule: 'A317' });
    const fit = await anApplicant(service, centre, { vacancyId, interviewerId, score: 60, ...trainee });
    const { staff } = await hire(centre.supervisor, fit.id);
    const member = await look(service, centre.director, staff.id);
    expect(member).toMatchObject({ name: '李雪', status: 'EMPLOYED', posts: [{ role: 'CLERK' }] });
    expect(await see(service, centre.clerk, 'vacancy', vacancyId, 'status filledCount')).toEqual({
      status: 'FILLED',
      filledCount: 1,
    });
    expect(await notHired(centre.director, tooYoung.id)).toMatchObject({ reason: 'VACANCY_NOT_OPEN' });
    const facts = (await service.events()).filter(({ data }) => JSON.stringify(data).includes(staff.id));
    expect(facts.map(({ type }) => type.replace('steward.hr.', ''))).toEqual(
      expect.arrayContaining([
        'staff.registered.v1',
        'staff.post-assigned.v1',
        'staff-qualification.recorded.v1',
        'job-application.hired.v1',
        'probation-review.opened.v1',
      ]),
    );
    expect(JSON.stringify(facts)).not.toContain('李雪');
  });

  it('[A002] the centre hires below the deputy supervisor, the administration below the supervisor', async () => {
    const administration = viewerOf(centre, 'administrativeSupervisor');
    const forPosition = async (code: string) => {
      const { id: vacancyId } = await vacancyOf(service, centre, code);
      return (await anApplicant(service, centre, { vacancyId, interviewerId })).id;
    };
    const lacking = { code: 'FORBIDDEN', reason: 'AUTHORITY_LACKING', rule: 'A002' };
    const deputy = await forPosition('DEPUTY_HEAD');
    expect(await notHired(centre.supervisor, deputy)).toMatchObject(lacking);
    expect(await hire(administration, deputy)).toMatchObject({ status: 'HIRED' });
    const head = await forPosition('HEAD');
    expect(await notHired(administration, head)).toMatchObject(lacking);
    expect(await hire(centre.director, head)).toMatchObject({ status: 'HIRED' });
    const leader = await forPosition('LEADER');
    expect(await notHired(viewerOf(centre, 'clerk'), leader)).toMatchObject({ reason: 'ACCESS_DENIED' });
    const [known] = await service.sql<{ number: string }>('select number from staff where id = $1', [interviewerId]);
    expect(await notHired(centre.supervisor, leader, { staffNumber: known?.number })).toMatchObject({
      reason: 'STAFF_NUMBER_TAKEN',
    });
    expect(await hire(centre.supervisor, leader)).toMatchObject({ status: 'HIRED' });
  });

  it('[A317] a candidate is masked to others, and erased 180 days after they were not hired', async () => {
    const { id: vacancyId } = await vacancyOf(service, centre, 'LEADER');
    const { id } = await anApplicant(service, centre, { vacancyId, interviewerId });
    const selection = 'nameMasked name phone bornOn interviewNote interviewScore';
    const query = `query ($id: ID!) { jobApplication(id: $id) { ${selection} } }`;
    expect((await service.refused(centre.clerk, query, { id })).extensions).toMatchObject({ reason: 'ACCESS_DENIED' });
    expect(await see(service, centre.supervisor, 'jobApplication', id, selection)).toMatchObject({
      nameMasked: '李*',
      name: '李雪',
      interviewNote: '表达清楚',
    });
    const reject = { id, because: 'OTHER_CHOSEN' };
    await act(service, centre.supervisor, 'rejectJobApplication', 'jobApplication', reject);
    // Rejected on the morning of the 2nd of March: at midnight of the 29th of August the 180 days are not over.
    const rejectedOn = (await service.now()).getTime() + 8 * 3_600_000;
    const day = (n: number) => new Date(rejectedOn + n * 86_400_000).toISOString().slice(0, 10);
    await skipTo(service, day(180));
    expect(await see(service, centre.supervisor, 'jobApplication', id, 'name')).toEqual({ name: '李雪' });
    await skipTo(service, day(181));
    expect(await see(service, centre.supervisor, 'jobApplication', id, selection)).toEqual({
      nameMasked: null,
      name: null,
      phone: null,
      bornOn: null,
      interviewNote: null,
      interviewScore: 80,
    });
  });
});

describe('probation', () => {
  const judged = ['PRODUCT_KNOWLEDGE', 'DOCUMENTS_ALONE', 'RULES_KNOWN', 'SERVICE_SKILLS', 'TEAMWORK'];
  const results = judged.map((code) => ({ code, isPassed: true }));
  const today = async () => new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

  const begin = async () => {
    const staffId = await aNewcomer(service, centre, 'CLERK');
    const startsOn = await today();
    const input = { staffId, positionCode: 'SALES_TRAINEE', startsOn, months: 3 };
    const { id } = await act(service, centre.supervisor, 'openProbationReview', 'probationReview', input);
    return { id, staffId, startsOn };
  };
  const stateOf = (id: string) =>
    see<{ status: string; checks: { code: string; isPassed: boolean | null }[] }>(
      service,
      centre.supervisor,
      'probationReview',
      id,
      'status lateCount earlyCount checks { code label isPassed } deadlines { kind rule state dueAt warnAt }',
    );
  const assess = (id: string, input: object = {}) =>
    act<{ status: string }>(
      service,
      centre.supervisor,
      'assessProbation',
      'probationReview',
      { id, results, ...input },
      'status',
    );

  it('[A318] is passed by six points; one is counted from attendance and cannot be argued', async () => {
    const { id, staffId } = await begin();
    const again = { staffId, positionCode: 'SALES_TRAINEE', startsOn: '2026-03-02', months: 1 };
    expect(await refusal(service, centre.supervisor, 'openProbationReview', 'probationReview', again)).toMatchObject({
      reason: 'PROBATION_OPEN',
    });
    const argued = [...results, { code: 'NEVER_LATE_OR_EARLY', isPassed: true }];
    const notAssessed = (given: object[]) =>
      refusal(service, centre.supervisor, 'assessProbation', 'probationReview', { id, results: given });
    expect(await notAssessed(argued)).toMatchObject({ reason: 'CHECK_COMPUTED', rule: 'A318' });
    expect(await notAssessed(results.slice(1))).toMatchObject({ reason: 'CHECK_MISSING', rule: 'A318' });
    expect(await assess(id)).toEqual({ status: 'PASSED' });
    const state = await stateOf(id);
    expect(state).toMatchObject({
      lateCount: 0,
      earlyCount: 0,
      deadlines: [{ kind: 'PROBATION_REVIEW', state: 'MET' }],
    });
    expect(state?.checks.map(({ isPassed }) => isPassed)).toEqual(Array.from({ length: 6 }, () => true));
  });

  it('[A318] is not passed by who was late once', async () => {
    const scene = await scenes.aScene();
    const row = await scenes.shift(scene, 'MORNING');
    const { supervisor, communityId } = scene.centre;
    const startsOn = new Date(Date.parse(row.startsAt)).toISOString().slice(0, 10);
    const input = { staffId: row.staff.id, positionCode: 'CUSTOMER_SERVICE_CLERK', startsOn, months: 1 };
    const { id } = await act(service, supervisor, 'openProbationReview', 'probationReview', input);
    await service.move(scenes.minutesBefore(row.startsAt, -1));
    await scenes.clockIn(scene, row);
    await act(service, supervisor, 'assessProbation', 'probationReview', { id, results });
    const selection = 'status lateCount earlyCount checks { code isPassed }';
    type State = { checks: { code: string; isPassed: boolean }[] };
    const state = await see<State>(service, supervisor, 'probationReview', id, selection);
    expect(state).toMatchObject({ status: 'FAILED', lateCount: 1, earlyCount: 0 });
    expect(state?.checks.filter(({ isPassed }) => !isPassed).map(({ code }) => code)).toEqual(['NEVER_LATE_OR_EARLY']);
    const told = { template: 'probationFailed', role: 'administrativeSupervisor', staffId: null };
    expect(await notices(service, communityId)).toContainEqual(told);
  });

  it('[A318] has a clock, seven days ahead of its end, and six months in all', async () => {
    const { id, startsOn } = await begin();
    const state = (await stateOf(id)) as unknown as { deadlines: { dueAt: string; warnAt: string }[] };
    const [clock] = state.deadlines;
    expect(Date.parse(clock?.dueAt ?? '')).toBe(Date.parse(`${addMonths(startsOn, 3)}T00:00:00+08:00`));
    expect(Date.parse(clock?.dueAt ?? '') - Date.parse(clock?.warnAt ?? '')).toBe(7 * 86_400_000);
    const tooLong = { id, endsOn: addDays(addMonths(startsOn, 6), 1) };
    expect(await refusal(service, centre.supervisor, 'extendProbation', 'probationReview', tooLong)).toMatchObject({
      reason: 'PROBATION_TOO_LONG',
      rule: 'A318',
    });
    await act(service, centre.supervisor, 'extendProbation', 'probationReview', {
      id,
      endsOn: addMonths(startsOn, 6),
    });
  });
});
