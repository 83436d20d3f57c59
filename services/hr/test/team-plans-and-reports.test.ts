import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { anActor, dayFromNow, midnightOf, mutationsOf, told, type Actor } from './conduct-fixture.ts';
import { aCentre, forgetTimers, see, viewerOf, type Centre } from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;
let centre: Centre;
let clerk: Actor;

const plan = mutationsOf(() => service, 'teamPlan');
const duty = mutationsOf(() => service, 'reportDuty');
const report = mutationsOf(() => service, 'dutyReport');

beforeAll(async () => {
  service = await startHr({ now: new Date('2026-03-30T01:00:00.000Z') });
  centre = await aCentre(service);
  clerk = await anActor(service, centre, 'CLERK');
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

describe('reports', () => {
  const monthly = (overrides: object = {}) => ({
    communityId: centre.communityId,
    name: '部门月报',
    frequency: 'MONTHLY',
    dueDay: 5,
    staffId: clerk.id,
    ...overrides,
  });
  type Reports = { dutyReports: { nodes: { id: string; status: string; startsOn: string; dueOn: string }[] } };
  const reportsOf = async (dutyId: string) => {
    const query = `query { dutyReports(filter: { dutyId: "${dutyId}" }) { nodes { id status startsOn endsOn dueOn isOnTime staff { id } deadlines { kind rule dueAt } } } }`;
    return (await service.ok<Reports>(centre.supervisor, query)).dutyReports.nodes;
  };

  it('[B051] are asked for when their period is over, handed in by the day, and reviewed by somebody else', async () => {
    expect(await duty.violations(centre.supervisor, 'registerReportDuty', monthly({ name: ' ', dueDay: 29 }))).toEqual([
      'TEXT_REQUIRED',
      'DUE_DAY',
    ]);
    const { id } = await duty.act(centre.supervisor, 'registerReportDuty', monthly());
    const weekly = monthly({ name: '周报', frequency: 'WEEKLY', dueDay: 1 });
    const { id: second } = await duty.act(centre.supervisor, 'registerReportDuty', weekly);
    expect(await reportsOf(id)).toEqual([]);
    await service.move({ set: midnightOf('2026-04-01') });
    const [due] = await reportsOf(id);
    expect(due).toMatchObject({
      status: 'DUE',
      startsOn: '2026-03-01',
      endsOn: '2026-04-01',
      dueOn: '2026-04-05',
      isOnTime: null,
      staff: { id: clerk.id },
      deadlines: [{ kind: 'REPORT', rule: 'B051', dueAt: midnightOf('2026-04-06').toISOString() }],
    });
    const submit = { id: due?.id, summary: '三月管理报表' };
    expect(await report.refused(viewerOf(centre, 'clerk'), 'submitDutyReport', submit)).toBe('FORBIDDEN');
    expect(await report.refused(clerk.viewer, 'submitDutyReport', { ...submit, summary: ' ' })).toBe('TEXT_REQUIRED');
    await service.move({ set: new Date(midnightOf('2026-04-06').getTime() - 1000) });
    expect(await report.act(clerk.viewer, 'submitDutyReport', submit, 'status isOnTime summary')).toEqual({
      status: 'SUBMITTED',
      isOnTime: true,
      summary: '三月管理报表',
    });
    const self = viewerOf(centre, 'supervisor', clerk.id);
    expect(await report.refused(self, 'acceptDutyReport', { id: due?.id })).toBe('OWN_REQUEST');
    const back = { id: due?.id, reason: '缺收费数据' };
    expect(await report.act(centre.supervisor, 'returnDutyReport', back, 'status')).toEqual({ status: 'RETURNED' });
    await service.move({ advance: 'P2D' });
    expect(await report.act(clerk.viewer, 'submitDutyReport', submit, 'isOnTime')).toEqual({ isOnTime: true });
    expect(await report.act(centre.supervisor, 'acceptDutyReport', { id: due?.id }, 'status')).toEqual({
      status: 'ACCEPTED',
    });

    const weeks = await reportsOf(second);
    expect(weeks.map(({ startsOn }) => startsOn)).toEqual(['2026-03-30']);
    const last = weeks.at(-1);
    expect(await told(service, 'deadlineBreached', last?.id ?? '')).toMatchObject([{ role: 'supervisor' }]);
    const late = { id: last?.id, summary: '周报' };
    expect(await report.act(clerk.viewer, 'submitDutyReport', late, 'isOnTime')).toEqual({ isOnTime: false });
    const query = `query { reportPunctuality(communityId: "${centre.communityId}", month: "2026-04") { dueCount onTimeCount lateCount missingCount onTimeShare } }`;
    const { reportPunctuality } = await service.ok<{ reportPunctuality: object }>(centre.supervisor, query);
    expect(reportPunctuality).toEqual({
      dueCount: 2,
      onTimeCount: 1,
      lateCount: 1,
      missingCount: 0,
      onTimeShare: '0.5000',
    });
    const unknown = `query { reportPunctuality(communityId: "${id}", month: "2026-04") { dueCount } }`;
    expect(await service.ok(centre.director, unknown)).toEqual({ reportPunctuality: null });
  });

  it('[B051] are given to somebody else with what is owed, and let go when nobody asks for them', async () => {
    const other = await anActor(service, centre, 'CLERK');
    const { id } = await duty.act(centre.supervisor, 'registerReportDuty', monthly({ frequency: 'WEEKLY' }));
    await service.move({ advance: 'P7D' });
    const [owed] = await reportsOf(id);
    expect(owed).toMatchObject({ status: 'DUE', staff: { id: clerk.id } });
    const same = { id, staffId: clerk.id };
    expect(await duty.refused(centre.supervisor, 'reassignReportDuty', same)).toBe('NOTHING_CHANGED');
    await duty.act(centre.supervisor, 'reassignReportDuty', { id, staffId: other.id });
    expect(await told(service, 'reportDutyGiven', id)).toMatchObject([{ staffId: other.id }]);
    expect((await reportsOf(id))[0]).toMatchObject({ staff: { id: other.id } });
    expect(await duty.act(centre.supervisor, 'retireReportDuty', { id }, 'status')).toEqual({ status: 'RETIRED' });
    expect(await see(service, other.viewer, 'dutyReport', owed?.id ?? '', 'status deadlines { state }')).toEqual({
      status: 'DROPPED',
      deadlines: [{ state: 'CANCELLED' }],
    });
  });
});

let teams = 0;
async function aTeam(): Promise<string> {
  teams += 1;
  const { communityId } = centre;
  const input = { communityId, departmentCode: 'CUSTOMER_SERVICE', code: `T${teams}`, name: '前台班' };
  const query = 'mutation ($input: RegisterTeamInput!) { registerTeam(input: $input) { team { id } } }';
  return (await service.ok<{ registerTeam: { team: { id: string } } }>(centre.director, query, { input })).registerTeam
    .team.id;
}

type Plan = { id: string; goals: { id: string; position: number }[]; measures: { id: string; kind: string }[] };

async function aPlan(): Promise<Plan & { startsOn: string; endsOn: string; teamId: string }> {
  const [startsOn, endsOn] = [await dayFromNow(service, 0), await dayFromNow(service, 7)];
  const teamId = await aTeam();
  const goals = ['收费率达标', '零投诉'].map((text) => ({ text, dueOn: startsOn, responsibleId: clerk.id }));
  const terms = { teamId, startsOn, endsOn, goals };
  const made = await plan.act<Plan>(centre.clerk, 'draftTeamPlan', terms, 'id goals { id position }');
  return { ...made, startsOn, endsOn, teamId };
}

describe('plans of teams', () => {
  it('[B008] are set with goals that somebody answers for, and run once a leader starts them', async () => {
    const { id, teamId, startsOn, endsOn } = await aPlan();
    const goal = { text: ' ', dueOn: endsOn, responsibleId: clerk.id };
    const wrong = { teamId, startsOn: endsOn, endsOn, goals: [goal] };
    expect(await plan.violations(centre.clerk, 'draftTeamPlan', wrong)).toEqual([
      'RANGE_EMPTY',
      'TEXT_REQUIRED',
      'PLAN_GOAL_OUTSIDE',
    ]);
    const goals = [{ ...goal, text: '学习', dueOn: startsOn }];
    const twice = { teamId, startsOn, endsOn, goals };
    expect(await plan.refused(centre.clerk, 'draftTeamPlan', twice)).toBe('PLAN_OVERLAPS');
    const unknown = { ...twice, goals: [{ ...goals[0], responsibleId: teamId }] };
    expect(await plan.refused(centre.clerk, 'draftTeamPlan', unknown)).toBe('STAFF_UNKNOWN');
    expect(await plan.refused(centre.clerk, 'startTeamPlan', { id })).toBe('FORBIDDEN');
    const dueAt = midnightOf(await dayFromNow(service, 14)).toISOString();
    expect(await plan.act(centre.supervisor, 'startTeamPlan', { id }, 'status deadlines { kind rule dueAt }')).toEqual({
      status: 'RUNNING',
      deadlines: [{ kind: 'EVALUATION', rule: 'B008', dueAt }],
    });
    expect(await told(service, 'teamPlanStarted', id)).toMatchObject([{ staffId: clerk.id }]);
    await service.move({ set: new Date(Date.parse(dueAt) + 1000) });
    expect(await told(service, 'deadlineBreached', id)).toMatchObject([{ role: 'supervisor' }]);
    const withdrawn = { id, reason: '调整' };
    expect(await plan.act(centre.supervisor, 'withdrawTeamPlan', withdrawn, 'status')).toEqual({ status: 'WITHDRAWN' });
  });

  it('[B008] are evaluated with corrective and preventive measures for what was missed, and closed with the last', async () => {
    const { id, goals } = await aPlan();
    await plan.act(centre.supervisor, 'startTeamPlan', { id });
    const [first, second] = goals.map((goal) => goal.id);
    expect(await plan.violations(centre.supervisor, 'evaluateTeamPlan', { id, evaluation: ' ' })).toEqual([
      'TEXT_REQUIRED',
      'PLAN_GOAL_UNJUDGED',
      'PLAN_GOAL_UNJUDGED',
    ]);
    const judge = (goalId: string | undefined, isAchieved: boolean, result = '完成情况') => ({
      id,
      goalId,
      isAchieved,
      result,
    });
    expect(await plan.refused(clerk.viewer, 'recordTeamPlanProgress', judge(clerk.id, true))).toBe('PLAN_GOAL_UNKNOWN');
    expect(await plan.refused(clerk.viewer, 'recordTeamPlanProgress', judge(first, true, ' '))).toBe('TEXT_REQUIRED');
    await plan.act(clerk.viewer, 'recordTeamPlanProgress', judge(first, true));
    await plan.act(clerk.viewer, 'recordTeamPlanProgress', judge(second, false));
    const dueOn = await dayFromNow(service, 3);
    const measure = (kind: string, overrides: object = {}) => ({
      goalId: second,
      kind,
      text: '复盘并培训',
      dueOn,
      responsibleId: clerk.id,
      ...overrides,
    });
    const evaluate = (measures: object[]) => ({ id, evaluation: '投诉一起', measures });
    const missing = evaluate([measure('CORRECTIVE', { dueOn: await dayFromNow(service, -1) })]);
    expect(await plan.violations(centre.supervisor, 'evaluateTeamPlan', missing)).toEqual([
      'PLAN_MEASURE_MISSING',
      'IN_THE_PAST',
    ]);
    const both = evaluate([measure('CORRECTIVE'), measure('PREVENTIVE', { dueOn: await dayFromNow(service, 5) })]);
    const selection = 'status evaluation measures { id kind goal { position } } deadlines { kind dueAt state }';
    const evaluated = await plan.act<Plan>(centre.supervisor, 'evaluateTeamPlan', both, selection);
    expect(evaluated).toMatchObject({
      status: 'EVALUATED',
      evaluation: '投诉一起',
      measures: [{ goal: { position: 2 } }, { goal: { position: 2 } }],
      deadlines: [
        { kind: 'EVALUATION', state: 'MET' },
        { kind: 'MEASURES', dueAt: midnightOf(await dayFromNow(service, 6)).toISOString(), state: 'RUNNING' },
      ],
    });
    expect(await plan.refused(centre.supervisor, 'closeTeamPlan', { id })).toBe('PLAN_MEASURE_OPEN');
    const complete = (measureId: string | undefined, effect = '未再发生') => ({ id, measureId, effect });
    const done = 'completeTeamPlanMeasure';
    expect(await plan.refused(clerk.viewer, done, complete(id))).toBe('PLAN_MEASURE_UNKNOWN');
    expect(await plan.refused(clerk.viewer, done, complete(evaluated.measures[0]?.id, ' '))).toBe('TEXT_REQUIRED');
    await plan.act(clerk.viewer, done, complete(evaluated.measures[0]?.id));
    expect(await plan.refused(clerk.viewer, done, complete(evaluated.measures[0]?.id))).toBe('NOTHING_CHANGED');
    await plan.act(clerk.viewer, done, complete(evaluated.measures[1]?.id));
    const closed = 'status measures { effect completedAt } deadlines { state }';
    expect(await plan.act(centre.supervisor, 'closeTeamPlan', { id }, closed)).toMatchObject({
      status: 'CLOSED',
      measures: [{ effect: '未再发生' }, { effect: '未再发生' }],
      deadlines: [{ state: 'MET' }, { state: 'MET' }],
    });
  });
});
