import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import {
  aCentre,
  aCrew,
  act,
  aDraft,
  aRoster,
  aWorker,
  refusal,
  see,
  shiftOf,
  shiftsOf,
  viewerOf,
  type Centre,
  type Crew,
} from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;
let centre: Centre;
let crew: Crew;

beforeAll(async () => {
  service = await startHr();
  centre = await aCentre(service);
  crew = await aCrew(service, centre);
});
afterAll(() => service?.stop());

const roster = 'dutyRoster';
const submit = (id: string) => act(service, centre.clerk, 'submitDutyRoster', roster, { id });
const publish = (id: string) =>
  act<{ status: string }>(service, centre.supervisor, 'publishDutyRoster', roster, { id }, 'status');
const gapsOf = async (id: string) =>
  (
    await see<{ coverageGaps: object[] }>(
      service,
      centre.supervisor,
      'dutyRoster',
      id,
      'coverageGaps { from to staffCount }',
    )
  )?.coverageGaps;

describe('a roster of the service centre', () => {
  it('[A019] [A308] is planned, proved minute by minute and put in force', async () => {
    const other = await aCentre(service);
    const people = await aCrew(service, other);
    const id = await aDraft(service, other, people);
    const shifts = await shiftsOf(service, other.clerk, id);
    expect(shifts.map(({ pattern }) => pattern.code).slice(0, 5)).toEqual([
      'MORNING',
      'NOON',
      'AFTERNOON',
      'NIGHT',
      'MORNING',
    ]);
    expect(shifts).toHaveLength(12);
    expect(new Set(shifts.filter(({ pattern }) => pattern.code === 'NIGHT').map(({ staff }) => staff.id)).size).toBe(2);
    expect(await act(service, other.clerk, 'submitDutyRoster', roster, { id }, 'status coverageGaps { from }')).toEqual(
      { status: 'SUBMITTED', coverageGaps: [] },
    );
    expect(
      await act(service, other.supervisor, 'publishDutyRoster', roster, { id }, 'status shiftCount publishedAt'),
    ).toMatchObject({ status: 'PUBLISHED', shiftCount: 12 });
    const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id).map(({ type }) => type);
    expect(facts).toEqual(
      ['drafted', 'planned', 'submitted', 'published'].map((fact) => `steward.hr.duty-roster.${fact}.v1`),
    );
  });

  it('[A025] is refused with a single shift missing, whichever it is, and shows the gap', async () => {
    const id = await aDraft(service, centre, crew, { startsOn: '2026-04-06', days: 2 });
    const noon = await shiftOf(service, centre.clerk, id, 'NOON', 1);
    await act(service, centre.clerk, 'removeDutyShift', roster, { id, shiftId: noon.id });
    expect(await gapsOf(id)).toEqual([{ from: noon.startsAt, to: noon.endsAt, staffCount: 0 }]);
    await submit(id);
    expect(await refusal(service, centre.supervisor, 'publishDutyRoster', roster, { id })).toMatchObject({
      reason: 'ROSTER_GAP',
      rule: 'A025',
    });
    await act(service, centre.supervisor, 'returnDutyRoster', roster, { id, reason: '中午无人' });
    const [clerk] = crew.clerks;
    await act(service, centre.clerk, 'assignDutyShift', roster, {
      id,
      on: '2026-04-07',
      patternCode: 'NOON',
      staffId: clerk,
    });
    await submit(id);
    expect(await publish(id)).toEqual({ status: 'PUBLISHED' });
  });

  it('[A025] holds the first night with the roster before it, and two people where the community wants two', async () => {
    await aRoster(service, centre, crew, { startsOn: '2026-05-04', days: 2 });
    const next = await aDraft(service, centre, crew, { startsOn: '2026-05-06', days: 1 });
    expect(await gapsOf(next)).toEqual([]);
    const figure = {
      communityId: centre.communityId,
      policy: 'roster',
      key: 'leastOnDuty',
      value: 2,
      reason: '大型活动',
    };
    const document = 'mutation ($input: SetHrPolicyInput!) { setHrPolicy(input: $input) { figures { key } } }';
    await service.ok(centre.director, document, { input: figure });
    expect(await gapsOf(next)).toEqual([
      { from: '2026-05-05T16:00:00.000Z', to: '2026-05-06T16:00:00.000Z', staffCount: 1 },
    ]);
    await service.ok(centre.director, document, { input: { ...figure, value: 1 } });
  });

  it('[A212] is put in force by a supervisor, not by a clerk nor by whoever handed it in', async () => {
    const id = await aDraft(service, centre, crew, { startsOn: '2026-06-01', days: 1 });
    await act(service, centre.supervisor, 'submitDutyRoster', roster, { id });
    expect(await refusal(service, centre.clerk, 'publishDutyRoster', roster, { id })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await refusal(service, centre.supervisor, 'publishDutyRoster', roster, { id })).toMatchObject({
      reason: 'OWN_REQUEST',
    });
    await act(service, viewerOf(centre, 'supervisor'), 'publishDutyRoster', roster, { id });
    expect(await refusal(service, centre.clerk, 'planDutyRoster', roster, { id, slots: [] })).toMatchObject({
      code: 'CONFLICT',
      reason: 'ILLEGAL_TRANSITION',
    });
    const draft = {
      communityId: centre.communityId,
      kind: 'SERVICE_CENTRE',
      startsOn: '2026-05-30',
      endsOn: '2026-06-02',
    };
    expect(await refusal(service, centre.clerk, 'draftDutyRoster', roster, draft)).toMatchObject({
      reason: 'ROSTER_OVERLAPS',
    });
    await act(service, centre.supervisor, 'withdrawDutyRoster', roster, { id, reason: '改排' });
    expect((await shiftsOf(service, centre.clerk, id)).map(({ status }) => status)).toEqual([
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
    ]);
    await act(service, centre.clerk, 'draftDutyRoster', roster, draft);
  });

  it('says what is wrong with days, departments and shifts', async () => {
    const draft = (overrides: object) => ({
      communityId: centre.communityId,
      kind: 'DEPARTMENT',
      startsOn: '2026-07-01',
      endsOn: '2026-07-03',
      ...overrides,
    });
    const reasons = async (overrides: object) =>
      (await refusal(service, centre.clerk, 'draftDutyRoster', roster, draft(overrides))).reason;
    expect(await reasons({ departmentCode: 'NONE' })).toBe('DEPARTMENT_UNKNOWN');
    expect(await reasons({ endsOn: '2026-07-01' })).toBe('RANGE_EMPTY');
    expect(await reasons({ endsOn: '2026-12-01' })).toBe('ROSTER_TOO_LONG');
    const { id } = await act(service, centre.clerk, 'draftDutyRoster', roster, draft({ departmentCode: 'SECURITY' }));
    expect((await refusal(service, centre.clerk, 'submitDutyRoster', roster, { id })).reason).toBe('ROSTER_EMPTY');
    const assign = async (overrides: object) =>
      (
        await refusal(service, centre.clerk, 'assignDutyShift', roster, {
          id,
          on: '2026-07-01',
          patternCode: 'NOON',
          staffId: crew.clerks[0],
          ...overrides,
        })
      ).reason;
    expect(await assign({})).toBe('SHIFT_PATTERN_UNKNOWN');
    expect(await assign({ on: '2026-07-03' })).toBe('DAY_OUTSIDE_ROSTER');
    expect((await refusal(service, centre.clerk, 'removeDutyShift', roster, { id, shiftId: id })).reason).toBe(
      'SHIFT_UNKNOWN',
    );
  });
});

