import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aCentre, act, aNewcomer, notices, refusal, see, viewerOf, type Centre } from './duty-fixture.ts';
import { change, startHr } from './hr-fixture.ts';
import { adopt, postTerms, qualify, skipTo } from './position-fixture.ts';

let service: TestService;
let centre: Centre;

beforeAll(async () => {
  service = await startHr();
  centre = await aCentre(service);
});
afterAll(() => service?.stop());

describe('folders in custody', () => {
  const personnel = ['APPLICATION_FORM', 'ID_COPY', 'EDUCATION_CERTIFICATE', 'HEALTH_CERTIFICATE', 'LABOUR_CONTRACT'];
  const selection = `status isIntact missingPapers { code label } papers { code { code } } dueOn borrower { id }
    deadlines { kind rule state dueAt }`;
  const folder = (id: string, viewer = centre.director) =>
    see<{ missingPapers: { code: string }[] }>(service, viewer, 'personnelArchive', id, selection);
  const open = (staffId: string | null, overrides: object = {}) => ({
    communityId: centre.communityId,
    kind: 'PERSONNEL',
    staffId,
    label: '人事档案',
    shelf: 'A-1-3',
    ...overrides,
  });
  const keep = (name: string, input: object) => act(service, centre.director, name, 'personnelArchive', input);
  const notKept = (name: string, input: object) => refusal(service, centre.director, name, 'personnelArchive', input);

  it('[A012] say what is missing, and are complete in thirty days', async () => {
    const staffId = await aNewcomer(service, centre, 'CLERK');
    const { id } = await keep('openPersonnelArchive', open(staffId));
    expect((await folder(id))?.missingPapers.map(({ code }) => code)).toEqual(personnel);
    const [start] = await service.sql<{ at: Date }>('select started_at as at from deadline where aggregate_id = $1', [
      id,
    ]);
    // Until 24:00 of the thirtieth day after (settled reading 2).
    const dueAt = new Date(
      `${new Date((start?.at ?? new Date(0)).getTime() + 8 * 3_600_000 + 31 * 86_400_000).toISOString().slice(0, 10)}T00:00:00+08:00`,
    );
    const clock = { kind: 'ARCHIVE_COMPLETE', rule: 'A012', state: 'RUNNING', dueAt: dueAt.toISOString() };
    expect(await folder(id)).toMatchObject({ status: 'KEPT', deadlines: [clock] });
    expect(await notKept('openPersonnelArchive', open(staffId))).toMatchObject({ reason: 'ARCHIVE_KNOWN' });
    expect(await notKept('openPersonnelArchive', open(null))).toMatchObject({ reason: 'ARCHIVE_NEEDS_STAFF' });
    await keep('openPersonnelArchive', open(null, { kind: 'ADMINISTRATION', label: '2025 年度合同' }));
    const papers = personnel.map((code) => ({ code, filedOn: '2026-03-01' }));
    await keep('filePersonnelPapers', { id, papers: papers.slice(1) });
    expect(await notKept('transferPersonnelArchive', { id })).toMatchObject({ reason: 'ARCHIVE_INCOMPLETE' });
    expect(await notKept('filePersonnelPapers', { id, papers: papers.slice(1, 2) })).toMatchObject({
      reason: 'CODE_REPEATED',
    });
    await keep('filePersonnelPapers', { id, papers: papers.slice(0, 1) });
    expect(await folder(id)).toMatchObject({ missingPapers: [], deadlines: [{ state: 'MET' }] });
    const mine = await folder(id, viewerOf(centre, 'clerk', staffId));
    expect([mine === null, await folder(id, centre.supervisor)]).toEqual([false, null]);
    await keep('transferPersonnelArchive', { id });
    expect(await notKept('filePersonnelPapers', { id, papers: [] })).toMatchObject({ reason: 'ILLEGAL_TRANSITION' });
  });

  it('[A012] are lent for seven days, asked back, and looked at when they return', async () => {
    const { id } = await keep('openPersonnelArchive', open(await aNewcomer(service, centre, 'CLERK')));
    await keep('filePersonnelPapers', { id, papers: personnel.map((code) => ({ code, filedOn: '2026-03-01' })) });
    const borrowerId = await aNewcomer(service, centre, 'CLERK');
    const loan = (dueOn: string) => ({ id, borrowerId, dueOn });
    expect(await notKept('lendPersonnelArchive', loan('2026-03-10'))).toMatchObject({
      reason: 'LOAN_TOO_LONG',
      rule: 'A012',
    });
    await keep('lendPersonnelArchive', loan('2026-03-09'));
    expect(await notKept('lendPersonnelArchive', loan('2026-03-09'))).toMatchObject({ reason: 'ILLEGAL_TRANSITION' });
    const returning = async () =>
      ((await folder(id)) as unknown as { deadlines: { kind: string; state: string; dueAt: string }[] }).deadlines.find(
        ({ kind }) => kind === 'ARCHIVE_RETURN',
      );
    expect(await returning()).toMatchObject({ state: 'RUNNING', dueAt: '2026-03-09T16:00:00.000Z' });
    await service.move({ set: new Date('2026-03-09T16:00:01.000Z') });
    expect(await returning()).toMatchObject({ state: 'BREACHED' });
    const told = await notices(service, centre.communityId);
    expect(told).toContainEqual({ template: 'deadlineBreached', role: null, staffId: borrowerId });
    await keep('returnPersonnelArchive', { id, lostPaperCodes: ['ID_COPY'] });
    expect(await folder(id)).toMatchObject({ status: 'KEPT', isIntact: false, missingPapers: [{ code: 'ID_COPY' }] });
    const damaged = { template: 'archiveDamaged', role: 'director', staffId: null };
    expect(await notices(service, centre.communityId)).toContainEqual(damaged);
  });
});

