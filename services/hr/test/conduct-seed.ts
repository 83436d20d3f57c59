import type { Viewer } from '@steward/auth';
import type { SeededRow, TestService } from '@steward/test-kit';

import { anActor, dayFromNow, midnightOf } from './conduct-fixture.ts';
import { act, viewerOf, type Centre } from './duty-fixture.ts';

type Ids = { id: string };

/** Checks with findings on which everybody agreed. */
async function checksOf(service: TestService, { communityId, supervisor }: Centre, staffId: string, headId: string) {
  const entries = [{ code: 'LAPEL_PIN', name: '司徽' }];
  const terms = { communityId, kind: 'GROOMING', name: '前台着装', roles: ['CLERK'], entries };
  const form = await act(service, supervisor, 'registerStaffCheckForm', 'staffCheckForm', terms);
  const opening = { communityId, kind: 'SPOT_CHECK', staffId };
  const points = 'id points { code }';
  type Opened = Ids & { points: { code: string }[] };
  const check = await act<Opened>(service, supervisor, 'openStaffCheck', 'staffCheck', opening, points);
  const results = check.points.map(({ code }) => ({ code, isPassed: code !== 'FORMS' }));
  const written = { id: check.id, results, findings: '表格漏项', sampleNumbers: ['WX-20260301-0001'] };
  await act(service, supervisor, 'recordStaffCheck', 'staffCheck', written);
  const agreed = { id: check.id, agreedWithId: headId, measure: '补填表格' };
  await act(service, supervisor, 'agreeStaffCheckRectification', 'staffCheck', agreed);
  return { form, check };
}

async function appraisalOf(service: TestService, centre: Centre, staffId: string, head: Viewer): Promise<Ids> {
  const period = { staffId, startsOn: '2026-01-01', endsOn: '2026-02-01' };
  const opened = await act(service, centre.supervisor, 'openAppraisal', 'appraisal', period);
  const codes = ['ATTENDANCE', 'SERVICE', 'SKILL', 'DISCIPLINE', 'TEAMWORK'];
  const scored = { id: opened.id, scores: codes.map((code) => ({ code, score: 70 })), comment: '基本胜任' };
  const self = viewerOf(centre, 'clerk', staffId);
  await act(service, self, 'selfAssessAppraisal', 'appraisal', scored);
  await act(service, head, 'rateAppraisal', 'appraisal', scored);
  await act(service, self, 'appealAppraisal', 'appraisal', { id: opened.id, reason: '加班未计' });
  const decided = { id: opened.id, decision: '维持原分' };
  await act(service, centre.director, 'decideAppraisalAppeal', 'appraisal', decided);
  return opened;
}

async function dormitoryOf(service: TestService, { communityId, director }: Centre, staffId: string) {
  const terms = { communityId, name: '一号宿舍', rules: ['禁止明火'] };
  const dormitory = await act(service, director, 'registerDormitory', 'dormitory', terms);
  const place = { dormitoryId: dormitory.id, name: '101', bedCount: 4 };
  const room = await act(service, director, 'registerDormitoryRoom', 'dormitoryRoom', place);
  const bed = { staffId, roomId: room.id, bed: 1, isRulesAccepted: true };
  const stay = await act(service, director, 'startDormitoryStay', 'dormitoryStay', bed);
  return { dormitory, room, stay };
}

async function planOf(service: TestService, { supervisor }: Centre, teamId: string, staffId: string): Promise<Ids> {
  const [startsOn, endsOn] = [await dayFromNow(service, 0), await dayFromNow(service, 7)];
  const goals = [{ text: '零投诉', dueOn: startsOn, responsibleId: staffId }];
  type Plan = Ids & { goals: Ids[] };
  const terms = { teamId, startsOn, endsOn, goals };
  const plan = await act<Plan>(service, supervisor, 'draftTeamPlan', 'teamPlan', terms, 'id goals { id }');
  const { id } = plan;
  const goalId = plan.goals[0]?.id;
  await act(service, supervisor, 'startTeamPlan', 'teamPlan', { id });
  const judged = { id, goalId, isAchieved: false, result: '投诉一起' };
  await act(service, supervisor, 'recordTeamPlanProgress', 'teamPlan', judged);
  const measure = { goalId, text: '复盘培训', dueOn: endsOn, responsibleId: staffId };
  const measures = ['CORRECTIVE', 'PREVENTIVE'].map((kind) => ({ ...measure, kind }));
  await act(service, supervisor, 'evaluateTeamPlan', 'teamPlan', { id, evaluation: '基本完成', measures });
  return plan;
}

/** The newest row of a community's list. */
async function newest(service: TestService, { communityId, supervisor }: Centre, list: string): Promise<string> {
  const query = `query { ${list}(orderBy: CREATED_AT_DESC, filter: { communityId: "${communityId}" }) { nodes { id } } }`;
  const found = await service.ok<Record<string, { nodes: Ids[] }>>(supervisor, query);
  return found[list]?.nodes[0]?.id ?? '';
}

/** Rows of conduct; the next Monday brings the round of spot checks and the report of the week. */
export async function conductRows(service: TestService, centre: Centre, teamId: string): Promise<SeededRow[]> {
  const [clerk, head] = [await anActor(service, centre, 'CLERK'), await anActor(service, centre, 'SUPERVISOR')];
  const own = { staffId: clerk.id };
  const { form, check } = await checksOf(service, centre, clerk.id, head.id);
  const appraisal = await appraisalOf(service, centre, clerk.id, head.viewer);
  const { dormitory, room, stay } = await dormitoryOf(service, centre, clerk.id);
  const plan = await planOf(service, centre, teamId, clerk.id);
  const { communityId, supervisor } = centre;
  const fault = { staffId: clerk.id, kindCode: 'SNACKS', occurredOn: await dayFromNow(service, 0), note: '吃零食' };
  const conduct = await act(service, supervisor, 'recordStaffConduct', 'conductRecord', fault);
  const reporting = { communityId, name: '周报', frequency: 'WEEKLY', dueDay: 2, staffId: clerk.id };
  const duty = await act(service, supervisor, 'registerReportDuty', 'reportDuty', reporting);
  const weekday = new Date(`${await dayFromNow(service, 0)}T00:00:00Z`).getUTCDay();
  await service.move({ set: midnightOf(await dayFromNow(service, (8 - weekday) % 7 || 7)) });
  return [
    { type: 'StaffCheckForm', id: form.id },
    { type: 'StaffCheckRound', id: await newest(service, centre, 'staffCheckRounds') },
    { type: 'StaffCheck', id: check.id, own },
    { type: 'Appraisal', id: appraisal.id, own },
    { type: 'Dormitory', id: dormitory.id },
    { type: 'DormitoryRoom', id: room.id },
    { type: 'DormitoryStay', id: stay.id, own },
    { type: 'TeamPlan', id: plan.id },
    { type: 'ConductRecord', id: conduct.id, own },
    { type: 'ReportDuty', id: duty.id },
    { type: 'DutyReport', id: await newest(service, centre, 'dutyReports'), own },
  ];
}