it('[A253] every level of managers takes turns, and each day has one', async () => {
  const managers = [await aWorker(service, centre, 'SUPERVISOR'), await aWorker(service, centre, 'DIRECTOR')];
  const draft = { communityId: centre.communityId, kind: 'MANAGERS', startsOn: '2026-03-07', endsOn: '2026-03-09' };
  const { id } = await act(service, centre.clerk, 'draftDutyRoster', roster, draft);
  const slots = [{ patternCode: 'MANAGER_DAY', staffIds: managers }];
  await act(service, centre.clerk, 'planDutyRoster', roster, { id, slots });
  const shifts = await shiftsOf(service, centre.clerk, id);
  expect(shifts.map(({ staff }) => staff.id)).toEqual(managers);
  await act(service, centre.clerk, 'removeDutyShift', roster, { id, shiftId: shifts[0]?.id });
  await submit(id);
  expect(await refusal(service, centre.supervisor, 'publishDutyRoster', roster, { id })).toMatchObject({
    reason: 'MANAGER_MISSING',
    rule: 'A253',
  });
  await act(service, centre.supervisor, 'returnDutyRoster', roster, { id, reason: '周六缺人' });
  await act(service, centre.clerk, 'planDutyRoster', roster, { id, slots });
  await submit(id);
  expect(await publish(id)).toEqual({ status: 'PUBLISHED' });
});

