import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { lastFact, lastRemark, reasons } from './work-order-views.ts';
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
let colleague: Viewer;
let electrician: Viewer;
let offDuty: Viewer;
let stranger: Viewer;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  colleague = await aWorker(service, estate);
  electrician = await aWorker(service, estate, { tradeCodes: ['ELECTRICAL'] });
  offDuty = await aWorker(service, estate, { isOnDuty: false });
  stranger = await aWorker(service, { tenantId: estate.tenantId, communityId: newId() });
  await service.settle();
});
afterAll(() => service?.stop());

describe('takeWorkOrder', () => {
  it('[B013] gives the order to whoever takes it', async () => {
    const id = await anOrder(service, estate);
    expect((await act(service, colleague, 'takeWorkOrder', { id })).status).toBe('ASSIGNED');
    expect((await look(service, estate.clerk, id)).assignee).toEqual({ id: colleague.staffId });
    expect(await lastFact(service, id, 'assigned')).toMatchObject({
      assigneeId: colleague.staffId,
      manner: 'TAKEN',
      dispatchCount: 1,
    });
  });

  it('refuses a worker of another trade, off duty or of another community, and an order that somebody has', async () => {
    const id = await anOrder(service, estate);
    expect(await reasons(service, electrician, 'takeWorkOrder', { id })).toEqual(['TRADE_MISMATCH']);
    expect(await reasons(service, offDuty, 'takeWorkOrder', { id })).toEqual(['NOT_ON_DUTY']);
    const lent = { ...stranger, communityIds: [estate.communityId] };
    expect(await reasons(service, lent, 'takeWorkOrder', { id })).toEqual(['STAFF_NOT_OF_COMMUNITY']);
    const { tenantId, communityId } = estate;
    const unknown = aStaffViewer({ roles: ['maintenance'], tenantId, communityIds: [communityId] });
    expect(await reasons(service, unknown, 'takeWorkOrder', { id })).toEqual(['STAFF_UNKNOWN']);
    await act(service, estate.plumber, 'takeWorkOrder', { id });
    expect(await reasons(service, colleague, 'takeWorkOrder', { id })).toEqual(['ILLEGAL_TRANSITION']);
  });
});

