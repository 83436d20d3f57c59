import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { lastChange, lastFact, reasons } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
  aWorker,
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
afterAll(() => service?.stop());

describe('an order that turns out to be something else', () => {
  const burst = { tradeCode: 'PLUMBING', problemCode: 'PIPE_BURST' };
  const light = { tradeCode: 'ELECTRICAL', problemCode: 'LIGHTING' };
  const minutes = ({ startedAt, dueAt }: { startedAt: string; dueAt: string }): number =>
    (Date.parse(dueAt) - Date.parse(startedAt)) / 60_000;
  const reclassify = (id: string, classes: object, viewer = estate.clerk) =>
    act(service, viewer, 'reclassifyWorkOrder', { id, ...classes });

  it('[B013] is an emergency with its clocks, and one no longer', async () => {
    const id = await anOrder(service, estate);
    await reclassify(id, burst);
    const urgent = await look(service, estate.clerk, id);
    expect(urgent.priority).toBe('EMERGENCY');
    const kinds = ['DISPATCH', 'ON_SITE'].map((kind) => minutes(running(urgent, kind)));
    expect(kinds).toEqual([15, 30]);
    expect(urgent.dueAt).toBe(running(urgent, 'COMPLETION').dueAt);
    expect(await lastFact(service, id, 'priority-changed')).toEqual({ workOrderId: id, priority: 'EMERGENCY' });
    expect(await lastChange(service, estate.clerk, id)).toMatchObject({ reason: 'EMERGENCY' });
    await reclassify(id, { tradeCode: 'PLUMBING', problemCode: 'TOILET' });
    const calm = await look(service, estate.clerk, id);
    expect([calm.priority, calm.dueAt, minutes(running(calm, 'DISPATCH'))]).toEqual(['NORMAL', null, 30]);
    expect(calm.deadlines.filter(({ state }) => state === 'RUNNING')).toHaveLength(1);
  });

  it('[B013] stays with whoever is fit for it, who is told of the new time', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
    expect((await reclassify(id, burst, estate.plumber)).status).toBe('ASSIGNED');
    const order = await look(service, estate.clerk, id);
    expect([order.assignee?.id, order.appointmentAt]).toEqual([estate.plumber.staffId, null]);
    expect(minutes(running(order, 'ON_SITE'))).toBe(30);
    const notice = { template: 'workOrderPriorityChanged', staff_id: estate.plumber.staffId };
    expect(await told(service, id)).toContainEqual(expect.objectContaining(notice));
  });

  it('[B013] found on site is due from the arrival, and nobody is awaited there again', async () => {
    const id = await anOrder(service, estate);
    await onSite(service, estate, id);
    expect((await reclassify(id, burst, estate.plumber)).status).toBe('ON_SITE');
    const order = await look(service, estate.clerk, id);
    expect(Date.parse(order.dueAt ?? '') - Date.parse(order.arrivedAt ?? '')).toBe(24 * 3_600_000);
    expect(running(order, 'COMPLETION').dueAt).toBe(order.dueAt);
    expect(order.deadlines.filter(({ kind }) => kind === 'ON_SITE').map(({ state }) => state)).toEqual(['MET']);
  });

  it('[A109] [B013] goes back to dispatch from whoever is not fit for it, and the history says so', async () => {
    const electrician = await aWorker(service, estate, { tradeCodes: ['ELECTRICAL'] });
    await service.settle();
    const id = await anOrder(service, estate);
    await onSite(service, estate, id);
    expect((await reclassify(id, light, estate.plumber)).status).toBe('RECEIVED');
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ assignee: null, arrivedAt: null });
    expect(minutes(running(order, 'DISPATCH'))).toBe(30);
    expect(await lastChange(service, estate.clerk, id)).toMatchObject({
      action: 'reclassifyWorkOrder',
      reason: 'BACK_TO_DISPATCH',
      rule: 'A067',
    });
    const former = { workOrderId: id, formerAssigneeId: estate.plumber.staffId };
    expect(await lastFact(service, id, 'returned')).toEqual(former);
    const notices = await told(service, id);
    expect(notices).toContainEqual(
      expect.objectContaining({ template: 'workOrderTakenBack', staff_id: estate.plumber.staffId }),
    );
    expect(notices).toContainEqual(expect.objectContaining({ template: 'workOrderReturned', role: 'supervisor' }));
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: electrician.staffId });
    expect(running(await look(service, estate.clerk, id), 'ON_SITE').state).toBe('RUNNING');
  });

  it('[B015] does not go on pausing as an emergency, nor with somebody who is not fit for it', async () => {
    const pausedOrder = async () => {
      const id = await anOrder(service, estate);
      await onSite(service, estate, id);
      const until = new Date((await service.now()).getTime() + 3_600_000).toISOString();
      await act(service, estate.plumber, 'pauseWorkOrder', { id, reasonCode: 'WAITING_FOR_MATERIAL', until });
      return id;
    };
    const urgent = await pausedOrder();
    expect((await reclassify(urgent, burst)).status).toBe('ON_SITE');
    expect(running(await look(service, estate.clerk, urgent), 'COMPLETION').state).toBe('RUNNING');
    const foreign = await pausedOrder();
    expect((await reclassify(foreign, light)).status).toBe('RECEIVED');
    const { deadlines } = await look(service, estate.clerk, foreign);
    expect(deadlines.filter(({ state }) => state === 'PAUSED')).toEqual([]);
    expect(await lastFact(service, foreign, 'resumed')).toMatchObject({ workOrderId: foreign });
    const calm = await pausedOrder();
    expect((await reclassify(calm, { tradeCode: 'PLUMBING', problemCode: 'TOILET' })).status).toBe('PAUSED');
  });

  it('[A067] is a common part inside a unit only if the desk says so', async () => {
    const id = await anOrder(service, estate, { part: 'AS_DELIVERED' });
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
    const riser = { tradeCode: 'PLUMBING', problemCode: 'PIPE_LEAK', part: 'COMMON' };
    const denied = await refusal(service, estate.plumber, 'reclassifyWorkOrder', { id, ...riser });
    expect(denied).toMatchObject({ reason: 'COMMON_PART_DENIED', rule: 'A067', violations: [{ path: 'input.part' }] });
    await reclassify(id, riser);
    expect(await look(service, estate.clerk, id)).toMatchObject({ part: 'COMMON', isPaid: false });
    const lobby = await anOrder(service, estate, { placeId: estate.lobbyId });
    const fitOut = { id: lobby, tradeCode: 'PLUMBING', problemCode: 'TAP_OR_VALVE', part: 'OWN_FIT_OUT' };
    expect(await reasons(service, estate.clerk, 'reclassifyWorkOrder', fitOut)).toEqual(['PART_NOT_OF_PLACE']);
  });
});
