import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { anActor, dayFromNow, midnightOf, mutationsOf, told, type Actor } from './conduct-fixture.ts';
import { aCentre, act, forgetTimers, see, viewerOf, type Centre } from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;
let centre: Centre;
let director: Actor;
let head: Actor;
let deputy: ReturnType<typeof viewerOf>;

const appraisal = mutationsOf(() => service, 'appraisal');

beforeAll(async () => {
  service = await startHr({ now: new Date('2026-03-30T01:00:00.000Z') });
  centre = await aCentre(service);
  director = await anActor(service, centre, 'DIRECTOR');
  deputy = viewerOf(centre, 'deputyDirector');
  head = await anActor(service, centre, 'SUPERVISOR');
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const codes = ['ATTENDANCE', 'SERVICE', 'SKILL', 'DISCIPLINE', 'TEAMWORK'];
const scored = (score: number) => codes.map((code) => ({ code, score }));

async function opened(staffId: string): Promise<string> {
  const period = { startsOn: '2026-02-01', endsOn: '2026-03-01' };
  return (await appraisal.act(centre.supervisor, 'openAppraisal', { staffId, ...period })).id;
}

const conductOf = async (staffId: string) => {
  const query = `query { conductRecords(filter: { staffId: "${staffId}" }) { nodes { points kind { code } reward { amount } } } }`;
  return (await service.ok<{ conductRecords: { nodes: object[] } }>(centre.supervisor, query)).conductRecords.nodes;
};

/** 24:00 of the n-th day after now. */
const endOfDay = async (days: number): Promise<string> => midnightOf(await dayFromNow(service, days + 1)).toISOString();

it('[A009] every month everybody but directors is appraised, once', async () => {
  const place = await aCentre(service);
  const clerk = await anActor(service, place, 'CLERK');
  await anActor(service, place, 'DIRECTOR');
  const first = { communityId: place.communityId, name: '宿舍', rules: ['禁止明火'] };
  await act(service, place.director, 'registerDormitory', 'dormitory', first);
  await service.move({ set: midnightOf('2026-04-01') });
  const query = `query { appraisals(filter: { communityId: "${place.communityId}" }) { nodes { status startsOn endsOn staff { id } } } }`;
  const { appraisals } = await service.ok<{ appraisals: { nodes: object[] } }>(place.supervisor, query);
  expect(appraisals.nodes).toEqual([
    { status: 'OPEN', startsOn: '2026-03-01', endsOn: '2026-04-01', staff: { id: clerk.id } },
  ]);
});

it('[A009] the supervisor scores every criterion, after the staff member has assessed themselves', async () => {
  const clerk = await anActor(service, centre, 'CLERK');
  const fault = { staffId: clerk.id, kindCode: 'SNACKS', occurredOn: '2026-02-10', note: '上班吃零食' };
  await act(service, centre.supervisor, 'recordStaffConduct', 'conductRecord', fault);
  const period = { staffId: clerk.id, startsOn: '2026-02-01', endsOn: '2026-03-01' };
  const open = (overrides: object) =>
    appraisal.refused(centre.supervisor, 'openAppraisal', { ...period, ...overrides });
  expect(await open({ endsOn: '2026-02-01' })).toBe('RANGE_EMPTY');
  expect(await open({ endsOn: await dayFromNow(service, 1) })).toBe('IN_THE_FUTURE');
  const self = viewerOf(centre, 'supervisor', clerk.id);
  expect(await appraisal.refused(self, 'openAppraisal', period)).toBe('OWN_REQUEST');
  const selection =
    'id status evidence { penaltyPoints lateCount absentCount findingCount lateReportCount } deadlines { kind rule dueAt }';
  const fresh = await appraisal.act(centre.supervisor, 'openAppraisal', period, selection);
  const { id } = fresh;
  expect(fresh).toMatchObject({
    status: 'OPEN',
    evidence: { penaltyPoints: 3, lateCount: 0, absentCount: 0, findingCount: 0, lateReportCount: 0 },
    deadlines: [{ kind: 'RATING', rule: 'A009', dueAt: await endOfDay(10) }],
  });
  expect(await open({ startsOn: '2026-02-28' })).toBe('APPRAISAL_OVERLAPS');
  const partly = {
    id,
    scores: [
      { code: 'SERVICE', score: 101 },
      { code: 'CHARM', score: 1 },
    ],
  };
  expect(await appraisal.violations(clerk.viewer, 'selfAssessAppraisal', partly)).toEqual([
    'SCORE_MISSING',
    'SCORE_MISSING',
    'SCORE_MISSING',
    'SCORE_MISSING',
    'SCORE_RANGE',
    'CRITERION_UNKNOWN',
  ]);
  await appraisal.act(clerk.viewer, 'selfAssessAppraisal', { id, scores: scored(90), comment: '尽职' });
  expect(await appraisal.refused(self, 'rateAppraisal', { id, scores: scored(80) })).toBe('OWN_REQUEST');
  expect(await appraisal.refused(clerk.viewer, 'rateAppraisal', { id, scores: scored(80) })).toBe('FORBIDDEN');
  const guards = [{ departmentCode: 'SECURITY', positionCode: 'DEPARTMENT_SUPERVISOR', role: 'SUPERVISOR' as const }];
  const other = await anActor(service, centre, 'SUPERVISOR', { posts: guards });
  expect(await appraisal.refused(other.viewer, 'rateAppraisal', { id, scores: scored(80) })).toBe('HEAD_OF_OTHER');
  const rated =
    'status total grade comment criteria { criterion { label } weight selfScore score } deadlines { state }';
  expect(
    await appraisal.act(head.viewer, 'rateAppraisal', { id, scores: scored(80), comment: '良好' }, rated),
  ).toMatchObject({
    status: 'RATED',
    total: '80.00',
    grade: 'GOOD',
    comment: '良好',
    criteria: [{ criterion: { label: 'Attendance' }, weight: 20, selfScore: 90, score: 80 }, {}, {}, {}, {}],
    deadlines: [{ state: 'MET' }],
  });
  expect(await told(service, 'appraisalRated', id)).toMatchObject([{ staffId: clerk.id }]);
  expect(await see(service, viewerOf(centre, 'clerk'), 'appraisal', id, 'id')).toBeNull();
  expect(await appraisal.act(clerk.viewer, 'acknowledgeAppraisal', { id }, 'status')).toEqual({
    status: 'ACKNOWLEDGED',
  });
  expect(await conductOf(clerk.id)).toHaveLength(1);
});

it('[A009] what is excellent is rewarded and what is poor costs five points, once it holds', async () => {
  const [best, worst] = [await anActor(service, centre, 'CLERK'), await anActor(service, centre, 'CLERK')];
  const [high, low] = [await opened(best.id), await opened(worst.id)];
  await appraisal.act(head.viewer, 'rateAppraisal', { id: high, scores: scored(90) });
  await appraisal.act(head.viewer, 'rateAppraisal', { id: low, scores: scored(59) });
  expect([await conductOf(best.id), await conductOf(worst.id)]).toEqual([[], []]);
  await appraisal.act(best.viewer, 'acknowledgeAppraisal', { id: high });
  expect(await conductOf(best.id)).toEqual([{ points: 0, kind: { code: 'REWARD' }, reward: { amount: 20000 } }]);
  const until = new Date(await endOfDay(5));
  await service.move({ set: new Date(until.getTime() - 1000) });
  expect(await see(service, worst.viewer, 'appraisal', low, 'status')).toEqual({ status: 'RATED' });
  await service.move({ set: until });
  expect(await see(service, worst.viewer, 'appraisal', low, 'status grade')).toEqual({
    status: 'ACKNOWLEDGED',
    grade: 'POOR',
  });
  expect(await conductOf(worst.id)).toEqual([{ points: 5, kind: { code: 'APPRAISAL' }, reward: null }]);
  expect(await appraisal.refused(worst.viewer, 'appealAppraisal', { id: low, reason: '不服' })).toBe(
    'ILLEGAL_TRANSITION',
  );
  const byHand = { staffId: worst.id, kindCode: 'APPRAISAL', occurredOn: '2026-03-01', note: '手工' };
  const conduct = mutationsOf(() => service, 'conductRecord');
  expect(await conduct.refused(centre.supervisor, 'recordStaffConduct', byHand)).toBe('CONDUCT_KIND_UNKNOWN');
});

it('[A009] an appeal is decided by somebody else than who scored, in time', async () => {
  const clerk = await anActor(service, centre, 'CLERK');
  const id = await opened(clerk.id);
  await appraisal.act(deputy, 'rateAppraisal', { id, scores: scored(50) });
  expect(await appraisal.refused(clerk.viewer, 'appealAppraisal', { id, reason: ' ' })).toBe('REASON_REQUIRED');
  const selection = 'status appealReason deadlines { kind dueAt state }';
  const appealed = await appraisal.act<{ deadlines: object[] }>(
    clerk.viewer,
    'appealAppraisal',
    { id, reason: '缺勤有请假' },
    selection,
  );
  expect(appealed).toMatchObject({ status: 'APPEALED', appealReason: '缺勤有请假' });
  expect(appealed.deadlines).toContainEqual({ kind: 'APPEAL', dueAt: await endOfDay(7), state: 'RUNNING' });
  const decide = { id, decision: '核实后改分', scores: scored(85) };
  expect(await appraisal.refused(deputy, 'decideAppraisalAppeal', decide)).toBe('OWN_REQUEST');
  expect(await appraisal.refused(centre.supervisor, 'decideAppraisalAppeal', decide)).toBe('FORBIDDEN');
  expect(await appraisal.refused(director.viewer, 'decideAppraisalAppeal', { ...decide, decision: ' ' })).toBe(
    'TEXT_REQUIRED',
  );
  expect(
    await appraisal.act(director.viewer, 'decideAppraisalAppeal', decide, 'status total grade appealDecision'),
  ).toEqual({ status: 'DECIDED', total: '85.00', grade: 'GOOD', appealDecision: '核实后改分' });
  expect(await conductOf(clerk.id)).toEqual([]);

  const other = await anActor(service, centre, 'CLERK');
  const second = await opened(other.id);
  await appraisal.act(head.viewer, 'rateAppraisal', { id: second, scores: scored(40) });
  await appraisal.act(other.viewer, 'appealAppraisal', { id: second, reason: '不同意' });
  await appraisal.act(director.viewer, 'decideAppraisalAppeal', { id: second, decision: '维持' });
  expect(await conductOf(other.id)).toEqual([{ points: 5, kind: { code: 'APPRAISAL' }, reward: null }]);
  const third = await opened((await anActor(service, centre, 'CLERK')).id);
  const cancel = { id: third, reason: '重复' };
  expect(await appraisal.act(director.viewer, 'cancelAppraisal', cancel, 'status deadlines { state }')).toEqual({
    status: 'CANCELLED',
    deadlines: [{ state: 'CANCELLED' }],
  });
});