describe('targets by month', () => {
  const codes = [
    'RULES_COMPLETE',
    'STORES_COMPLETE',
    'ARCHIVES_INTACT',
    'COORDINATION_DONE',
    'INSPECTIONS_DONE',
    'OTHER_WORK_DONE',
  ];
  const counts = (overrides: Record<string, number> = {}) =>
    codes.map((code) => ({ code, doneCount: overrides[code] ?? 10, totalCount: 10 }));
  const month = (overrides: object = {}) => ({
    communityId: centre.communityId,
    positionCode: 'CUSTOMER_SERVICE_SUPERVISOR',
    month: '2026-02',
    counts: counts(),
    ...overrides,
  });
  const notRecorded = (overrides: object) =>
    refusal(service, centre.supervisor, 'recordPositionKpi', 'positionKpiReview', month(overrides));

  it('[B049] six of 100 % are counted when the month is over; a missed one reaches the director', async () => {
    await adopt(service, centre, 'CUSTOMER_SERVICE_SUPERVISOR');
    const staffId = await aNewcomer(service, centre, 'GUARD');
    await qualify(service, centre, staffId);
    const input = postTerms(centre, staffId, 'CUSTOMER_SERVICE_SUPERVISOR', { role: 'SUPERVISOR' });
    await service.ok(centre.director, change('assignStaffPost'), { input });
    expect(await notRecorded({ month: '2026-03' })).toMatchObject({ reason: 'MONTH_NOT_OVER', rule: 'B049' });
    expect((await notRecorded({ counts: counts().slice(2) })).violations).toMatchObject([
      { reason: 'KPI_MISSING' },
      { reason: 'KPI_MISSING' },
    ]);
    const missed = month({ counts: counts({ STORES_COMPLETE: 9 }) });
    const { id } = await act(service, centre.supervisor, 'recordPositionKpi', 'positionKpiReview', missed);
    const selection = 'status isMet results { code percent targetPercent isMet }';
    const review = () =>
      see<{ results: { code: string }[] }>(service, centre.supervisor, 'positionKpiReview', id, selection);
    const found = await review();
    expect(found).toMatchObject({ status: 'RECORDED', isMet: false });
    expect(found?.results).toHaveLength(6);
    expect(found?.results.find(({ code }) => code === 'STORES_COMPLETE')).toMatchObject({
      percent: '90.00',
      targetPercent: 100,
      isMet: false,
    });
    const told = { template: 'kpiMissed', role: 'director', staffId: null };
    expect(await notices(service, centre.communityId)).toContainEqual(told);
    expect(await notRecorded({})).toMatchObject({ reason: 'KPI_RECORDED' });
    const correction = { id, counts: counts(), because: 'LATE_EVIDENCE' };
    await act(service, centre.supervisor, 'correctPositionKpi', 'positionKpiReview', correction);
    expect(await review()).toMatchObject({ status: 'CORRECTED', isMet: true });
  });

  it('[B049] what nobody counted is asked for on the fifth of the month', async () => {
    const uncounted = async () =>
      (await notices(service, centre.communityId)).filter(({ template }) => template === 'kpiUncounted').length;
    await skipTo(service, '2026-04-04');
    expect(await uncounted()).toBe(0);
    await skipTo(service, '2026-04-05');
    expect(await uncounted()).toBe(1);
  });
});

