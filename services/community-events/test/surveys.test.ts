import type { Viewer } from '@steward/auth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { anEstate, refusals, run, startCommunityEvents, told, type Estate } from './activities-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startCommunityEvents();
});
afterAll(() => service?.stop());

type Survey = { id: string; status: string; issuedCount: number; recoveredCount: number };
const act = async (viewer: Viewer, name: string, input: object, selection = 'id status issuedCount'): Promise<Survey> =>
  (await run<{ survey: Survey }>(service, viewer, name, input, `survey { ${selection} }`)).survey;

const aForm = (estate: Estate, over: object = {}) => ({
  communityId: estate.communityId,
  kind: 'OPINION',
  title: '2026年度业主意见征询表',
  isAnonymous: true,
  segments: ['RESIDENT'],
  questions: [
    { kind: 'RATING', text: '对物业服务是否满意' },
    { kind: 'CHOICE', text: '最需要改进', choices: ['保洁', '保安', '维修'] },
    { kind: 'TEXT', text: '其他意见' },
  ],
  ...over,
});

const answers = (rating: number, choice: number, text?: string) => [
  { questionNumber: 1, rating },
  { questionNumber: 2, choice },
  ...(text === undefined ? [] : [{ questionNumber: 3, text }]),
];

async function issued(estate: Estate, over: object = {}): Promise<string> {
  const { id } = await act(estate.clerk, 'draftSurvey', aForm(estate, over));
  await act(estate.supervisor, 'issueSurvey', { id });
  return id;
}

describe('a form that names its household', () => {
  it('[A101] is shown to the household at any time, to the desk after the end, and to nobody else', async () => {
    const estate = await anEstate(service);
    const named = await issued(estate, { isAnonymous: false });
    const anonymous = await issued(estate, { isAnonymous: true });
    for (const surveyId of [named, anonymous])
      await act(estate.resident, 'answerSurvey', { surveyId, answers: answers(4, 3, '电梯太慢') }, 'id');
    const { personId } = estate.resident;
    const [home] = await service.sql<{ id: string }>(
      'select household_id as id from household_member where person_id = $1',
      [personId],
    );
    const query = `query ($id: ID!, $household: ID!) { survey(id: $id) {
      answersOf(householdId: $household) { questionNumber rating choice text } } }`;
    type Shown = { survey: { answersOf: object[] | null } | null };
    const shown = async (viewer: Viewer, id: string): Promise<object[] | null | undefined> =>
      (await service.ok<Shown>(viewer, query, { id, household: home?.id })).survey?.answersOf;
    const given = [
      { questionNumber: 1, rating: 4, choice: null, text: null },
      { questionNumber: 2, rating: null, choice: 3, text: null },
      { questionNumber: 3, rating: null, choice: null, text: '电梯太慢' },
    ];
    expect(await shown(estate.resident, named)).toEqual(given);
    expect(await shown(estate.resident, anonymous)).toBeNull();
    expect(await shown(estate.neighbour, named)).toBeNull();
    expect(await shown(estate.supervisor, named)).toBeNull();
    for (const id of [named, anonymous]) await act(estate.supervisor, 'closeSurvey', { id });
    expect(await shown(estate.clerk, named)).toEqual(given);
    expect(await shown(estate.clerk, anonymous)).toBeNull();
    expect(await shown(estate.guard, named)).toBeNull();
    const list = 'query ($of: SurveyFilter) { surveys(filter: $of) { nodes { id } } }';
    const of = { householdId: home?.id };
    const { surveys } = await service.ok<{ surveys: { nodes: { id: string }[] } }>(estate.clerk, list, { of });
    expect(surveys.nodes.map(({ id }) => id).toSorted()).toEqual([named, anonymous].toSorted());
    const foreign = await service.refused(estate.neighbour, list, { of });
    expect(foreign.extensions.code).toBe('NOT_FOUND');
  });
});