describe('transferWorkOrder', () => {
  const reason = '要用大型工具';

  it('[A109] hands the order to a colleague, who has to be there by the same time', async () => {
    const id = await anOrder(service, estate);
    await onSite(service, estate, id);
    const before = await look(service, estate.clerk, id);
    const { status } = await act(service, estate.plumber, 'transferWorkOrder', {
      id,
      assigneeId: colleague.staffId,
      reason,
    });
    const order = await look(service, estate.clerk, id);
    expect([status, order.assignee?.id, order.arrivedAt, order.dueAt]).toEqual([
      'ASSIGNED',
      colleague.staffId,
      null,
      before.dueAt,
    ]);
    expect(running(order, 'COMPLETION').dueAt).toBe(before.dueAt);
    const fact = {
      assigneeId: colleague.staffId,
      formerAssigneeId: estate.plumber.staffId,
      manner: 'TRANSFERRED',
      dispatchCount: 2,
    };
    expect(await lastFact(service, id, 'assigned')).toMatchObject(fact);
    expect(await lastRemark(service, estate.clerk, id)).toEqual({ action: 'transferWorkOrder', text: reason });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderAssigned', staff_id: colleague.staffId }),
    );
  });

  it('[A068] after the arrival awaits the successor on site, by a clock of its own and no later than the work is due', async () => {
    const home = await anEstate(service);
    const successor = await aWorker(service, home);
    await service.settle();
    const id = await anOrder(service, home, { priority: 'EMERGENCY' });
    await onSite(service, home, id);
    await service.move({ advance: 'PT2H' });
    await act(service, home.clerk, 'transferWorkOrder', { id, assigneeId: successor.staffId, reason });
    const order = await look(service, home.clerk, id);
    const clocks = order.deadlines.filter(({ kind }) => kind === 'ON_SITE');
    expect(clocks.map(({ state }) => state)).toEqual(['MET', 'RUNNING']);
    const { startedAt, dueAt } = running(order, 'ON_SITE');
    expect(startedAt).toBe((await service.now()).toISOString());
    expect(Date.parse(dueAt) - Date.parse(startedAt)).toBe(30 * 60_000);
    await act(service, successor, 'arriveOnSite', { id });
    expect(
      (await look(service, home.clerk, id)).deadlines.some(
        ({ kind, state }) => kind === 'ON_SITE' && state === 'RUNNING',
      ),
    ).toBe(false);
  });

  it('[A068] drops an appointment that has passed, and the next one is on site before the work is due', async () => {
    const home = await anEstate(service);
    const successor = await aWorker(service, home);
    await service.settle();
    const now = await service.now();
    const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
    const convenient = { convenientFrom: at(1) as never, convenientTo: at(3) as never };
    const id = await anOrder(service, home, convenient);
    await onSite(service, home, id);
    expect((await look(service, home.clerk, id)).appointmentAt).toBe(at(1));
    await service.move({ advance: 'PT4H' });
    await act(service, home.plumber, 'returnWorkOrder', { id, reason });
    expect((await look(service, home.clerk, id)).appointmentAt).toBeNull();
    await act(service, home.clerk, 'assignWorkOrder', { id, assigneeId: successor.staffId });
    const order = await look(service, home.clerk, id);
    // A day would be later than the completion, which is due a day after the appointment.
    expect([running(order, 'ON_SITE').dueAt, order.dueAt]).toEqual([at(25), at(25)]);
  });

  it('leaves the former assignee without the order', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.plumber, 'takeWorkOrder', { id });
    await act(service, estate.plumber, 'transferWorkOrder', { id, assigneeId: colleague.staffId, reason });
    const input = { id, assigneeId: estate.plumber.staffId, reason };
    expect(await refusal(service, estate.plumber, 'transferWorkOrder', input)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('refuses whoever is not fit for it, the same hands, and no reason', async () => {
    const id = await anOrder(service, estate);
    const refused = (assigneeId: string | undefined, words = reason) =>
      reasons(service, estate.clerk, 'transferWorkOrder', { id, assigneeId, reason: words });
    expect(await refused(colleague.staffId)).toEqual(['ILLEGAL_TRANSITION']);
    await act(service, estate.plumber, 'takeWorkOrder', { id });
    expect(await refused(estate.plumber.staffId)).toEqual(['SAME_ASSIGNEE']);
    expect(await refused(newId())).toEqual(['STAFF_UNKNOWN']);
    expect(await refused(electrician.staffId)).toEqual(['TRADE_MISMATCH']);
    expect(await refused(stranger.staffId)).toEqual(['STAFF_NOT_OF_COMMUNITY']);
    expect(await refused(colleague.staffId, ' ')).toEqual(['REASON_REQUIRED']);
  });

  it('refuses to hand an emergency to somebody who is off duty', async () => {
    const id = await anOrder(service, estate, { priority: 'EMERGENCY' });
    await act(service, estate.plumber, 'takeWorkOrder', { id });
    const input = { id, assigneeId: offDuty.staffId, reason };
    expect(await reasons(service, estate.clerk, 'transferWorkOrder', input)).toEqual(['NOT_ON_DUTY']);
  });
});

describe('returnWorkOrder', () => {
  it('[B013] starts the clock of dispatching anew', async () => {
    const id = await anOrder(service, estate);
    await onSite(service, estate, id);
    await service.move({ advance: 'PT1H' });
    await act(service, estate.plumber, 'returnWorkOrder', { id, reason: '需要电工' });
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ status: 'RECEIVED', assignee: null, arrivedAt: null });
    const { startedAt, dueAt } = running(order, 'DISPATCH');
    expect([startedAt, Date.parse(dueAt) - Date.parse(startedAt)]).toEqual([
      (await service.now()).toISOString(),
      30 * 60_000,
    ]);
    expect(await lastFact(service, id, 'returned')).toEqual({
      workOrderId: id,
      formerAssigneeId: estate.plumber.staffId,
    });
    expect(await lastRemark(service, estate.clerk, id)).toEqual({ action: 'returnWorkOrder', text: '需要电工' });
    const supervisor = { template: 'workOrderReturned', role: 'supervisor', department_code: 'MAINTENANCE' };
    expect(await told(service, id)).toContainEqual(expect.objectContaining(supervisor));
  });

  it('refuses without a reason, and an order that nobody has', async () => {
    const id = await anOrder(service, estate);
    const refused = (reason: string) => reasons(service, estate.clerk, 'returnWorkOrder', { id, reason });
    expect(await refused('需要电工')).toEqual(['ILLEGAL_TRANSITION']);
    await act(service, estate.plumber, 'takeWorkOrder', { id });
    expect(await refused('')).toEqual(['REASON_REQUIRED']);
  });
});
