import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { lastFact, lastRemark, reasons } from './work-order-views.ts';
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

const tenOClock = '2026-03-03T02:00:00.000Z';
const elevenOClock = '2026-03-03T03:00:00.000Z';
const make = (id: string, input: object = {}) => ({ id, appointmentAt: tenOClock, ...input });
const move = (id: string, input: object = {}) => ({
  id,
  appointmentAt: elevenOClock,
  reason: '客户临时有事',
  ...input,
});

describe('makeWorkOrderAppointment', () => {
  it('[A068] [B015] sets the time to be on site, and 24 hours after it the time to be done', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.resident, 'makeWorkOrderAppointment', make(id));
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ status: 'RECEIVED', appointmentAt: tenOClock, dueAt: '2026-03-04T02:00:00.000Z' });
    expect(running(order, 'ON_SITE')).toMatchObject({ rule: 'A068', dueAt: tenOClock });
    expect(running(order, 'COMPLETION')).toMatchObject({ rule: 'B015', dueAt: '2026-03-04T02:00:00.000Z' });
    expect(running(order, 'DISPATCH').rule).toBe('B013');
    expect(await lastFact(service, id, 'appointment-made')).toEqual({ workOrderId: id, appointmentAt: tenOClock });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderAppointment', household_id: estate.householdId }),
    );
  });

  it('[A068] holds when the order is given to somebody', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'makeWorkOrderAppointment', make(id));
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
    const order = await look(service, estate.clerk, id);
    expect([order.appointmentAt, running(order, 'ON_SITE').dueAt]).toEqual([tenOClock, tenOClock]);
  });

  it.each([
    [
      'a time that is over',
      {
        appointmentAt: '2026-03-02T01:00:00.000Z',
        convenientFrom: '2026-03-01T00:00:00.000Z',
        convenientTo: elevenOClock,
      },
      'IN_THE_PAST',
    ],
    ['a time that is not convenient', { appointmentAt: '2026-03-03T04:00:00.000Z' }, 'OUTSIDE_CONVENIENT_TIME'],
    [
      'a convenient time that ends before it begins',
      { convenientFrom: elevenOClock, convenientTo: tenOClock },
      'RANGE_EMPTY',
    ],
  ])('refuses %s', async (_what, input, reason) => {
    const id = await anOrder(service, estate);
    expect(await reasons(service, estate.clerk, 'makeWorkOrderAppointment', make(id, input))).toEqual([reason]);
  });

  it('refuses a second appointment, an emergency, and an order whose worker is there', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'makeWorkOrderAppointment', make(id));
    expect(await reasons(service, estate.clerk, 'makeWorkOrderAppointment', make(id))).toEqual(['APPOINTMENT_MADE']);
    const urgent = await anOrder(service, estate, { priority: 'EMERGENCY' });
    expect(await reasons(service, estate.clerk, 'makeWorkOrderAppointment', make(urgent))).toEqual([
      'EMERGENCY_AT_ONCE',
    ]);
    expect(await reasons(service, estate.clerk, 'rescheduleWorkOrderAppointment', move(urgent))).toEqual([
      'EMERGENCY_AT_ONCE',
    ]);
    await onSite(service, estate, urgent);
    expect(await reasons(service, estate.clerk, 'makeWorkOrderAppointment', make(urgent))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect(await reasons(service, estate.clerk, 'rescheduleWorkOrderAppointment', move(urgent))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });
});

describe('rescheduleWorkOrderAppointment', () => {
  it('[A068] [B015] moves the clocks along, and keeps the reason', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'makeWorkOrderAppointment', make(id));
    await act(service, estate.resident, 'rescheduleWorkOrderAppointment', move(id));
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ appointmentAt: elevenOClock, dueAt: '2026-03-04T03:00:00.000Z' });
    expect(running(order, 'ON_SITE').dueAt).toBe(elevenOClock);
    expect(
      order.deadlines.filter(({ state }) => state === 'CANCELLED').map(({ kind, dueAt }) => [kind, dueAt]),
    ).toEqual([
      ['ON_SITE', tenOClock],
      ['COMPLETION', '2026-03-04T02:00:00.000Z'],
    ]);
    expect(await lastRemark(service, estate.clerk, id)).toEqual({
      action: 'rescheduleWorkOrderAppointment',
      text: '客户临时有事',
    });
    expect(await lastFact(service, id, 'appointment-rescheduled')).toEqual({
      workOrderId: id,
      appointmentAt: elevenOClock,
    });
  });

  it('takes another convenient time along', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'makeWorkOrderAppointment', make(id));
    const thursday = { convenientFrom: '2026-03-05T06:00:00.000Z', convenientTo: '2026-03-05T08:00:00.000Z' };
    const appointmentAt = '2026-03-05T07:00:00.000Z';
    await act(service, estate.clerk, 'rescheduleWorkOrderAppointment', move(id, { ...thursday, appointmentAt }));
    expect((await look(service, estate.clerk, id)).appointmentAt).toBe(appointmentAt);
  });

  it('refuses without a reason, without an appointment, and a time that cannot be', async () => {
    const id = await anOrder(service, estate);
    const refused = (input: object = {}) =>
      reasons(service, estate.clerk, 'rescheduleWorkOrderAppointment', move(id, input));
    expect(await refused()).toEqual(['APPOINTMENT_MISSING']);
    await act(service, estate.clerk, 'makeWorkOrderAppointment', make(id));
    expect(await refused({ reason: ' ' })).toEqual(['REASON_REQUIRED']);
    expect(await refused({ appointmentAt: '2026-03-03T00:59:59.000Z' })).toEqual(['OUTSIDE_CONVENIENT_TIME']);
    expect(await refused({ appointmentAt: '2026-03-02T00:00:00.000Z' })).toEqual(['IN_THE_PAST']);
    expect(await refused({ convenientFrom: tenOClock })).toEqual(['RANGE_EMPTY']);
  });
});
