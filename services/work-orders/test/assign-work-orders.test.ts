import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { statements, type TestService } from '@steward/test-kit';

import { factsOf } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
  aWorker,
  look,
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

const mutation = `mutation ($input: AssignWorkOrdersInput!) {
  assignWorkOrders(input: $input) { results { id workOrder { status assignee { id } } refusal { reason } } }
}`;
type Row = {
  id: string;
  workOrder: { status: string; assignee: { id: string } } | null;
  refusal: { reason: string } | null;
};
const enter = async (input: object, viewer = estate.clerk): Promise<Row[]> =>
  (await service.ok<{ assignWorkOrders: { results: Row[] } }>(viewer, mutation, { input })).assignWorkOrders.results;
const outcomes = (rows: Row[]): (string | undefined)[] =>
  rows.map(({ workOrder, refusal }) => workOrder?.status ?? refusal?.reason);

let imported = 0;

/** Orders that wait for a plumber, taken in at once. */
async function waiting(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, () => {
    imported += 1;
    const source = { system: 'NYC311', key: String(imported) };
    return {
      placeId: estate.buildingId,
      tradeCode: 'PLUMBING',
      problemCode: 'TAP_OR_VALVE',
      description: '漏水',
      source,
    };
  });
  const document = `mutation ($input: ImportWorkOrdersInput!) {
    importWorkOrders(input: $input) { results { workOrder { id } } } }`;
  const input = { communityId: estate.communityId, rows };
  type Imported = { importWorkOrders: { results: { workOrder: { id: string } }[] } };
  const { importWorkOrders: answer } = await service.ok<Imported>(estate.director, document, { input });
  return answer.results.map(({ workOrder }) => workOrder.id);
}

describe('assignWorkOrders', () => {
  it.each([
    ['one plumber', () => ({ assigneeId: estate.plumber.staffId })],
    ['the best placed', () => ({})],
  ])('costs as many statements for 200 orders as for one, given to %s', async (_whom, to) => {
    const cost = async (ids: string[]): Promise<number> => {
      const before = await statements(service);
      const rows = await enter({ ids, ...to() });
      expect(rows.every(({ workOrder }) => workOrder?.status === 'ASSIGNED')).toBe(true);
      return (await statements(service)) - before;
    };
    const one = await cost(await waiting(1));
    expect(await cost(await waiting(200))).toBe(one);
  });

  it('[B013] does for each order what `assignWorkOrder` does for one', async () => {
    const [alone, first, second] = [
      await anOrder(service, estate),
      await anOrder(service, estate),
      await anOrder(service, estate),
    ];
    await act(service, estate.clerk, 'assignWorkOrder', { id: alone, assigneeId: estate.plumber.staffId });
    await enter({ ids: [first, second], assigneeId: estate.plumber.staffId });
    const alike = async (id: string) => {
      const order = await look(service, estate.clerk, id);
      expect(order.deadlines.find(({ kind }) => kind === 'DISPATCH')).toMatchObject({ state: 'MET' });
      const timers = await service.sql<{ count: string }>(
        `select count(*) from timer where aggregate_id = $1 and state = 'WAITING'`,
        [id],
      );
      return {
        version: order.version,
        dueAt: order.dueAt,
        appointmentAt: order.appointmentAt,
        onSite: running(order, 'ON_SITE').dueAt,
        completion: running(order, 'COMPLETION').dueAt,
        timers: timers[0]?.count,
        facts: (await factsOf(service, id)).map(([fact]) => fact),
        told: (await told(service, id)).map(({ template }) => template),
      };
    };
    const expected = await alike(alone);
    expect([await alike(first), await alike(second)]).toEqual([expected, expected]);
  });

  it('keeps the refusal of each row, and gives the others', async () => {
    const lift = await anOrder(service, estate, { tradeCode: 'LIFTS', problemCode: 'LIFT_STOPPED' });
    const given = await anOrder(service, estate);
    await act(service, estate.clerk, 'assignWorkOrder', { id: given, assigneeId: estate.plumber.staffId });
    const [waits, last] = await waiting(2);
    const foreign = await anEstate(service);
    const theirs = await anOrder(service, foreign);
    const ids = [lift, waits, newId(), given, theirs, waits, last];
    expect(outcomes(await enter({ ids, assigneeId: estate.plumber.staffId }))).toEqual([
      'TRADE_MISMATCH',
      'ASSIGNED',
      'NOT_FOUND',
      'ILLEGAL_TRANSITION',
      'NOT_FOUND',
      'NOT_FOUND',
      'ASSIGNED',
    ]);
    expect(outcomes(await enter({ ids: [lift] }))).toEqual(['NOBODY_ON_DUTY']);
    expect((await look(service, estate.clerk, lift)).status).toBe('RECEIVED');
    expect((await told(service, lift)).map(({ template }) => template)).not.toContain('workOrderAssigned');
  });

  it('[B013] counts what it gives along the way, so that the load is shared', async () => {
    estate = await anEstate(service);
    const second = await aWorker(service, estate);
    await service.settle();
    const rows = await enter({ ids: await waiting(6) });
    const count = (staffId: string | undefined): number =>
      rows.filter(({ workOrder }) => workOrder?.assignee.id === staffId).length;
    expect([count(estate.plumber.staffId), count(second.staffId)]).toEqual([3, 3]);
  });
});
