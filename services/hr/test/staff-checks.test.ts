import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { anActor, anUploadedPhoto, dayFromNow, midnightOf, mutationsOf, told, type Actor } from './conduct-fixture.ts';
import { aCentre, aCrew, act, aRoster, forgetTimers, see, viewerOf, type Centre } from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;
let centre: Centre;
let clerk: Actor;
let head: Actor;

const check = mutationsOf(() => service, 'staffCheck');

beforeAll(async () => {
  service = await startHr();
  centre = await aCentre(service);
  clerk = await anActor(service, centre, 'CLERK');
  head = await anActor(service, centre, 'SUPERVISOR');
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const grooming = [
  'UNIFORM',
  'BADGE_LEFT_CHEST',
  'SECOND_SHIRT_BUTTON',
  'HAIR_NEAT',
  'HAIR_UNDYED',
  'NAILS',
  'SHOES',
  'ORNAMENTS',
];
const results = (codes: string[], failed: string[] = []) =>
  codes.map((code) => ({ code, isPassed: !failed.includes(code) }));

const opened = (kind = 'GROOMING', staffId = clerk.id) =>
  check.act(centre.supervisor, 'openStaffCheck', { communityId: centre.communityId, kind, staffId });

type Check = { id: string; status: string; staff: { id: string }; isRegular: boolean };
type Round = { id: string; kind: string; status: string; plannedCount: number; doneCount: number };

async function roundsOf({ communityId, supervisor }: Centre, kind: string) {
  const query = `query { staffCheckRounds(orderBy: CREATED_AT_DESC, filter: { communityId: "${communityId}", kind: ${kind} }) { nodes {
    id kind status startsOn endsOn plannedCount doneCount deadlines { kind rule dueAt state } } } }`;
  return (await service.ok<{ staffCheckRounds: { nodes: Round[] } }>(supervisor, query)).staffCheckRounds.nodes;
}

async function checksOf({ supervisor }: Centre, roundId: string): Promise<Check[]> {
  const query = `query { staffChecks(first: 100, filter: { roundId: "${roundId}" }) { nodes { id status isRegular staff { id } } } }`;
  return (await service.ok<{ staffChecks: { nodes: Check[] } }>(supervisor, query)).staffChecks.nodes;
}

describe('grooming', () => {
  it('[A045] is looked at point by point, by the list of the standard and the points of the community', async () => {
    const forms = mutationsOf(() => service, 'staffCheckForm');
    const { communityId } = centre;
    const pin = [{ code: 'LAPEL_PIN', name: '司徽' }];
    const terms = { communityId, kind: 'GROOMING', name: '前台着装', roles: ['CLERK'], entries: pin };
    const taken = { ...terms, entries: [{ code: 'NAILS', name: '指甲' }] };
    expect(await forms.refused(centre.supervisor, 'registerStaffCheckForm', taken)).toBe('CHECK_CODE_TAKEN');
    const form = await forms.act(centre.supervisor, 'registerStaffCheckForm', terms);
    const { id } = await opened();
    const guardCheck = await opened('GROOMING', (await anActor(service, centre, 'MAINTENANCE')).id);
    await forms.act(centre.supervisor, 'retireStaffCheckForm', { id: form.id });
    const selection = 'points { code label rule isPassed }';
    type Points = { points: { code: string; label: string; rule: string; isPassed: boolean | null }[] };
    const { points } = (await see<Points>(service, clerk.viewer, 'staffCheck', id, selection)) as Points;
    expect(points.map(({ code }) => code).sort()).toEqual([...grooming, 'LAPEL_PIN'].sort());
    expect(points).toContainEqual({
      code: 'BADGE_LEFT_CHEST',
      label: 'Badge straight on the left chest',
      rule: 'A045',
      isPassed: null,
    });
    expect(points).toContainEqual({ code: 'LAPEL_PIN', label: '司徽', rule: 'A045', isPassed: null });
    const other = (await see<Points>(service, centre.supervisor, 'staffCheck', guardCheck.id, selection)) as Points;
    expect(other.points).toHaveLength(8);
  });

  it('[A045] [A308] is written up with every point, by somebody else', async () => {
    const { id } = await opened();
    const record = (overrides: object) => ({ id, results: results(grooming), ...overrides });
    const partly = record({ results: results(grooming.slice(0, 6), ['NAILS']) });
    expect(await check.violations(centre.supervisor, 'recordStaffCheck', partly)).toEqual([
      'CHECK_MISSING',
      'CHECK_MISSING',
      'TEXT_REQUIRED',
    ]);
    const unknown = record({ results: results(['TATTOO']) });
    expect(await check.refused(centre.supervisor, 'recordStaffCheck', unknown)).toBe('CHECK_UNKNOWN');
    const self = viewerOf(centre, 'supervisor', clerk.id);
    expect(await check.refused(self, 'recordStaffCheck', record({}))).toBe('OWN_REQUEST');
    expect(await check.refused(clerk.viewer, 'recordStaffCheck', record({}))).toBe('FORBIDDEN');
    const { communityId } = centre;
    const subject = { communityId, kind: 'GROOMING' };
    expect(await check.refused(self, 'openStaffCheck', { ...subject, staffId: clerk.id })).toBe('OWN_REQUEST');
    expect(await check.refused(centre.supervisor, 'openStaffCheck', subject)).toBe('CHECK_SUBJECT');
    expect(await check.act(centre.supervisor, 'recordStaffCheck', record({}), 'status')).toEqual({ status: 'PASSED' });
    expect(await check.refused(centre.supervisor, 'recordStaffCheck', record({}))).toBe('ILLEGAL_TRANSITION');
    const skipped = await opened();
    const skip = { id: skipped.id, reason: ' ' };
    expect(await check.refused(centre.supervisor, 'skipStaffCheck', skip)).toBe('REASON_REQUIRED');
    const reason = { ...skip, reason: '外出培训' };
    expect(await check.act(centre.supervisor, 'skipStaffCheck', reason, 'status')).toEqual({ status: 'SKIPPED' });
  });

  it('[B005] shows what was found, and what became of it, in pictures of whoever checks', async () => {
    const { id } = await opened();
    const upload = (viewer: Viewer) => anUploadedPhoto(service, centre, viewer);
    const [first, others, last] = [
      await upload(centre.supervisor),
      await upload(head.viewer),
      await upload(centre.supervisor),
    ];
    const found = { id, results: results(grooming, ['NAILS']), findings: '指甲过长' };
    const refused = (photoFileIds: string[]) =>
      check.refused(centre.supervisor, 'recordStaffCheck', { ...found, photoFileIds });
    expect(await refused([others])).toBe('FILE_NOT_UPLOADED');
    expect(await refused(Array.from({ length: 20 }, newId))).toBe('INVALID_INPUT');
    expect(await refused(Array.from({ length: 21 }, newId))).toBe('TOO_MANY_ROWS');
    await check.act(centre.supervisor, 'recordStaffCheck', { ...found, photoFileIds: [first, first] });
    const agreed = { id, agreedWithId: head.id, measure: '当日修剪' };
    await check.act(centre.supervisor, 'agreeStaffCheckRectification', agreed);
    const again = { id, results: results(['NAILS']), photoFileIds: [last] };
    await check.act(centre.supervisor, 'recheckStaffCheck', again);
    type Shown = { photos: { contentType: string; url: string }[] };
    const { photos } = (await see<Shown>(
      service,
      clerk.viewer,
      'staffCheck',
      id,
      'photos { contentType url }',
    )) as Shown;
    expect(photos.map(({ contentType }) => contentType)).toEqual(['image/jpeg', 'image/jpeg']);
    const kept = await fetch(`${service.url()}${photos[0]?.url ?? ''}`);
    expect([kept.status, (await kept.arrayBuffer()).byteLength]).toEqual([200, 8]);
    const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id);
    expect(JSON.stringify(facts)).not.toContain(first);
  });

  it('[B005] findings go to the head of the department, and nothing is rectified that was not agreed with them', async () => {
    const { id } = await opened();
    const now = await service.now();
    const found = { id, results: results(grooming, ['NAILS', 'SHOES']), findings: '指甲过长,鞋面不洁' };
    const selection = 'status findings deadlines { kind rule dueAt state }';
    expect(await check.act(centre.supervisor, 'recordStaffCheck', found, selection)).toEqual({
      status: 'FINDINGS',
      findings: '指甲过长,鞋面不洁',
      deadlines: [
        {
          kind: 'RECTIFICATION',
          rule: 'B005',
          dueAt: new Date(now.getTime() + 24 * 3_600_000).toISOString(),
          state: 'RUNNING',
        },
      ],
    });
    expect(await told(service, 'checkFindings', id)).toEqual([
      { role: 'supervisor', departmentCode: 'CUSTOMER_SERVICE', staffId: null },
    ]);
    const recheck = { id, results: results(['NAILS', 'SHOES']) };
    expect(await check.refused(centre.supervisor, 'recheckStaffCheck', recheck)).toBe('ILLEGAL_TRANSITION');
    const guards = [{ departmentCode: 'SECURITY', positionCode: 'DEPARTMENT_SUPERVISOR', role: 'SUPERVISOR' as const }];
    const stranger = await anActor(service, centre, 'SUPERVISOR', { posts: guards });
    const agree = (agreedWithId: string, measure = '当日剪指甲、擦鞋') => ({ id, agreedWithId, measure });
    const action = 'agreeStaffCheckRectification';
    expect(await check.refused(centre.supervisor, action, agree(stranger.id))).toBe('HEAD_OF_OTHER');
    expect(await check.refused(centre.supervisor, action, agree(clerk.id))).toBe('HEAD_OF_OTHER');
    expect(await check.refused(centre.supervisor, action, agree(head.id, ' '))).toBe('TEXT_REQUIRED');
    expect(await check.act(centre.supervisor, action, agree(head.id), 'status measure agreedWith { id }')).toEqual({
      status: 'AGREED',
      measure: '当日剪指甲、擦鞋',
      agreedWith: { id: head.id },
    });

    const half = { id, results: results(['NAILS']) };
    expect(await check.refused(centre.supervisor, 'recheckStaffCheck', half)).toBe('CHECK_MISSING');
    const again = { id, results: results(['NAILS', 'SHOES'], ['SHOES']) };
    expect(await check.act(centre.supervisor, 'recheckStaffCheck', again, 'status agreedWith { id }')).toEqual({
      status: 'FINDINGS',
      agreedWith: null,
    });
    await check.act(centre.supervisor, action, agree(head.id));
    await check.act(centre.supervisor, 'recheckStaffCheck', { id, results: results(['SHOES'], ['SHOES']) });
    const conduct = `query { conductRecords(filter: { staffId: "${clerk.id}" }) { nodes { points kind { code } } } }`;
    const { conductRecords } = await service.ok<{ conductRecords: { nodes: object[] } }>(centre.supervisor, conduct);
    expect(conductRecords.nodes).toEqual([{ points: 5, kind: { code: 'GROOMING' } }]);
    await check.act(centre.supervisor, action, agree(head.id));
    const done = { id, results: results(['SHOES']) };
    expect(await check.act(centre.supervisor, 'recheckStaffCheck', done, 'status deadlines { state }')).toEqual({
      status: 'RECTIFIED',
      deadlines: [{ state: 'MET' }],
    });
  });
});

it('[A308] everybody in a shift is looked at each day, and the supervisor hears of what is not written up', async () => {
  const place = await aCentre(service);
  const crew = await aCrew(service, place);
  const day = await dayFromNow(service, 1);
  const rosterId = await aRoster(service, place, crew, { startsOn: day, days: 1 });
  await service.move({ set: midnightOf(day) });
  const [round] = await roundsOf(place, 'GROOMING');
  const dueAt = new Date(midnightOf(await dayFromNow(service, 1)).getTime() + 12 * 3_600_000).toISOString();
  expect(round).toMatchObject({
    status: 'OPEN',
    startsOn: day,
    deadlines: [{ kind: 'CHECK_ROUND', rule: 'A045', dueAt }],
  });
  const onShift = await service.sql<{ id: string }>(
    'select distinct staff_id as id from duty_shift where roster_id = $1 order by 1',
    [rosterId],
  );
  const checks = await checksOf(place, round?.id ?? '');
  expect(checks.map(({ staff }) => staff.id).sort()).toEqual(onShift.map(({ id }) => id));
  expect(round).toMatchObject({ plannedCount: checks.length, doneCount: 0 });
  const [first] = checks;
  const query = `query { dutyShifts(filter: { rosterId: "${rosterId}", staffId: "${first?.staff.id}" }) { nodes { id startsAt pattern { code } } } }`;
  type Shifts = { dutyShifts: { nodes: { id: string; startsAt: string; pattern: { code: string } }[] } };
  const [shift] = (await service.ok<Shifts>(place.supervisor, query)).dutyShifts.nodes;
  await service.move({ set: new Date(shift?.startsAt ?? '') });
  const worker = viewerOf(place, shift?.pattern.code === 'NIGHT' ? 'maintenance' : 'clerk', first?.staff.id ?? '');
  await act(service, worker, 'clockInDutyShift', 'dutyShift', { shiftId: shift?.id });
  await service.move({ set: midnightOf(await dayFromNow(service, 1)) });
  const left = await checksOf(place, round?.id ?? '');
  expect(left.map(({ id, status }) => [id, status])).toEqual(
    left.map(({ id }) => [id, id === first?.id ? 'PLANNED' : 'SKIPPED']),
  );
  await service.move({ set: new Date(Date.parse(dueAt) + 1000) });
  expect(await told(service, 'deadlineBreached', round?.id ?? '')).toMatchObject([{ role: 'supervisor' }]);
  type Passed = { passStaffChecks: { results: { staffCheck: object | null; refusal: object | null }[] } };
  const pass = async (viewer: typeof place.supervisor, checkIds: (string | undefined)[]) => {
    const document = `mutation ($input: PassStaffChecksInput!) { passStaffChecks(input: $input) { results {
      staffCheck { status points { isPassed } } refusal { reason } } } }`;
    const input = { communityId: place.communityId, checkIds };
    return (await service.ok<Passed>(viewer, document, { input })).passStaffChecks.results;
  };
  const self = viewerOf(place, 'supervisor', first?.staff.id);
  expect(await pass(self, [first?.id])).toMatchObject([{ staffCheck: null, refusal: { reason: 'OWN_REQUEST' } }]);
  const others = left.filter(({ id }) => id !== first?.id);
  const spot = { communityId: place.communityId, kind: 'SPOT_CHECK', staffId: first?.staff.id };
  const sampled = await check.act(place.supervisor, 'openStaffCheck', spot);
  expect(await pass(place.supervisor, [first?.id, others[0]?.id, sampled.id])).toMatchObject([
    { staffCheck: { status: 'PASSED', points: grooming.map(() => ({ isPassed: true })) }, refusal: null },
    { staffCheck: null, refusal: { reason: 'ILLEGAL_TRANSITION' } },
    { staffCheck: null, refusal: { reason: 'CHECK_SAMPLE_MISSING' } },
  ]);
  expect((await roundsOf(place, 'GROOMING')).find(({ id }) => id === round?.id)).toMatchObject({
    status: 'COMPLETED',
    doneCount: checks.length,
    deadlines: [{ state: 'BREACHED' }],
  });
});

it('[B052] assistants are spot-checked each week by lot, the longest unchecked first, and irregularly besides', async () => {
  const place = await aCentre(service);
  const assistants = await Promise.all([0, 1, 2].map(() => anActor(service, place, 'CLERK')));
  const ids = assistants.map(({ id }) => id);
  await anActor(service, place, 'MAINTENANCE');
  const points = {
    communityId: place.communityId,
    kind: 'SPOT_CHECK',
    name: '抽检',
    entries: [{ code: 'PHOTOS', name: '照片' }],
  };
  await act(service, place.supervisor, 'registerStaffCheckForm', 'staffCheckForm', points);
  const weekday = new Date(`${await dayFromNow(service, 0)}T00:00:00Z`).getUTCDay();
  const monday = await dayFromNow(service, (8 - weekday) % 7 || 7);
  await service.move({ set: midnightOf(monday) });
  const [round] = await roundsOf(place, 'SPOT_CHECK');
  expect(round).toMatchObject({ startsOn: monday, plannedCount: 2 });
  const drawn = await checksOf(place, round?.id ?? '');
  expect(drawn.every(({ staff, isRegular }) => ids.includes(staff.id) && isRegular)).toBe(true);
  const codes = ['WORK_LOG', 'FORMS', 'FILES', 'FOLLOW_UP', 'ON_SITE', 'PHOTOS'];
  const bare = { id: drawn[0]?.id, results: results(codes) };
  expect(await check.refused(place.supervisor, 'recordStaffCheck', bare)).toBe('CHECK_SAMPLE_MISSING');
  for (const { id } of drawn) {
    const sampled = { id, results: results(codes), sampleNumbers: ['WX-20260301-0042'] };
    const answer = await check.act(place.supervisor, 'recordStaffCheck', sampled, 'status sampleNumbers');
    expect(answer).toEqual({ status: 'PASSED', sampleNumbers: ['WX-20260301-0042'] });
  }
  expect((await roundsOf(place, 'SPOT_CHECK'))[0]).toMatchObject({ status: 'COMPLETED', doneCount: 2 });
  await service.move({ advance: 'P7D' });
  const [next] = await roundsOf(place, 'SPOT_CHECK');
  const second = (await checksOf(place, next?.id ?? '')).map(({ staff }) => staff.id);
  expect(second).toContain(ids.find((id) => drawn.every(({ staff }) => staff.id !== id)));
  const irregular = { communityId: place.communityId, kind: 'SPOT_CHECK', staffId: ids[0] };
  expect(await check.act(place.supervisor, 'openStaffCheck', irregular, 'isRegular round { id }')).toEqual({
    isRegular: false,
    round: null,
  });
});
