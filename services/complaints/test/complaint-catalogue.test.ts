import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role, Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  aReport,
  clocksOf,
  handled,
  reasons,
  see,
  someone,
  startComplaints,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const refusedReasons = async (viewer: Viewer, mutation: string, input: object): Promise<string[]> => {
  const { extensions } = await service.refused(viewer, mutation, { input });
  return extensions.violations.length > 1 ? extensions.violations.map(({ reason }) => reason) : [extensions.reason];
};

describe('complaintChannels', () => {
  it('[A032] [A206] are those by which people speak, and other agencies', async () => {
    const query = `query ($communityId: ID!) {
      complaintChannels(communityId: $communityId) { channel { code label } isRecordRequired isSourceRequired }
    }`;
    const { communityId } = estate;
    const { complaintChannels } = await service.ok<{
      complaintChannels: { channel: { code: string }; isRecordRequired: boolean; isSourceRequired: boolean }[];
    }>(estate.resident, query, { communityId });
    const own = complaintChannels.filter(({ isRecordRequired }) => isRecordRequired).map(({ channel }) => channel.code);
    expect(own).toEqual(expect.arrayContaining(['LETTER', 'PHONE', 'FAX', 'VISIT', 'WEB']));
    expect(complaintChannels.filter(({ isSourceRequired }) => isSourceRequired)).toEqual([
      {
        channel: { code: 'EXTERNAL_AGENCY', label: 'External agency' },
        isRecordRequired: false,
        isSourceRequired: true,
      },
    ]);
  });
});

describe('setComplaintCode', () => {
  const mutation = `mutation ($input: SetComplaintCodeInput!) {
    setComplaintCode(input: $input) { code { code label } isRetired }
  }`;
  const aCode = (overrides: object = {}) => ({
    communityId: estate.communityId,
    kind: 'CATEGORY',
    code: 'POOL',
    nameZh: '泳池',
    nameEn: 'Pool',
    departmentCode: 'ENVIRONMENT',
    ...overrides,
  });
  const setCode = (overrides: object = {}) => service.ok(estate.director, mutation, { input: aCode(overrides) });

  it('[A033] adds a category with the department in charge and its grade, and retires it', async () => {
    await setCode({ grade: 'IMPORTANT' });
    const id = await aComplaint(service, estate, { categoryCode: 'POOL' });
    const selection = 'grade departmentCode category { code label }';
    const expected = { grade: 'IMPORTANT', departmentCode: 'ENVIRONMENT', category: { code: 'POOL', label: 'Pool' } };
    expect(await see(service, estate.clerk, id, selection)).toEqual(expected);
    expect(await setCode({ isRetired: true })).toEqual({
      setComplaintCode: { code: { code: 'POOL', label: 'Pool' }, isRetired: true },
    });
    await expect(aComplaint(service, estate, { categoryCode: 'POOL' })).rejects.toThrow('CATEGORY_UNKNOWN');
    expect(await see(service, estate.clerk, id, selection)).toEqual(expected);
    const query = `query ($communityId: ID!) {
      complaintCategories(communityId: $communityId) { category { code label } departmentCode grade }
    }`;
    const { complaintCategories } = await service.ok<{ complaintCategories: object[] }>(estate.clerk, query, {
      communityId: estate.communityId,
    });
    expect(complaintCategories).toContainEqual({
      category: { code: 'NOISE', label: 'Noise' },
      departmentCode: 'SECURITY',
      grade: 'MINOR',
    });
    expect(JSON.stringify(complaintCategories)).not.toMatch(/POOL/);
  });

  it('adds a channel, through which the whole record is asked for', async () => {
    await setCode({ kind: 'CHANNEL', code: 'ROBOT', nameZh: '机器人', nameEn: 'Robot', departmentCode: null });
    const report = aReport(estate, { channelCode: 'ROBOT', course: null });
    const registering = `mutation ($input: RegisterComplaintInput!) { registerComplaint(input: $input) { complaint { id } } }`;
    expect(await refusedReasons(estate.clerk, registering, report)).toEqual(['COURSE_REQUIRED']);
  });

  it.each([
    [{ code: 'pool' }, ['CODE_MALFORMED']],
    [{ code: 'NOISE' }, ['CODE_BUILT_IN']],
    [{ nameEn: ' ' }, ['TEXT_REQUIRED']],
    [{ departmentCode: 'NOBODY' }, ['DEPARTMENT_UNKNOWN']],
  ])('refuses %j', async (overrides, expected) => {
    expect(await refusedReasons(estate.director, mutation, aCode(overrides))).toEqual(expected);
  });

  it('refuses a community that residents has not told of, and whoever is no director', async () => {
    const everywhere = aStaffViewer({ roles: ['director'], tenantId: estate.tenantId, communityIds: 'all' });
    const elsewhere = aCode({ communityId: newId() });
    expect(await refusedReasons(everywhere, mutation, elsewhere)).toEqual(['COMMUNITY_UNKNOWN']);
    expect(await refusedReasons(estate.supervisor, mutation, aCode())).toEqual(['ACCESS_DENIED']);
  });
});

