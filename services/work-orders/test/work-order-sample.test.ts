import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { factsOf } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
  anUpload,
  completed,
  onSite,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let orders: string[];

type Sample = {
  id: string;
  number: string;
  status: string;
  weekStartsOn: string;
  completedCount: number;
  meanRating: string | null;
  orders: { workOrder: { id: string }; visitedAt: string | null; rating: number | null; note: string | null }[];
  deadlines: { kind: string; rule: string; startedAt: string; dueAt: string; state: string }[];
  availableActions: { action: string; allowed: boolean }[];
};

const samplesOf = async (viewer: Viewer, filter: object = {}): Promise<Sample[]> => {
  const query = `query ($filter: WorkOrderSampleFilter) {
    workOrderSamples(filter: $filter) { nodes {
      id number status weekStartsOn completedCount meanRating
      orders { workOrder { id number status } visitedAt rating note }
      deadlines { kind rule startedAt dueAt state }
      availableActions { action allowed }
    } }
  }`;
  return (await service.ok<{ workOrderSamples: { nodes: Sample[] } }>(viewer, query, { filter })).workOrderSamples
    .nodes;
};

const sample = async (): Promise<Sample> => {
  const [found] = await samplesOf(estate.clerk);
  if (found === undefined) throw new Error('no sample was drawn');
  return found;
};

const recordVisit = `mutation ($input: RecordWorkOrderSampleVisitInput!) {
  recordWorkOrderSampleVisit(input: $input) { workOrderSample { status meanRating } }
}`;
const visit = async (input: object) => {
  type Answer = { recordWorkOrderSampleVisit: { workOrderSample: object } };
  const { id } = await sample();
  return (await service.ok<Answer>(estate.clerk, recordVisit, { input: { id, ...input } })).recordWorkOrderSampleVisit
    .workOrderSample;
};
const refused = async (input: object, viewer = estate.clerk) => {
  const { id } = await sample();
  return (await service.refused(viewer, recordVisit, { input: { id, ...input } })).extensions.reason;
};

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  orders = [];
  for (let count = 0; count < 4; count += 1) {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    orders.push(id);
  }
  // Sunday night's work, typed in on Monday.
  await service.move({ set: new Date('2026-03-08T15:00:00.000Z') });
  const atNight = await anOrder(service, estate);
  await onSite(service, estate, atNight);
  await service.move({ set: new Date('2026-03-09T01:00:00.000Z') });
  await act(service, estate.plumber, 'completeWorkOrder', {
    id: atNight,
    occurredAt: '2026-03-08T15:30:00.000Z',
    photoFileIds: [await anUpload(service, estate, estate.plumber)],
  });
  orders.push(atNight);
  await service.move({ set: new Date('2026-03-09T16:00:00.000Z') });
});
afterAll(() => service?.stop());

