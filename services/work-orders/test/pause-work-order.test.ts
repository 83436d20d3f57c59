import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { factsOf, lastChange, lastFact, reasons, see } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
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

const hourMs = 3_600_000;
const inHours = async (hours: number): Promise<string> =>
  new Date((await service.now()).getTime() + hours * hourMs).toISOString();
const plus = (iso: string | null, hours: number): string =>
  new Date(Date.parse(iso ?? '') + hours * hourMs).toISOString();

const paused = async (hours: number): Promise<string> => {
  const id = await anOrder(service, estate);
  await onSite(service, estate, id);
  await act(service, estate.plumber, 'pauseWorkOrder', {
    id,
    reasonCode: 'WAITING_FOR_MATERIAL',
    until: await inHours(hours),
  });
  return id;
};

const states = async (id: string) =>
  (await look(service, estate.clerk, id)).deadlines.map(({ kind, state }) => `${kind} ${state}`);

describe('pauseWorkOrder', () => {
  it('[B015] stops the clocks for a reason until a time', async () => {
    const id = await paused(48);
    const order = await see<object>(service, estate.clerk, id, 'status pause { reason { code label } until }');
    const until = await inHours(48);
    expect(order).toEqual({
      status: 'PAUSED',
      pause: { reason: { code: 'WAITING_FOR_MATERIAL', label: expect.any(String) }, until },
    });
    expect(await states(id)).toEqual(['DISPATCH MET', 'ON_SITE MET', 'COMPLETION PAUSED']);
    expect(await lastFact(service, id, 'paused')).toEqual({
      workOrderId: id,
      reasonCode: 'WAITING_FOR_MATERIAL',
      until,
    });
    expect(await lastChange(service, estate.clerk, id)).toMatchObject({
      action: 'pauseWorkOrder',
      reason: 'WAITING_FOR_MATERIAL',
    });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderPaused', household_id: estate.householdId }),
    );
  });

  it('[B015] refuses more than 7 days, no listed reason, a time that is over, and an order nobody has', async () => {
    const id = await anOrder(service, estate);
    const refused = async (hours: number, reasonCode = 'WEATHER') =>
      reasons(service, estate.plumber, 'pauseWorkOrder', { id, reasonCode, until: await inHours(hours) });
    const waiting = { id, reasonCode: 'WEATHER', until: await inHours(1) };
    expect(await reasons(service, estate.supervisor, 'pauseWorkOrder', waiting)).toEqual(['ILLEGAL_TRANSITION']);
    await onSite(service, estate, id);
    expect(await refused(7 * 24 + 0.01)).toEqual(['PAUSE_TOO_LONG']);
    expect(await refused(0, 'LUNCH')).toEqual(['REASON_UNKNOWN', 'IN_THE_PAST']);
    const unlisted = { id, reasonCode: 'LUNCH', until: await inHours(1) };
    const { rule, violations } = await refusal(service, estate.plumber, 'pauseWorkOrder', unlisted);
    expect([rule, violations]).toMatchObject(['B015', [{ path: 'input.reasonCode', reason: 'REASON_UNKNOWN' }]]);
    await act(service, estate.plumber, 'pauseWorkOrder', { id, reasonCode: 'WEATHER', until: await inHours(7 * 24) });
  });
});

describe('resumeWorkOrder', () => {
  it('[B015] moves what is due by the time that the clocks stood still', async () => {
    const id = await paused(48);
    const before = await look(service, estate.clerk, id);
    await service.move({ advance: 'PT5H' });
    expect((await act(service, estate.plumber, 'resumeWorkOrder', { id })).status).toBe('ON_SITE');
    const order = await look(service, estate.clerk, id);
    expect(order.dueAt).toBe(plus(before.dueAt, 5));
    expect(running(order, 'COMPLETION').dueAt).toBe(plus(before.dueAt, 5));
    expect(await see(service, estate.clerk, id, 'pause { until } deadlines { kind pausedForSeconds }')).toMatchObject({
      pause: null,
      deadlines: expect.arrayContaining([{ kind: 'COMPLETION', pausedForSeconds: 5 * 3600 }]),
    });
    expect(await lastFact(service, id, 'resumed')).toEqual({ workOrderId: id, dueAt: order.dueAt });
    await service.move({ advance: 'P2D' });
    expect((await factsOf(service, id)).filter(([fact]) => fact === 'resumed')).toHaveLength(1);
  });

  it('refuses work that does not pause', async () => {
    const id = await anOrder(service, estate);
    expect(await reasons(service, estate.supervisor, 'resumeWorkOrder', { id })).toEqual(['ILLEGAL_TRANSITION']);
  });
});

describe('the end of a pause', () => {
  it('[B015] resumes the work by itself, where it stood', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
    const before = await look(service, estate.clerk, id);
    await act(service, estate.plumber, 'pauseWorkOrder', {
      id,
      reasonCode: 'WAITING_FOR_CUSTOMER',
      until: await inHours(6),
    });
    await service.move({ advance: 'PT6H' });
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ status: 'ASSIGNED', dueAt: plus(before.dueAt, 6) });
    expect(running(order, 'ON_SITE').dueAt).toBe(plus(running(before, 'ON_SITE').dueAt, 6));
    expect(await lastChange(service, estate.clerk, id)).toMatchObject({ action: 'endWorkOrderPause', rule: 'B015' });
    const tellings = (await told(service, id)).filter(({ template }) => template === 'workOrderResumed');
    expect(tellings).toEqual([
      expect.objectContaining({ staff_id: estate.plumber.staffId }),
      expect.objectContaining({ role: 'supervisor', department_code: 'MAINTENANCE' }),
    ]);
  });

  it('does nothing to an order that was cancelled meanwhile', async () => {
    const id = await paused(6);
    await act(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'WITHDRAWN_BY_CUSTOMER' });
    await service.move({ advance: 'PT7H' });
    expect(await see(service, estate.clerk, id, 'status')).toEqual({ status: 'CANCELLED' });
    expect(await states(id)).toEqual(['DISPATCH MET', 'ON_SITE MET', 'COMPLETION CANCELLED']);
  });
});