it('[A020] keeps to the time-table that a community sets from a day on', async () => {
  const { communityId, director } = centre;
  const document = 'mutation ($input: SetHrPolicyInput!) { setHrPolicy(input: $input) { figures { key value } } }';
  const figure = {
    communityId,
    policy: 'timetable',
    key: 'noonEnd',
    value: '13:00',
    validFrom: '2026-11-01T16:00:00.000Z',
    reason: '冬季调整',
  };
  await service.ok(director, document, { input: figure });
  const query = `query ($communityId: ID!, $on: LocalDate!) { shiftTimetable(communityId: $communityId, on: $on) { pattern { code label } endsAt isSummer } }`;
  const noonOn = async (on: string) => {
    const { shiftTimetable } = await service.ok<{
      shiftTimetable: { pattern: { code: string }; endsAt: string; isSummer: boolean }[];
    }>(centre.clerk, query, { communityId, on });
    return shiftTimetable.find(({ pattern }) => pattern.code === 'NOON');
  };
  expect(await noonOn('2026-11-01')).toMatchObject({
    endsAt: '2026-11-01T05:30:00.000Z',
    isSummer: false,
    pattern: { label: 'Noon duty' },
  });
  expect(await noonOn('2026-11-02')).toMatchObject({ endsAt: '2026-11-02T05:00:00.000Z' });
  expect(await noonOn('2026-07-01')).toMatchObject({ endsAt: '2026-07-01T06:00:00.000Z', isSummer: true });
  const wrong = await service.refused(director, document, { input: { ...figure, value: '25:00' } });
  expect(wrong.extensions.reason).toBe('POLICY_VALUE');
  const nowhere = await service.refused(director, query, { communityId: newId(), on: '2026-11-01' });
  expect(nowhere.extensions.code).toBe('NOT_FOUND');
});

it('[A308] a department has shifts of its own, by code and effective-dated', async () => {
  const pattern = {
    communityId: centre.communityId,
    code: 'GUARD_EARLY',
    name: '安护早班',
    kind: 'DEPARTMENT',
    roles: ['GUARD'],
    startTime: '07:00:00',
    endTime: '15:00:00',
    isHandoverRequired: true,
    validFrom: '2026-03-01',
  };
  const register = (overrides: object = {}) =>
    act<{ id: string }>(
      service,
      centre.supervisor,
      'registerShiftPattern',
      'shiftPattern',
      { ...pattern, ...overrides },
      'id roles startTime',
    );
  const refuse = async (overrides: object) =>
    (await refusal(service, centre.supervisor, 'registerShiftPattern', 'shiftPattern', { ...pattern, ...overrides }))
      .reason;
  const { id } = await register();
  expect(await refuse({})).toBe('SHIFT_PATTERN_CODE_TAKEN');
  expect(await refuse({ code: 'NIGHT' })).toBe('SHIFT_PATTERN_CODE_TAKEN');
  expect(await refuse({ code: 'x' })).toBe('CODE_MALFORMED');
  expect(await refuse({ code: 'A', name: ' ' })).toBe('TEXT_REQUIRED');
  expect(await refuse({ code: 'A', roles: [] })).toBe('SHIFT_PATTERN_ROLES');
  expect(await refuse({ code: 'A', endTime: '07:00:00' })).toBe('SHIFT_PATTERN_EMPTY');
  expect(
    (await refusal(service, centre.supervisor, 'retireShiftPattern', 'shiftPattern', { id, validTo: '2026-02-01' }))
      .reason,
  ).toBe('RANGE_EMPTY');
  await act(service, centre.supervisor, 'retireShiftPattern', 'shiftPattern', { id, validTo: '2026-05-01' });
  await register({ validFrom: '2026-05-01', startTime: '06:30:00' });
  const guards = [await aWorker(service, centre, 'GUARD'), await aWorker(service, centre, 'GUARD')];
  const draft = {
    communityId: centre.communityId,
    kind: 'DEPARTMENT',
    departmentCode: 'SECURITY',
    startsOn: '2026-04-30',
    endsOn: '2026-05-02',
  };
  const { id: rosterId } = await act(service, centre.clerk, 'draftDutyRoster', roster, draft);
  await act(service, centre.clerk, 'planDutyRoster', roster, {
    id: rosterId,
    slots: [{ patternCode: 'GUARD_EARLY', staffIds: guards }],
  });
  const shifts = await shiftsOf(service, centre.clerk, rosterId);
  expect(shifts.map(({ startsAt }) => startsAt)).toEqual(['2026-04-29T23:00:00.000Z', '2026-04-30T22:30:00.000Z']);
  expect(shifts.map(({ staff }) => staff.id)).toEqual(guards);
});
