import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { complaintRepairRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { anEstate, look, startWorkOrders, told, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const number = 'TS-20260302-0007';

/** What complaints tells of a repair that a complaint asked for; answers the id of the request. */
async function asked(overrides: object = {}, requestId = newId()): Promise<string> {
  const { tenantId, communityId, unitId: placeId, householdId } = estate;
  const complaintId = newId();
  const codes = { tradeCode: 'PLUMBING', problemCode: 'PIPE_LEAK', isEmergency: false };
  const data = { complaintId, number, requestId, placeId, householdId, ...codes, ...overrides };
  await service.wire.send(complaintRepairRequested, { tenantId, communityId, aggregateId: complaintId, data });
  await service.settle();
  return requestId;
}

const ordersOf = async (key: string): Promise<string[]> =>
  (await service.sql<{ id: string }>('select id from work_order where source_key = $1', [key])).map(({ id }) => id);

async function orderOf(key: string): Promise<string> {
  const [id] = await ordersOf(key);
  if (id === undefined) throw new Error('no order was entered');
  return id;
}

describe('repairForComplaint', () => {
  it('enters the repair that a complaint asks for, with its number and no word of anybody', async () => {
    const requestId = await asked();
    const id = await orderOf(requestId);
    expect(await look(service, estate.clerk, id)).toMatchObject({
      status: 'RECEIVED',
      priority: 'NORMAL',
      departmentCode: 'MAINTENANCE',
      household: { id: estate.householdId },
      unit: { id: estate.unitId },
      contactNameMasked: null,
      description: `投诉 / Complaint ${number}`,
      deadlines: [{ kind: 'DISPATCH', state: 'RUNNING' }],
    });
    const [fact] = (await service.events('steward.work-orders.work-order.registered.v1')).filter(
      ({ aggregateId }) => aggregateId === id,
    );
    expect(fact?.data).toMatchObject({ source: { system: 'COMPLAINTS', key: requestId }, tradeCode: 'PLUMBING' });
    expect(await told(service, id)).toMatchObject([
      { template: 'workOrderReceived', role: 'supervisor', department_code: 'MAINTENANCE' },
    ]);
  });

  it('an emergency is one here; codes that nobody offers are a general repair', async () => {
    const urgent = await orderOf(await asked({ isEmergency: true }));
    expect((await look(service, estate.clerk, urgent)).priority).toBe('EMERGENCY');
    const unknown = await orderOf(await asked({ tradeCode: 'MAGIC' }));
    const query = 'query ($id: ID!) { workOrder(id: $id) { trade { code } problem { code } } }';
    expect(await service.ok(estate.clerk, query, { id: unknown })).toEqual({
      workOrder: { trade: { code: 'GENERAL' }, problem: { code: 'OTHER_REPAIR' } },
    });
  });

  it('is for no household at a place that the complaining one does not hold', async () => {
    const id = await orderOf(await asked({ placeId: estate.lobbyId }));
    expect((await look(service, estate.clerk, id)).household).toBeNull();
  });

  it('enters a request once, and parks what it cannot place', async () => {
    const requestId = await asked();
    await asked({}, requestId);
    expect(await ordersOf(requestId)).toHaveLength(1);
    const nowhere = await asked({ placeId: newId() });
    expect(await ordersOf(nowhere)).toEqual([]);
    const parked = await service.sql(`select reason from parked_event where type like '%repair-requested%'`);
    expect(parked).toEqual([{ reason: 'NOT_FOUND' }]);
  });
});
