import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { staffLeft, staffPostAssigned, staffPostEnded } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { lastChange, lastFact, see } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
  completed,
  look,
  onSite,
  running,
  setDuty,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let staffId: string;

beforeAll(async () => {
  service = await startWorkOrders();
});
afterAll(() => service?.stop());

/** A company of its own, whose only plumber is about to leave. */
async function anEstateToLeave(): Promise<void> {
  estate = await anEstate(service);
  staffId = estate.plumber.staffId ?? '';
}

/** The day in Shanghai, some days from now. */
async function dayFromNow(days: number): Promise<string> {
  const local = new Date((await service.now()).getTime() + 8 * 3_600_000 + days * 86_400_000);
  return local.toISOString().slice(0, 10);
}

async function leave(leftOn: string): Promise<void> {
  await service.wire.send(staffLeft, { tenantId: estate.tenantId, aggregateId: staffId, data: { staffId, leftOn } });
  await service.settle();
}

async function endPost(validTo: string): Promise<void> {
  const [post] = await service.sql<{ id: string }>('select id from staff_post_reference where staff_id = $1', [
    staffId,
  ]);
  const terms = { departmentId: newId(), departmentCode: 'MAINTENANCE', teamId: null, positionCode: 'REPAIR_WORKER' };
  const days = { role: 'maintenance' as const, validFrom: '2024-01-01', validTo };
  const data = { staffId, postId: post?.id ?? '', communityId: estate.communityId, ...terms, ...days };
  await service.wire.send(staffPostEnded, { tenantId: estate.tenantId, aggregateId: staffId, data });
  await service.settle();
}

const statusOf = async (id: string) => (await look(service, estate.clerk, id)).status;

async function held(): Promise<string> {
  const id = await anOrder(service, estate);
  await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: staffId });
  return id;
}

describe('the open orders of whoever leaves', () => {
  it('[B013] go back to dispatch, each with its reason, clock and notice; what is done stays theirs', async () => {
    await anEstateToLeave();
    const assigned = await held();
    const begun = await anOrder(service, estate);
    await onSite(service, estate, begun);
    const paused = await held();
    const until = new Date((await service.now()).getTime() + 3_600_000).toISOString();
    await act(service, estate.plumber, 'pauseWorkOrder', { id: paused, reasonCode: 'WAITING_FOR_MATERIAL', until });
    const done = await anOrder(service, estate);
    await completed(service, estate, done);
    await leave(await dayFromNow(0));
    for (const id of [assigned, begun, paused]) {
      const order = await look(service, estate.clerk, id);
      expect(order).toMatchObject({ status: 'RECEIVED', assignee: null, arrivedAt: null });
      const { startedAt, dueAt } = running(order, 'DISPATCH');
      expect(Date.parse(dueAt) - Date.parse(startedAt)).toBe(30 * 60_000);
      expect(order.deadlines.filter(({ state }) => state === 'PAUSED')).toEqual([]);
      expect(await lastFact(service, id, 'returned')).toEqual({ workOrderId: id, formerAssigneeId: staffId });
      expect(await lastChange(service, estate.clerk, id)).toMatchObject({
        action: 'releaseWorkOrder',
        reason: 'STAFF_LEFT',
        rule: 'B013',
      });
      const supervisor = { template: 'workOrderReturned', role: 'supervisor', department_code: 'MAINTENANCE' };
      expect(await told(service, id)).toContainEqual(expect.objectContaining(supervisor));
    }
    expect(await see(service, estate.clerk, done, 'status assignee { id }')).toEqual({
      status: 'COMPLETED',
      assignee: { id: staffId },
    });
    // The end of the pause comes round for an order that pauses no longer.
    await service.move({ advance: 'PT2H' });
    expect(await statusOf(paused)).toBe('RECEIVED');
  });

  it('[B013] stay until the first day without them, orders given meanwhile included', async () => {
    await anEstateToLeave();
    const before = await held();
    await leave(await dayFromNow(2));
    const meanwhile = await held();
    expect(await statusOf(before)).toBe('ASSIGNED');
    await service.move({ set: new Date(`${await dayFromNow(1)}T15:59:59.000Z`) });
    expect(await statusOf(before)).toBe('ASSIGNED');
    await service.move({ advance: 'PT1S' });
    expect([await statusOf(before), await statusOf(meanwhile)]).toEqual(['RECEIVED', 'RECEIVED']);
  });

  it('[B013] of a post go back when it ends, and stay where another post for the work has begun', async () => {
    await anEstateToLeave();
    const first = await held();
    await endPost(await dayFromNow(0));
    expect(await statusOf(first)).toBe('RECEIVED');
    await anEstateToLeave();
    const second = await held();
    const { tenantId, communityId } = estate;
    const terms = { departmentId: newId(), departmentCode: 'MAINTENANCE', teamId: null, positionCode: 'FOREMAN' };
    const days = { role: 'supervisor' as const, validFrom: '2026-01-01', validTo: null };
    const data = { staffId, postId: newId(), communityId, ...terms, ...days };
    const [old] = await service.sql<{ id: string }>('select id from staff_post_reference where staff_id = $1', [
      staffId,
    ]);
    await service.wire.send(staffPostAssigned, { tenantId, aggregateId: staffId, data });
    const ended = { ...data, positionCode: 'REPAIR_WORKER', role: 'maintenance' as const, postId: old?.id ?? '' };
    const end = { ...ended, validTo: await dayFromNow(0) };
    await service.wire.send(staffPostEnded, { tenantId, aggregateId: staffId, data: end });
    await service.settle();
    expect(await statusOf(second)).toBe('ASSIGNED');
  });
});

describe('work that is to be done again', () => {
  const refuse = async (): Promise<string> => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    return id;
  };
  const again = async (id: string): Promise<string> =>
    (await act(service, estate.resident, 'refuseWorkOrderAcceptance', { id, reason: '没有修好' })).status;

  it('[A073] goes to whoever did it, if they are on duty and posted there', async () => {
    await anEstateToLeave();
    expect(await again(await refuse())).toBe('ASSIGNED');
  });

  it('[A073] is dispatched anew while they are off duty', async () => {
    await anEstateToLeave();
    const id = await refuse();
    await setDuty(service, estate, staffId, { from: null, to: null });
    await service.settle();
    expect(await again(id)).toBe('RECEIVED');
    const { startedAt, dueAt } = running(await look(service, estate.clerk, id), 'DISPATCH');
    expect(Date.parse(dueAt) - Date.parse(startedAt)).toBe(15 * 60_000);
  });

  it('[A073] is dispatched anew once their post has ended', async () => {
    await anEstateToLeave();
    const id = await refuse();
    await endPost(await dayFromNow(0));
    expect(await again(id)).toBe('RECEIVED');
  });
});
