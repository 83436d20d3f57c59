import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  accepted,
  act,
  anEstate,
  anOrder,
  anUpload,
  completed,
  look,
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

const leak = { tradeCode: 'WATERPROOFING', problemCode: 'BATHROOM_LEAK' };

async function repairedLeak(): Promise<string> {
  const id = await anOrder(service, estate, leak);
  await completed(service, estate, id);
  return id;
}

const test = (id: string, input: object) => act(service, estate.plumber, 'recordWorkOrderWaterTest', { id, ...input });
const refused = (id: string, input: object = {}) =>
  refusal(service, estate.plumber, 'recordWorkOrderWaterTest', { id, isPassed: true, ...input });

describe('recordWorkOrderWaterTest', () => {
  it('[A071] starts the clock of the return visit, three days from the test', async () => {
    const id = await repairedLeak();
    await service.move({ set: new Date('2026-03-03T02:00:00.000Z') });
    expect((await test(id, { isPassed: true })).status).toBe('COMPLETED');
    const order = await look(service, estate.clerk, id);
    expect(running(order, 'RETURN_VISIT')).toMatchObject({ rule: 'A071', dueAt: '2026-03-06T16:00:00.000Z' });
    expect(order.deadlines.find(({ kind }) => kind === 'WATER_TEST')).toMatchObject({ state: 'MET' });
    expect(await told(service, id)).toContainEqual(expect.objectContaining({ template: 'workOrderReturnVisitDue' }));
    const query = 'query ($id: ID!) { workOrder(id: $id) { waterTests { testedAt isPassed } } }';
    expect(await service.ok(estate.clerk, query, { id })).toEqual({
      workOrder: { waterTests: [{ testedAt: '2026-03-03T02:00:00.000Z', isPassed: true }] },
    });
  });

  it('[A073] reopens the order at once when it did not hold', async () => {
    const id = await repairedLeak();
    expect((await test(id, { isPassed: false })).status).toBe('ASSIGNED');
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ reworkCount: 1, completedAt: null });
    expect(running(order, 'ON_SITE').rule).toBe('A073');
    const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id);
    expect(facts.find(({ type }) => type.includes('.reopened.'))?.data).toMatchObject({
      cause: 'WATER_TEST',
      reworkCount: 1,
    });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderReopened', role: 'supervisor' }),
    );
  });

  it('[A071] goes before acceptance and visit', async () => {
    const id = await repairedLeak();
    const signatureFileId = await anUpload(service, estate, estate.plumber, 'SIGNATURE');
    expect(await refusal(service, estate.plumber, 'acceptWorkOrder', { id, signatureFileId })).toMatchObject({
      reason: 'WATER_TEST_MISSING',
    });
    const visit = { id, means: 'PHONE', outcome: 'SATISFIED', rating: 5 };
    expect(await refusal(service, estate.clerk, 'recordWorkOrderReturnVisit', visit)).toMatchObject({
      reason: 'WATER_TEST_MISSING',
      rule: 'A071',
    });
    await test(id, { isPassed: true });
    expect((await accepted(service, estate, id)).status).toBe('ACCEPTED');
    expect((await act(service, estate.clerk, 'recordWorkOrderReturnVisit', visit)).status).toBe('CLOSED');
  });

  it('refuses what is no leak, a second test, and a time before the completion', async () => {
    const tap = await anOrder(service, estate);
    await completed(service, estate, tap);
    expect(await refused(tap)).toMatchObject({ code: 'CONFLICT', reason: 'NOT_A_LEAK' });
    const id = await repairedLeak();
    const before = new Date((await service.now()).getTime() - 60_000).toISOString();
    expect(await refused(id, { occurredAt: before })).toMatchObject({ reason: 'OUT_OF_ORDER' });
    await test(id, { isPassed: true });
    expect(await refused(id)).toMatchObject({ code: 'CONFLICT', reason: 'WATER_TEST_RECORDED' });
  });
});
