import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { act, forgetTimers, refusal, viewerOf } from './duty-fixture.ts';
import { dutyScenes } from './duty-scene.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startHr();
});
// Timers of a scene that is over would be run in every later one.
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const { aScene, shift, holder, anOrder } = dutyScenes(() => service);

it('[B034] shifts are swapped with the consent of the colleague and of the supervisor', async () => {
  const scene = await aScene();
  const { centre } = scene;
  const [first, second] = [await shift(scene, 'NIGHT'), await shift(scene, 'NIGHT', 1)];
  const [asking, asked] = [holder(scene, first), holder(scene, second)];
  const swap = 'shiftSwap';
  const ask = { shiftId: first.id, colleagueId: second.staff.id, otherShiftId: second.id };
  expect((await refusal(service, asking, 'requestShiftSwap', swap, { ...ask, otherShiftId: first.id })).reason).toBe(
    'SHIFT_NOT_THEIRS',
  );
  expect((await refusal(service, asking, 'requestShiftSwap', swap, { ...ask, colleagueId: ask.shiftId })).reason).toBe(
    'STAFF_UNKNOWN',
  );
  const { id } = await act(service, asking, 'requestShiftSwap', swap, ask);
  expect((await refusal(service, asking, 'requestShiftSwap', swap, ask)).reason).toBe('SWAP_OPEN');
  expect((await refusal(service, asking, 'agreeShiftSwap', swap, { id })).reason).toBe('ONLY_COLLEAGUE');
  expect((await refusal(service, centre.supervisor, 'approveShiftSwap', swap, { id })).reason).toBe(
    'ILLEGAL_TRANSITION',
  );
  await act(service, asked, 'agreeShiftSwap', swap, { id });
  expect((await refusal(service, asked, 'withdrawShiftSwap', swap, { id })).reason).toBe('ONLY_REQUESTER');
  expect(
    (await refusal(service, viewerOf(centre, 'supervisor', second.staff.id), 'approveShiftSwap', swap, { id })).reason,
  ).toBe('OWN_REQUEST');
  expect((await refusal(service, centre.clerk, 'approveShiftSwap', swap, { id })).code).toBe('FORBIDDEN');
  expect((await shift(scene, 'NIGHT')).staff.id).toBe(first.staff.id);
  await act(service, centre.supervisor, 'approveShiftSwap', swap, { id });
  expect([(await shift(scene, 'NIGHT')).staff.id, (await shift(scene, 'NIGHT', 1)).staff.id]).toEqual([
    second.staff.id,
    first.staff.id,
  ]);

  const again = { shiftId: first.id, colleagueId: first.staff.id };
  const now = holder(scene, await shift(scene, 'NIGHT'));
  const { id: other } = await act(service, now, 'requestShiftSwap', swap, again);
  await act(service, asking, 'agreeShiftSwap', swap, { id: other });
  expect(await refusal(service, centre.supervisor, 'approveShiftSwap', swap, { id: other })).toMatchObject({
    reason: 'REST_TOO_SHORT',
  });
  expect((await refusal(service, centre.supervisor, 'rejectShiftSwap', swap, { id: other, reason: ' ' })).reason).toBe(
    'REASON_REQUIRED',
  );
  await act(service, centre.supervisor, 'rejectShiftSwap', swap, { id: other, reason: '休息不足' });
  const { id: third } = await act(service, now, 'requestShiftSwap', swap, again);
  expect(await act(service, asking, 'declineShiftSwap', swap, { id: third }, 'status')).toEqual({ status: 'DECLINED' });
  const { id: fourth } = await act(service, now, 'requestShiftSwap', swap, again);
  expect(await act(service, now, 'withdrawShiftSwap', swap, { id: fourth }, 'status')).toEqual({ status: 'WITHDRAWN' });
  await service.move({ set: new Date(first.startsAt) });
  expect((await refusal(service, now, 'requestShiftSwap', swap, again)).reason).toBe('SHIFT_BEGUN');
});

it('[A236] [A239] the supervisor looks at yesterday and at every post each day, in half a day', async () => {
  const scene = await aScene();
  const { centre } = scene;
  const morning = await shift(scene, 'MORNING');
  await service.move({ set: new Date(morning.startsAt) });
  await anOrder(centre, 'NORMAL');
  await service.settle();
  await service.move({ advance: 'P1D' });
  const query = `query { dailyDutyReviews(first: 1, filter: { communityId: "${centre.communityId}" }, orderBy: CREATED_AT_DESC) { nodes {
    id receivedCount status checks { code rule isPassed } deadlines { startedAt dueAt rule } } } }`;
  type Review = {
    id: string;
    receivedCount: number;
    checks: { code: string; rule: string }[];
    deadlines: { startedAt: string; dueAt: string }[];
  };
  const [review] = (await service.ok<{ dailyDutyReviews: { nodes: Review[] } }>(centre.supervisor, query))
    .dailyDutyReviews.nodes;
  if (review === undefined) throw new Error('no review');
  expect(review.receivedCount).toBe(1);
  expect(review.checks.map(({ code, rule }) => `${rule} ${code}`)).toEqual([
    'A236 REPAIR_REGISTER',
    'A236 WORK_ASSIGNED',
    'A236 WORK_LOG',
    'A239 POST_AFTERNOON',
    'A239 POST_MORNING',
    'A239 POST_NIGHT',
    'A239 POST_NOON',
  ]);
  const [clock] = review.deadlines;
  expect(Date.parse(clock?.dueAt ?? '') - Date.parse(clock?.startedAt ?? '')).toBe(12 * 3_600_000);
  const results = review.checks.map(({ code }) => ({ code, isPassed: code !== 'POST_NOON' }));
  const complete = (some: object[]) =>
    refusal(service, centre.supervisor, 'completeDailyDutyReview', 'dailyDutyReview', { id: review.id, results: some });
  expect(await complete(results.slice(1))).toMatchObject({ reason: 'CHECK_MISSING', rule: 'A236' });
  expect(await complete(results.slice(0, -1))).toMatchObject({ reason: 'CHECK_MISSING', rule: 'A239' });
  expect((await complete([...results, { code: 'NONE', isPassed: true }])).reason).toBe('CHECK_UNKNOWN');
  await act(service, centre.supervisor, 'completeDailyDutyReview', 'dailyDutyReview', { id: review.id, results });
  const [fact] = (await service.events('steward.hr.daily-duty-review.completed.v1')).slice(-1);
  expect(fact?.data).toMatchObject({ failedCodes: ['POST_NOON'], receivedCount: 1 });
});