describe('the opinion form', () => {
  it('[A101] is issued, recovered, analysed and put before the director', async () => {
    const estate = await anEstate(service);
    const start = await service.now();
    const id = await issued(estate);
    await act(estate.resident, 'answerSurvey', { surveyId: id, answers: answers(5, 2, '电梯太慢') }, 'id isAnswered');
    const again = { surveyId: id, answers: answers(1, 1) };
    expect(await refusals(service, estate.resident, 'answerSurvey', again, 'survey')).toEqual([
      'ANSWERED_ALREADY A101',
    ]);
    // Whoever has no household and names none is asked nothing, whether the survey is there or not.
    expect(await refusals(service, estate.clerk, 'answerSurvey', again, 'survey')).toEqual(['NOT_FOUND']);
    const query =
      'query ($id: ID!) { survey(id: $id) { status remarks results { number } dueAt issuedCount recoveredCount } }';
    // Nothing is to be seen of the forms while they come in.
    expect(await service.ok(estate.supervisor, query, { id })).toMatchObject({
      survey: { status: 'ISSUED', remarks: [], results: null, issuedCount: 2, recoveredCount: 0 },
    });
    await service.move({ advance: 'P31D' });
    expect(await told(service, id)).toContain('surveyClosed');
    const late = { surveyId: id, answers: answers(3, 3) };
    expect(await refusals(service, estate.neighbour, 'answerSurvey', late, 'survey')).toEqual(['SURVEY_CLOSED A101']);
    const full = `query ($id: ID!) { survey(id: $id) { status recoveredCount responseRate remarks
      results { number answerCount meanRating counts } deadlines { kind rule state } } }`;
    expect(await service.ok(estate.supervisor, full, { id })).toEqual({
      survey: {
        status: 'CLOSED',
        recoveredCount: 1,
        responseRate: '50.00',
        remarks: ['电梯太慢'],
        results: [
          { number: 1, answerCount: 1, meanRating: '5.00', counts: [0, 0, 0, 0, 1] },
          { number: 2, answerCount: 1, meanRating: null, counts: [0, 1, 0] },
          { number: 3, answerCount: 1, meanRating: null, counts: [] },
        ],
        deadlines: [{ kind: 'SURVEY_REPORT', rule: 'A101', state: 'RUNNING' }],
      },
    });
    const report = { id, analysis: '满意度较高，电梯问题突出', improvements: '与电梯维保单位约谈' };
    expect(
      await refusals(service, estate.supervisor, 'reportSurvey', { ...report, improvements: ' ' }, 'survey'),
    ).toEqual(['input.improvements TEXT_REQUIRED A101']);
    await act(estate.supervisor, 'reportSurvey', report);
    expect(await told(service, id)).toContain('surveyReported');
    await act(estate.director, 'acknowledgeSurveyReport', { id });
    expect((await service.now()).getTime()).toBeGreaterThan(start.getTime());
  });

  it('[A101] is open for thirty days, and its analysis due fourteen days later', async () => {
    const estate = await anEstate(service);
    const day = (n: number, from: Date) =>
      new Date(Date.parse(`${local(from)}T00:00:00+08:00`) + n * 86_400_000).toISOString();
    const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const now = await service.now();
    const { id } = await act(estate.clerk, 'draftSurvey', aForm(estate));
    const { dueAt } = (await act(estate.supervisor, 'issueSurvey', { id }, 'dueAt')) as unknown as { dueAt: string };
    // 24:00 of the thirtieth day after it.
    expect(dueAt).toBe(day(31, now));
    const closed = (await act(estate.supervisor, 'closeSurvey', { id }, 'deadlines { dueAt }')) as unknown as {
      deadlines: { dueAt: string }[];
    };
    expect(closed.deadlines[0]?.dueAt).toBe(day(15, now));
  });

  it('[A101] that did not go out by the end of November is asked for, once a year', async () => {
    const estate = await anEstate(service);
    const missing = async () =>
      (
        await service.sql(`select 1 from notification where community_id = $1 and template = 'opinionFormMissing'`, [
          estate.communityId,
        ])
      ).length;
    const year = (await service.now()).getUTCFullYear();
    await service.move({ set: new Date(`${year}-11-30T15:59:59.000Z`) });
    expect(await missing()).toBe(0);
    await service.move({ set: new Date(`${year}-11-30T16:00:00.000Z`) });
    expect(await missing()).toBe(2);
    await issued(estate);
    await service.move({ set: new Date(`${year + 1}-11-30T15:59:59.000Z`) });
    await issued(estate);
    await service.move({ set: new Date(`${year + 1}-12-01T00:00:00.000Z`) });
    expect(await missing()).toBe(2);
  });

  it('keeps nothing that tells whose an anonymous form is', async () => {
    const estate = await anEstate(service);
    const id = await issued(estate);
    await act(estate.resident, 'answerSurvey', { surveyId: id, answers: answers(4, 1, '谢谢') }, 'id isAnswered');
    const [form] = await service.sql<{ id: string; household_id: string | null }>(
      'select * from survey_response where survey_id = $1',
      [id],
    );
    expect(Object.keys(form ?? {}).sort()).toEqual(['household_id', 'id', 'survey_id', 'tenant_id']);
    // A UUIDv4: no time in it.
    expect(form).toMatchObject({ household_id: null, id: expect.stringMatching(/^.{14}4/) });
    const said = await service.events();
    expect(said.filter(({ aggregateId }) => aggregateId === id).map(({ type }) => type.split('.')[3])).toEqual([
      'drafted',
      'issued',
    ]);
  });
});

