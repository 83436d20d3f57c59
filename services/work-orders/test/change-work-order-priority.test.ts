import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { lastFact, reasons } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
  look,
  onSite,
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

const minutes = ({ startedAt, dueAt }: { startedAt: string; dueAt: string }): number =>
  (Date.parse(dueAt) - Date.parse(startedAt)) / 60_000;
const clocks = async (id: string) => {
  const { deadlines } = await look(service, estate.clerk, id);
  return deadlines.filter(({ state }) => state === 'RUNNING').map((clock) => [clock.kind, minutes(clock)]);
};

describe('changeWorkOrderPriority', () => {
  it('[B013] [A068] of an order that waits starts the clocks of an emergency, and takes them back', async () => {
    const id = await anOrder(service, estate);
    expect(await clocks(id)).toEqual([['DISPATCH', 30]]);
    await act(service, estate.clerk, 'changeWorkOrderPriority', { id, priority: 'EMERGENCY' });
    expect(await clocks(id)).toEqual([
      ['DISPATCH', 15],
      ['ON_SITE', 30],
      ['COMPLETION', 24 * 60],
    ]);
    await act(service, estate.clerk, 'changeWorkOrderPriority', { id, priority: 'NORMAL' });
    expect(await clocks(id)).toEqual([['DISPATCH', 30]]);
    expect(await look(service, estate.clerk, id)).toMatchObject({ priority: 'NORMAL', dueAt: null });
  });

  it('[A068] of an order that somebody has calls them at once', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
    await act(service, estate.clerk, 'changeWorkOrderPriority', { id, priority: 'EMERGENCY' });
    const order = await look(service, estate.clerk, id);
    expect([order.appointmentAt, minutes(running(order, 'ON_SITE'))]).toEqual([null, 30]);
    expect(await lastFact(service, id, 'priority-changed')).toEqual({ workOrderId: id, priority: 'EMERGENCY' });
    const template = 'workOrderPriorityChanged';
    const tellings = (await told(service, id)).filter((telling) => telling.template === template);
    expect(tellings).toEqual([
      expect.objectContaining({ staff_id: estate.plumber.staffId }),
      expect.objectContaining({ role: 'supervisor', department_code: 'MAINTENANCE' }),
    ]);
  });

  it('refuses the priority that the order has, and an order whose worker is there', async () => {
    const id = await anOrder(service, estate);
    expect(await reasons(service, estate.clerk, 'changeWorkOrderPriority', { id, priority: 'NORMAL' })).toEqual([
      'NOTHING_CHANGED',
    ]);
    await onSite(service, estate, id);
    expect(await reasons(service, estate.clerk, 'changeWorkOrderPriority', { id, priority: 'EMERGENCY' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });
});