describe('grades', () => {
  it('[A316] seven levels, each reached by its criteria and refused with all that is missing', async () => {
    const { id: ladderId } = await act(service, centre.director, 'adoptStandardGradeLadder', 'gradeLadder', {
      code: 'SALES',
    });
    type Ladder = { label: string; steps: { level: number; label: string }[] };
    const ladder = await see<Ladder>(service, centre.clerk, 'gradeLadder', ladderId, 'label steps { level label }');
    expect(ladder?.steps.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const staffId = await aNewcomer(service, centre, 'CLERK');
    const heldFrom = (await service.now()).toISOString().slice(0, 10);
    const place = { staffId, ladderCode: 'SALES', heldFrom };
    const { id } = await act(service, centre.director, 'placeStaffGrade', 'staffGrade', place);
    const again = { ...place, level: 2 };
    expect(await refusal(service, centre.director, 'placeStaffGrade', 'staffGrade', again)).toMatchObject({
      reason: 'GRADE_HELD',
    });
    const conduct = { staffId, kindCode: 'REVENUE_DISCLOSED', occurredOn: heldFrom, note: '泄露营业收入' };
    for (const kindCode of ['REVENUE_DISCLOSED', 'SNACKS'])
      await act(service, centre.supervisor, 'recordStaffConduct', 'conductRecord', { ...conduct, kindCode });
    const promote = (scorePercent: number) =>
      refusal(service, centre.director, 'promoteStaffGrade', 'staffGrade', { id, scorePercent });
    expect((await promote(79)).violations?.map(({ reason, rule }) => `${reason} ${rule}`)).toEqual([
      'GRADE_MONTHS_SHORT A316',
      'GRADE_POINTS_OVER A316',
      'GRADE_SCORE_SHORT A316',
    ]);
    const selection = 'level grade status heldFrom missing { code wanted actual }';
    expect(await see(service, centre.supervisor, 'staffGrade', id, selection)).toMatchObject({
      level: 1,
      grade: 'Trainee',
      missing: [
        { code: 'MONTHS', wanted: 3, actual: 0 },
        { code: 'PENALTY_POINTS', wanted: 10, actual: 13 },
      ],
    });
  });

  it('[A316] a ladder of the company is climbed step by step to its top', async () => {
    const steps = [{ label: '见习' }, { label: '正式', minScorePercent: 80 }];
    const input = { code: 'DESK', label: '前台', steps };
    expect(
      await refusal(service, centre.director, 'registerGradeLadder', 'gradeLadder', { ...input, steps: [steps[0]] }),
    ).toMatchObject({ reason: 'LADDER_LENGTH' });
    await act(service, centre.director, 'registerGradeLadder', 'gradeLadder', input);
    const staffId = await aNewcomer(service, centre, 'CLERK');
    const place = { staffId, ladderCode: 'DESK', heldFrom: '2026-03-01' };
    const { id } = await act(service, centre.director, 'placeStaffGrade', 'staffGrade', place);
    const promotion = { id, scorePercent: 80 };
    const promoted = await act(service, centre.director, 'promoteStaffGrade', 'staffGrade', promotion, 'level status');
    expect(promoted).toEqual({ level: 2, status: 'TOP' });
    expect(await refusal(service, centre.director, 'promoteStaffGrade', 'staffGrade', promotion)).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
    });
  });
});