describe('surveys of satisfaction', () => {
  it('[A210] ask the merchants of their segments, and lead to improvements', async () => {
    const estate = await anEstate(service);
    const draft = aForm(estate, { kind: 'SATISFACTION', segments: ['MAIN_MERCHANT', 'SMALL_MERCHANT'] });
    const bare = { ...draft, segments: [], questions: [{ kind: 'CHOICE', text: '?', choices: ['是'] }] };
    expect(await refusals(service, estate.clerk, 'draftSurvey', bare, 'survey')).toEqual([
      'input.questions.0.choices CHOICES_UNFIT A210',
      'input.segments SEGMENT_REQUIRED A210',
    ]);
    const { id } = await act(estate.clerk, 'draftSurvey', draft);
    // Residents are no merchants.
    expect(await act(estate.supervisor, 'issueSurvey', { id })).toMatchObject({ issuedCount: 0 });
    const other = await issued(estate, { kind: 'SATISFACTION' });
    const wrong = {
      surveyId: other,
      answers: [
        { questionNumber: 1, rating: 6 },
        { questionNumber: 9, rating: 1 },
      ],
    };
    expect(await refusals(service, estate.resident, 'answerSurvey', wrong, 'survey')).toEqual([
      'input.answers.0 ANSWER_UNFIT A210',
      'input.answers.1.questionNumber QUESTION_UNKNOWN A210',
      'input.answers ANSWER_MISSING A210',
    ]);
  });

  it('[A210] are asked for when none went out for six months', async () => {
    const estate = await anEstate(service);
    const missing = async () =>
      (
        await service.sql(
          `select 1 from notification where community_id = $1 and template = 'satisfactionSurveyMissing'`,
          [estate.communityId],
        )
      ).length;
    const [year = 0, month = 0] = (await service.now()).toISOString().split('-').map(Number);
    // The first of the month after six more have begun, in Shanghai.
    const due = Date.UTC(year, month - 1 + 6, 1) - 8 * 3_600_000;
    await service.move({ set: new Date(due - 1000) });
    expect(await missing()).toBe(0);
    await service.move({ set: new Date(due) });
    expect(await missing()).toBe(2);
  });
});

describe('plans of visits', () => {
  it('[A101] name households and a month, and keep what was said', async () => {
    const estate = await anEstate(service);
    const households = await service.sql<{ id: string }>(
      'select id from household_reference where community_id = $1 order by id',
      [estate.communityId],
    );
    const month = new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
    const householdIds = households.map(({ id }) => id);
    const plan = { communityId: estate.communityId, month, staffId: estate.clerk.staffId, householdIds };
    const { visitPlan } = await run<{ visitPlan: { id: string } }>(
      service,
      estate.supervisor,
      'planVisits',
      plan,
      'visitPlan { id }',
    );
    const visit = (householdId?: string) => ({ id: visitPlan.id, householdId, opinion: '希望增设晾衣架' });
    await run(service, estate.clerk, 'recordPlannedVisit', visit(householdIds[0]), 'visitPlan { id }');
    expect(await refusals(service, estate.clerk, 'recordPlannedVisit', visit(householdIds[0]), 'visitPlan')).toEqual([
      'VISIT_NOT_OPEN A101',
    ]);
    const { visitPlan: done } = await run<{ visitPlan: object }>(
      service,
      estate.clerk,
      'recordPlannedVisit',
      visit(householdIds[1]),
      'visitPlan { openVisitCount visits { opinion } deadlines { kind rule state } }',
    );
    expect(done).toEqual({
      openVisitCount: 0,
      visits: [{ opinion: '希望增设晾衣架' }, { opinion: '希望增设晾衣架' }],
      deadlines: [{ kind: 'VISITS', rule: 'A101', state: 'MET' }],
    });
  });
});
