import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import {
  act,
  aWorker,
  anEstate,
  anOrder,
  anUpload,
  completed,
  look,
  onSite,
  refusal,
  running,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service.stop());

const photo = (): Promise<string> => anUpload(service, estate, estate.plumber);
const assign = (id: string) =>
  act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });

describe('arriveOnSite', () => {
  it('[A068] records that the assignee is there, at the agreed time or before', async () => {
    const id = await anOrder(service, estate);
    await assign(id);
    expect((await act(service, estate.plumber, 'arriveOnSite', { id })).status).toBe('ON_SITE');
    const order = await look(service, estate.clerk, id);
    expect(order.arrivedAt).toBe((await service.now()).toISOString());
    expect(order.deadlines.find(({ kind }) => kind === 'ON_SITE')).toMatchObject({ state: 'MET', rule: 'A068' });
  });

  it('[A205] takes a time of the night that is typed in next morning, within a day and after the request', async () => {
    const receivedAt = '2026-03-01T16:00:00.000Z';
    const id = await anOrder(service, estate, { receivedAt: receivedAt as never });
    await assign(id);
    const refused = async (occurredAt: string) =>
      (await refusal(service, estate.plumber, 'arriveOnSite', { id, occurredAt })).reason;
    expect(await refused('2026-03-02T23:00:00.000Z')).toBe('IN_THE_FUTURE');
    expect(await refused('2026-03-01T15:59:00.000Z')).toBe('OUT_OF_ORDER');
    await act(service, estate.plumber, 'arriveOnSite', { id, occurredAt: '2026-03-01T16:20:00.000Z' });
    expect((await look(service, estate.clerk, id)).arrivedAt).toBe('2026-03-01T16:20:00.000Z');
  });

  it('is for the assignee and the desk', async () => {
    const id = await anOrder(service, estate);
    await assign(id);
    const colleague = aStaffViewer({
      roles: ['maintenance'],
      tenantId: estate.tenantId,
      communityIds: [estate.communityId],
    });
    expect(await refusal(service, colleague, 'arriveOnSite', { id })).toMatchObject({ code: 'FORBIDDEN' });
    expect((await act(service, estate.clerk, 'arriveOnSite', { id })).status).toBe('ON_SITE');
    expect(await refusal(service, estate.clerk, 'arriveOnSite', { id })).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
    });
  });
});

describe('completeWorkOrder', () => {
  it('[A109] reports the work as done within its time, with a photo', async () => {
    const id = await anOrder(service, estate);
    await onSite(service, estate, id);
    const input = { id, photoFileIds: [await photo()], note: '已更换阀芯' };
    expect((await act(service, estate.plumber, 'completeWorkOrder', input)).status).toBe('COMPLETED');
    const order = await look(service, estate.clerk, id);
    expect(order.deadlines.find(({ kind }) => kind === 'COMPLETION')).toMatchObject({ state: 'MET', rule: 'B015' });
    const [fact] = (await service.events('steward.work-orders.work-order.completed.v1')).filter(
      ({ aggregateId }) => aggregateId === id,
    );
    expect(fact?.data).toMatchObject({ assigneeId: estate.plumber.staffId, isInTime: true, round: 1 });
    const query = 'query ($id: ID!) { workOrder(id: $id) { completionNote photos { kind file { contentType } } } }';
    expect(await service.ok(estate.resident, query, { id })).toEqual({
      workOrder: { completionNote: '已更换阀芯', photos: [{ kind: 'AFTER', file: { contentType: 'image/png' } }] },
    });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderCompleted', household_id: estate.householdId }),
    );
  });

  it.each([
    ['[A070] safety facilities', { tradeCode: 'FIRE_SAFETY', problemCode: 'FIRE_ESCAPE' }, ['SAFETY', 'A070']],
    ['[A072] everything else', { tradeCode: 'PLUMBING', problemCode: 'DRAIN_BLOCKED' }, ['OTHER', 'A072']],
  ])('%s: the return visit is due within two days of the completion', async (_name, codes, expected) => {
    const id = await anOrder(service, estate, { placeId: estate.lobbyId, ...codes });
    const handyman = await aWorker(service, estate, { tradeCodes: [codes.tradeCode] });
    await service.settle();
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: handyman.staffId });
    await act(service, handyman, 'arriveOnSite', { id });
    await act(service, handyman, 'completeWorkOrder', {
      id,
      photoFileIds: [await anUpload(service, estate, handyman)],
    });
    const order = await look(service, estate.clerk, id);
    const { rule, dueAt } = running(order, 'RETURN_VISIT');
    expect([order.returnVisitKind, rule]).toEqual(expected);
    expect(dueAt).toBe('2026-03-04T16:00:00.000Z');
  });

  it('[A071] of a leak the water test is due first', async () => {
    const id = await anOrder(service, estate, { tradeCode: 'WATERPROOFING', problemCode: 'BATHROOM_LEAK' });
    await completed(service, estate, id);
    const order = await look(service, estate.clerk, id);
    expect(running(order, 'WATER_TEST')).toMatchObject({ rule: 'A071', dueAt: '2026-03-04T16:00:00.000Z' });
    expect(order.deadlines.map(({ kind }) => kind)).not.toContain('RETURN_VISIT');
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderWaterTestDue', role: 'clerk' }),
    );
  });

  it('refuses work without a photo, with one that is not there, and one that is not begun', async () => {
    const id = await anOrder(service, estate);
    const refused = async (input: object) =>
      (await refusal(service, estate.plumber, 'completeWorkOrder', { id, ...input })).reason;
    await assign(id);
    expect(await refused({ photoFileIds: [] })).toBe('ILLEGAL_TRANSITION');
    await act(service, estate.plumber, 'arriveOnSite', { id });
    expect(await refused({ photoFileIds: [] })).toBe('PHOTO_REQUIRED');
    expect(await refused({ photoFileIds: [newId()] })).toBe('FILE_NOT_UPLOADED');
    expect(await refused({ photoFileIds: [await anUpload(service, estate, estate.clerk)] })).toBe('FILE_NOT_UPLOADED');
    expect(await refused({ photoFileIds: [await photo()], occurredAt: '2026-03-01T10:00:00.000Z' })).toBe(
      'OUT_OF_ORDER',
    );
  });

  it('[A108] refuses paid work before the customer agreed to its price', async () => {
    const id = await anOrder(service, estate, { part: 'AS_DELIVERED' });
    await onSite(service, estate, id);
    const refused = await refusal(service, estate.plumber, 'completeWorkOrder', { id, photoFileIds: [await photo()] });
    expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'QUOTE_NOT_AGREED', rule: 'A108' });
  });
});