describe('the weekly sample', () => {
  it('[A242] is drawn a day after the week, of three of the five orders completed in it, to be visited within a week', async () => {
    const drawn = await sample();
    expect(drawn).toMatchObject({
      number: 'WS-20260310-0001',
      status: 'OPEN',
      weekStartsOn: '2026-03-02',
      completedCount: 5,
      meanRating: null,
    });
    const asked = drawn.orders.map(({ workOrder }) => workOrder.id);
    expect(asked).toHaveLength(3);
    expect(orders).toEqual(expect.arrayContaining(asked));
    expect(drawn.deadlines).toEqual([
      {
        kind: 'SAMPLE_VISITS',
        rule: 'A242',
        startedAt: '2026-03-09T16:00:00.000Z',
        dueAt: '2026-03-17T16:00:00.000Z',
        state: 'RUNNING',
      },
    ]);
    expect(await factsOf(service, drawn.id)).toContainEqual([
      'drawn',
      {
        sampleId: drawn.id,
        weekStartsOn: '2026-03-02',
        completedCount: 5,
        workOrderIds: expect.arrayContaining(asked),
      },
    ]);
    expect(await told(service, drawn.id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderSampleDrawn', role: 'clerk', department_code: 'CUSTOMER_SERVICE' }),
    );
  });

  it('refuses a visit without a rating, out of range, to come, too long ago or of an order that was not drawn', async () => {
    const drawn = await sample();
    const workOrderId = drawn.orders[0]?.workOrder.id;
    const notDrawn = orders.find((id) => drawn.orders.every(({ workOrder }) => workOrder.id !== id));
    expect(await refused({ workOrderId, isReached: true })).toBe('RATING_REQUIRED');
    expect(await refused({ workOrderId, isReached: true, rating: 6 })).toBe('RATING_OUT_OF_RANGE');
    expect(await refused({ workOrderId: notDrawn, isReached: false })).toBe('NOT_IN_SAMPLE');
    expect(await refused({ workOrderId, isReached: false, occurredAt: '2026-03-09T16:00:01.000Z' })).toBe(
      'IN_THE_FUTURE',
    );
    expect(await refused({ workOrderId, isReached: false, occurredAt: '2026-03-09T15:59:59.000Z' })).toBe(
      'OUT_OF_ORDER',
    );
    expect(await refused({ workOrderId, isReached: false }, estate.plumber)).toBe('ACCESS_DENIED');
    await service.move({ advance: 'PT25H' });
    expect(await refused({ workOrderId, isReached: false, occurredAt: '2026-03-09T16:00:00.000Z' })).toBe(
      'TOO_FAR_BACK',
    );
  });

  it('[A242] is complete with its last visit, and nothing is added to it then', async () => {
    const [first, second, third] = (await sample()).orders.map(({ workOrder }) => workOrder.id);
    expect(await visit({ workOrderId: first, isReached: true, rating: 5, note: '非常满意' })).toEqual({
      status: 'OPEN',
      meanRating: '5.00',
    });
    expect(await refused({ workOrderId: first, isReached: false })).toBe('VISIT_RECORDED');
    expect(await visit({ workOrderId: second, isReached: false })).toEqual({ status: 'OPEN', meanRating: '5.00' });
    expect(await visit({ workOrderId: third, isReached: true, rating: 4 })).toEqual({
      status: 'COMPLETED',
      meanRating: '4.50',
    });
    const done = await sample();
    expect(done.deadlines[0]?.state).toBe('MET');
    expect(done.availableActions).toEqual([{ action: 'recordWorkOrderSampleVisit', allowed: false }]);
    expect(done.orders.find(({ workOrder }) => workOrder.id === first)).toMatchObject({ rating: 5, note: '非常满意' });
    expect(await refused({ workOrderId: first, isReached: false })).toBe('ILLEGAL_TRANSITION');
    expect((await factsOf(service, done.id)).map(([fact]) => fact)).toContain('completed');
  });

  it('[A242] is drawn every week; a week without a completed order has nobody to ask', async () => {
    await service.move({ set: new Date('2026-03-23T16:00:00.000Z') });
    const weeks = (await samplesOf(estate.clerk)).map(({ weekStartsOn, status, completedCount }) => [
      weekStartsOn,
      status,
      completedCount,
    ]);
    expect(weeks).toEqual([
      ['2026-03-16', 'COMPLETED', 0],
      ['2026-03-09', 'COMPLETED', 0],
      ['2026-03-02', 'COMPLETED', 5],
    ]);
    expect(await samplesOf(estate.clerk, { status: ['OPEN'] })).toEqual([]);
  });

  it('is drawn once, even by a process that starts again after the timer', async () => {
    await service.restart();
    await service.move({ advance: 'PT1H' });
    expect(await samplesOf(estate.clerk)).toHaveLength(3);
  });

  it('[A242] waits longer where sheets may come later, also when that is decided after its timer was set', async () => {
    const mutation = `mutation ($input: SetWorkOrderPolicyInput!) { setWorkOrderPolicy(input: $input) { figures { key } } }`;
    const { communityId } = estate;
    const input = { communityId, policy: 'work', key: 'backdatingHours', value: 48, reason: '周末连休' };
    await service.ok(estate.director, mutation, { input });
    await service.move({ set: new Date('2026-03-31T15:59:59.000Z') });
    expect(await samplesOf(estate.clerk)).toHaveLength(3);
    await service.move({ advance: 'PT1S' });
    expect((await samplesOf(estate.clerk)).map(({ weekStartsOn }) => weekStartsOn)[0]).toBe('2026-03-23');
  });

  it('[A242] [A244] follow on timers that were set before periods had names', async () => {
    await service.sql(
      `update timer set payload = '{}', due_at = case kind when 'weekly-sample' then '2026-04-05T16:00:00Z'::timestamptz
                                                 else '2026-03-31T16:00:00Z'::timestamptz end
        where state = 'WAITING' and kind in ('weekly-sample', 'monthly-report') and community_id = $1`,
      [estate.communityId],
    );
    await service.move({ set: new Date('2026-04-07T16:00:00.000Z') });
    expect((await samplesOf(estate.clerk))[0]?.weekStartsOn).toBe('2026-03-30');
    type Reports = { workOrderMonthlyReports: { nodes: { month: string }[] } };
    const { workOrderMonthlyReports: reports } = await service.ok<Reports>(
      estate.clerk,
      '{ workOrderMonthlyReports { nodes { month } } }',
    );
    expect(reports.nodes).toEqual([{ month: '2026-03' }]);
  });
});
