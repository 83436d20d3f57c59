import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { moveInDefectFound, takeoverDefectFound } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { anEstate, look, startWorkOrders, told, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const foundAt = '2026-03-02T01:00:00.000Z';
const windows = { itemCode: 'WINDOWS', tradeCode: 'CARPENTRY', problemCode: 'WINDOW', foundAt, rule: 'A058' };

/** What residents tells of a defect found at move-in; answers its id. */
async function found(overrides: object = {}, defectId = newId()): Promise<string> {
  const { tenantId, communityId, unitId, householdId } = estate;
  const moveInId = newId();
  const moveIn = { moveInId, moveInNumber: 'RZ-20260302-0001', unitId, householdId, round: 1 };
  const data = { ...moveIn, defectId, ...windows, ...overrides };
  await service.wire.send(moveInDefectFound, { tenantId, communityId, aggregateId: moveInId, data });
  await service.settle();
  return defectId;
}

const ordersOf = async (key: string): Promise<string[]> =>
  (await service.sql<{ id: string }>('select id from work_order where source_key = $1', [key])).map(({ id }) => id);

async function orderOf(key: string): Promise<string> {
  const [id] = await ordersOf(key);
  if (id === undefined) throw new Error('no order was entered');
  return id;
}

describe('raiseMoveInRepair', () => {
  it('[A058] enters an order for the developer’s warranty, with the number of the form and no word of anybody', async () => {
    const defectId = await found();
    const id = await orderOf(defectId);
    expect(await look(service, estate.clerk, id)).toMatchObject({
      status: 'RECEIVED',
      part: 'AS_DELIVERED',
      // The unit's own warranty ended years ago: what is found at move-in is the developer's all the same.
      responsibleParty: 'DEVELOPER_WARRANTY',
      isPaid: false,
      unit: { id: estate.unitId },
      household: { id: estate.householdId },
      contactNameMasked: null,
      description: '房屋质量验收登记表 / Acceptance form RZ-20260302-0001: WINDOWS',
      deadlines: [{ kind: 'DISPATCH', state: 'RUNNING' }],
    });
    const [fact] = (await service.events('steward.work-orders.work-order.registered.v1')).filter(
      ({ aggregateId }) => aggregateId === id,
    );
    expect(fact?.data).toMatchObject({
      channelCode: 'MOVE_IN_INSPECTION',
      source: { system: 'MOVE_IN', key: defectId },
      problemCode: 'WINDOW',
    });
    expect(await told(service, id)).toMatchObject([{ template: 'workOrderReceived', role: 'supervisor' }]);
  });

  it('[A058] enters each defect once; a code that nobody offers is a general repair', async () => {
    const defectId = await found();
    await found({}, defectId);
    expect(await ordersOf(defectId)).toHaveLength(1);
    const other = await orderOf(await found({ tradeCode: 'MAGIC' }));
    const query = 'query ($id: ID!) { workOrder(id: $id) { trade { code } problem { code } } }';
    expect(await service.ok(estate.clerk, query, { id: other })).toEqual({
      workOrder: { trade: { code: 'GENERAL' }, problem: { code: 'OTHER_REPAIR' } },
    });
  });

  it('[A058] parks a defect of a place that is not known yet', async () => {
    const defectId = await found({ unitId: newId() });
    expect(await ordersOf(defectId)).toEqual([]);
  });
});

describe('raiseTakeoverRepair', () => {
  it('[A215] enters what is left over on common ground for the developer', async () => {
    const { tenantId, communityId, lobbyId: placeId } = estate;
    const [takeoverId, defectId] = [newId(), newId()];
    const data = { takeoverId, takeoverNumber: 'JG-20260302-0001', defectId, placeId, ...windows, rule: 'A215' };
    await service.wire.send(takeoverDefectFound, { tenantId, communityId, aggregateId: takeoverId, data });
    await service.settle();
    const seen = await look(service, estate.clerk, await orderOf(defectId));
    expect(seen).toMatchObject({ part: 'COMMON', responsibleParty: 'DEVELOPER_WARRANTY', household: null });
  });
});