describe('setComplaintPolicy', () => {
  const mutation = `mutation ($input: SetComplaintPolicyInput!) {
    setComplaintPolicy(input: $input) { figures { policy key value defaultValue unit rule } }
  }`;
  const aFigure = (overrides: object = {}) => ({
    communityId: estate.communityId,
    policy: 'limits',
    key: 'minorSolutionDays',
    value: 1,
    reason: '承诺次日解决',
    ...overrides,
  });
  const refused = async (overrides: object, viewer = estate.director) =>
    (await refusedReasons(viewer, mutation, aFigure(overrides)))[0];

  it('[A097] overrides a figure for one community from a time on; clocks that run keep theirs', async () => {
    const before = await aComplaint(service, estate);
    type Answer = { setComplaintPolicy: { figures: object[] } };
    const answer = await service.ok<Answer>(estate.director, mutation, { input: aFigure() });
    const figure = { policy: 'limits', key: 'minorSolutionDays', value: 1, defaultValue: 2, unit: 'day', rule: 'A097' };
    expect(answer.setComplaintPolicy.figures).toContainEqual(figure);
    const due = async (id: string) => (await clocksOf(service, estate.clerk, id))['SOLUTION']?.dueAt;
    expect([await due(before), await due(await aComplaint(service, estate))]).toEqual([
      '2026-03-04T16:00:00.000Z',
      '2026-03-03T16:00:00.000Z',
    ]);
    const changes = (await service.events('steward.complaints.policy.changed.v1')).map(({ data }) => data);
    expect(changes).toContainEqual(expect.objectContaining({ policy: 'limits', key: 'minorSolutionDays', value: 1 }));
    const query =
      'query ($communityId: ID!) { complaintPolicies(communityId: $communityId) { policy key value defaultValue unit rule } }';
    const { communityId } = estate;
    const { complaintPolicies } = await service.ok<{ complaintPolicies: object[] }>(estate.clerk, query, {
      communityId,
    });
    expect(complaintPolicies).toContainEqual(figure);
  });

  it('[A207] changes a limit of authority', async () => {
    const home = await anEstate(service);
    const limit = { communityId: home.communityId, policy: 'authority', key: 'clerkRemedyAmount', value: 500 };
    await service.ok(home.director, mutation, { input: aFigure(limit) });
    const id = await aComplaint(service, home);
    await handled(service, home, id);
    const remedies = [{ description: '赔偿', costAmount: 501 }];
    await act(service, home.clerk, 'proposeComplaintRemedies', {
      id,
      explanation: '暂缺配件',
      means: 'PHONE',
      remedies,
    });
    const [remedy] = (await see<{ remedies: { id: string }[] }>(service, home.clerk, id, 'remedies { id }')).remedies;
    await act(service, home.clerk, 'chooseComplaintRemedy', { id, remedyId: remedy?.id });
    expect(await see(service, home.clerk, id, 'remedies { state }')).toEqual({
      remedies: [{ state: 'AWAITING_APPROVAL' }],
    });
    expect(await reasons(service, home.clerk, 'resolveComplaint', { id, result: '已赔偿' })).toContain(
      'REMEDY_UNDECIDED',
    );
  });

  it.each(['clerkRemedyAmount', 'supervisorRemedyAmount', 'deputyRemedyAmount'])(
    '[A207] %s is at most a million yuan',
    async (key) => {
      const home = await anEstate(service);
      const figure = aFigure({ communityId: home.communityId, policy: 'authority', key });
      await service.ok(home.director, mutation, { input: { ...figure, value: 100_000_000 } });
      expect(await refusedReasons(home.director, mutation, { ...figure, value: 100_000_001 })).toEqual([
        'POLICY_VALUE',
      ]);
    },
  );

  it('[A038] what recurs comes at least twice, and its effect is checked a day later at the earliest', async () => {
    const analysis = { policy: 'analysis' };
    expect(await refused({ ...analysis, key: 'recurrenceCount', value: 1 })).toBe('POLICY_VALUE');
    expect(await refused({ ...analysis, key: 'effectCheckDays', value: 0 })).toBe('POLICY_VALUE');
    for (const [key, value] of [
      ['recurrenceCount', 2],
      ['effectCheckDays', 1],
    ]) {
      await service.ok(estate.director, mutation, { input: aFigure({ ...analysis, key, value }) });
    }
  });

  it.each([
    [{ key: 'coffeeBreaks' }, 'POLICY_UNKNOWN'],
    [{ policy: 'magic' }, 'POLICY_UNKNOWN'],
    [{ value: 'soon' }, 'POLICY_VALUE'],
    [{ value: -1 }, 'POLICY_VALUE'],
    [{ reason: '' }, 'REASON_REQUIRED'],
  ])('refuses %j', async (overrides, expected) => {
    expect(await refused(overrides)).toBe(expected);
  });

  it.each<[Role, boolean]>([
    ['director', true],
    ['deputyDirector', true],
    ['administrativeSupervisor', false],
    ['clerk', false],
  ])('by a %s: %s', async (role, may) => {
    const input = aFigure({ key: 'returnVisitDays', value: 3 });
    const answer = await service.graphql(someone(estate, role), mutation, { input });
    expect(answer.errors?.[0]?.extensions.reason).toBe(may ? undefined : 'ACCESS_DENIED');
  });
});
