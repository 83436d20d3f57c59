import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import {
  workOrderCancelled,
  workOrderClosed,
  workOrderCompleted,
  workOrderRegistered,
  workOrderReopened,
} from '@steward/events';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  handled,
  lastFact,
  proceeded,
  reasons,
  see,
  startComplaints,
  toldBy,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const repair = { tradeCode: 'PLUMBING', problemCode: 'PIPE_LEAK' };

type Repair = { id: string; state: string; workOrder: { id: string } | null; closedAt: string | null };
const repairOf = async (id: string): Promise<Repair> => {
  const selection = 'repairs { id state closedAt workOrder { id } }';
  const [found] = (await see<{ repairs: Repair[] }>(service, estate.clerk, id, selection)).repairs;
  if (found === undefined) throw new Error('no repair was asked for');
  return found;
};

/** What the service work-orders would tell of an order that answers a request. */
const orders = {
  registered: async (requestId: string, system = 'COMPLAINTS'): Promise<string> => {
    const workOrderId = newId();
    const { tenantId, communityId, unitId, householdId } = estate;
    const data = {
      workOrderId,
      number: 'WX-20260302-0001',
      channelCode: 'EXTERNAL_AGENCY',
      placeId: unitId,
      unitId,
      buildingId: null,
      householdId,
      ...repair,
      departmentCode: 'MAINTENANCE',
      responsibleParty: 'OWN_STAFF' as const,
      isPaid: false,
      priority: 'NORMAL' as const,
      receivedAt: '2026-03-02T01:00:00.000Z',
      source: { system, key: requestId },
    };
    await service.wire.send(workOrderRegistered, { tenantId, communityId, aggregateId: workOrderId, data });
    await service.settle();
    return workOrderId;
  },
  sent: async (workOrderId: string): Promise<{ tenantId: string; communityId: string; aggregateId: string }> =>
    Promise.resolve({ tenantId: estate.tenantId, communityId: estate.communityId, aggregateId: workOrderId }),
  completed: async (workOrderId: string): Promise<void> => {
    const completedAt = '2026-03-02T01:00:00.000Z';
    const data = { workOrderId, assigneeId: null, completedAt, isInTime: true, round: 1 };
    await service.wire.send(workOrderCompleted, { ...(await orders.sent(workOrderId)), data });
    await service.settle();
  },
};

describe('requestComplaintRepair', () => {
  it('[A034] tells work-orders what is to be repaired, and no word of anybody', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'requestComplaintRepair', { id, ...repair, isEmergency: true });
    const { number } = await see<{ number: string }>(service, estate.clerk, id, 'number');
    const asked = await repairOf(id);
    expect(asked).toMatchObject({ state: 'REQUESTED', workOrder: null, closedAt: null });
    expect(await lastFact(service, id, 'repair-requested')).toEqual({
      complaintId: id,
      number,
      requestId: asked.id,
      placeId: estate.unitId,
      householdId: estate.householdId,
      ...repair,
      isEmergency: true,
    });
  });

  it.each([
    [{ placeId: newId() }, 'PLACE_UNKNOWN'],
    [{ tradeCode: 'plumbing' }, 'CODE_MALFORMED'],
  ])('[A034] refuses %j with %s', async (overrides, expected) => {
    const id = await aComplaint(service, estate);
    expect(await reasons(service, estate.clerk, 'requestComplaintRepair', { id, ...repair, ...overrides })).toEqual([
      expected,
    ]);
  });

  it('[A034] needs a place where only words name one', async () => {
    const id = await aComplaint(service, estate, { placeId: null, locationText: '南门外人行道' });
    expect(await reasons(service, estate.clerk, 'requestComplaintRepair', { id, ...repair })).toEqual([
      'PLACE_REQUIRED',
    ]);
    await act(service, estate.clerk, 'requestComplaintRepair', { id, ...repair, placeId: estate.lobbyId });
  });
});

describe('followWorkOrder', () => {
  it('[A036] the step is closed by the facts of the order, and nothing is solved before', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'requestComplaintRepair', { id, ...repair });
    await handled(service, estate, id);
    await proceeded(service, estate, id);
    const { id: requestId } = await repairOf(id);
    const workOrderId = await orders.registered(requestId);
    expect(await repairOf(id)).toMatchObject({ state: 'ORDERED', workOrder: { id: workOrderId } });
    expect(await reasons(service, estate.clerk, 'resolveComplaint', { id, result: '已修复' })).toEqual(['REPAIR_OPEN']);
    await orders.completed(workOrderId);
    expect(await repairOf(id)).toMatchObject({ state: 'DONE', closedAt: expect.any(String) });
    expect(await lastFact(service, id, 'repair-state-changed')).toEqual({
      complaintId: id,
      requestId,
      workOrderId,
      state: 'DONE',
    });
    expect(await toldBy(service, id, 'complaintRepair')).toContainEqual(['supervisor', 'SECURITY']);
    const closed = { workOrderId, householdId: null, closedAt: '2026-03-02T01:00:00.000Z' };
    await service.wire.send(workOrderClosed, { ...(await orders.sent(workOrderId)), data: closed });
    await service.settle();
    expect((await act(service, estate.clerk, 'resolveComplaint', { id, result: '已修复' })).status).toBe('RESOLVED');
  });

  it('[A036] work that has to be done again opens the step again; a cancelled order ends it', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'requestComplaintRepair', { id, ...repair });
    const workOrderId = await orders.registered((await repairOf(id)).id);
    await orders.completed(workOrderId);
    const again = { workOrderId, cause: 'ACCEPTANCE' as const, assigneeId: null, reworkCount: 1 };
    await service.wire.send(workOrderReopened, { ...(await orders.sent(workOrderId)), data: again });
    await service.settle();
    expect(await repairOf(id)).toMatchObject({ state: 'ORDERED', closedAt: null });
    const cancelled = { workOrderId, reasonCode: 'NOT_OUR_DUTY' };
    await service.wire.send(workOrderCancelled, { ...(await orders.sent(workOrderId)), data: cancelled });
    await service.settle();
    expect(await repairOf(id)).toMatchObject({ state: 'CANCELLED', closedAt: expect.any(String) });
  });

  it('takes no notice of orders of other sources', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'requestComplaintRepair', { id, ...repair });
    const { id: requestId } = await repairOf(id);
    await orders.registered(requestId, 'NYC311');
    await orders.registered('no id at all');
    await orders.registered(newId());
    await orders.completed(newId());
    expect(await repairOf(id)).toMatchObject({ state: 'REQUESTED', workOrder: null });
  });
});
