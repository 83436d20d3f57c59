import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { anEstate, look, running, startWorkOrders, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service.stop());

const mutation = `mutation ($input: ImportWorkOrdersInput!) {
  importWorkOrders(input: $input) {
    results { index isNew workOrder { id status } refusal { code reason rule message violations { path reason } } }
  }
}`;
type Result = {
  index: number;
  isNew: boolean;
  workOrder: { id: string; status: string } | null;
  refusal: {
    code: string;
    reason: string;
    rule: string | null;
    message: string;
    violations: { path: string; reason: string }[];
  } | null;
};

const aRow = (overrides: object = {}, key = newId()) => ({
  placeId: estate.buildingId,
  tradeCode: 'WATERPROOFING',
  problemCode: 'WALL_LEAK',
  description: 'WATER LEAK: SLOW LEAK',
  source: {
    system: 'NYC311',
    key,
    status: 'Closed',
    createdAt: '2018-06-26T14:58:54.000Z',
    closedAt: '2018-06-27T10:00:00.000Z',
  },
  ...overrides,
});

async function enter(rows: object[], viewer = estate.clerk): Promise<Result[]> {
  const input = { communityId: estate.communityId, rows };
  type Answer = { importWorkOrders: { results: Result[] } };
  return (await service.ok<Answer>(viewer, mutation, { input })).importWorkOrders.results;
}

describe('importWorkOrders', () => {
  it('[A066] enters what another agency reported as received, its times and status as source fields', async () => {
    const [result] = await enter([aRow()]);
    expect(result).toMatchObject({ index: 0, isNew: true, workOrder: { status: 'RECEIVED' }, refusal: null });
    const id = result?.workOrder?.id ?? '';
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({
      receivedAt: '2026-03-02T01:00:00.000Z',
      completedAt: null,
      part: 'COMMON',
      isPaid: false,
    });
    expect(running(order, 'DISPATCH').startedAt).toBe('2026-03-02T01:00:00.000Z');
    const query =
      'query ($id: ID!) { workOrder(id: $id) { source { system status createdAt closedAt } channel { code label } } }';
    expect((await service.ok<{ workOrder: object }>(estate.clerk, query, { id })).workOrder).toEqual({
      source: {
        system: 'NYC311',
        status: 'Closed',
        createdAt: '2018-06-26T14:58:54.000Z',
        closedAt: '2018-06-27T10:00:00.000Z',
      },
      channel: { code: 'EXTERNAL_AGENCY', label: 'External agency' },
    });
  });

  it('adds nothing the second time', async () => {
    const rows = [aRow(), aRow()];
    const first = await enter(rows);
    const second = await enter(rows);
    expect(second.map(({ isNew, workOrder }) => [isNew, workOrder?.id])).toEqual(
      first.map(({ workOrder }) => [false, workOrder?.id]),
    );
  });

  it('answers each row: a bad one, a repeated one and a good one', async () => {
    const key = newId();
    const results = await enter([
      aRow({ placeId: newId(), tradeCode: 'MAGIC', description: ' ' }),
      aRow({}, key),
      aRow({}, key),
      aRow({ source: { system: 'NYC311', key: ' ' } }),
    ]);
    expect(results.map(({ workOrder }) => workOrder !== null)).toEqual([false, true, false, false]);
    expect(results[0]?.refusal).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INVALID_INPUT' });
    expect(results[0]?.refusal?.violations.map(({ reason }) => reason).sort()).toEqual([
      'DESCRIPTION_REQUIRED',
      'PLACE_UNKNOWN',
      'TRADE_UNKNOWN',
    ]);
    expect(results[2]?.refusal).toMatchObject({ reason: 'SOURCE_REPEATED', rule: 'A066' });
    expect(results[3]?.refusal).toMatchObject({ reason: 'SOURCE_REQUIRED' });
  });

  it('[A067] refuses a part of a unit where the place is none', async () => {
    const [wrong, right] = await enter([
      aRow({ part: 'AS_DELIVERED' }),
      aRow({ placeId: estate.unitId, part: 'AS_DELIVERED' }),
    ]);
    expect(wrong?.refusal).toMatchObject({ reason: 'PART_NOT_OF_PLACE', rule: 'A067' });
    expect(right?.workOrder?.status).toBe('RECEIVED');
  });

  it('[A205] takes 500 rows at once, and no more', async () => {
    const unknown = newId();
    const rows = Array.from({ length: 501 }, () => aRow({ placeId: unknown }));
    expect((await enter(rows.slice(0, 500))).filter(({ refusal }) => refusal?.reason === 'PLACE_UNKNOWN')).toHaveLength(
      500,
    );
    const input = { communityId: estate.communityId, rows };
    const { extensions } = await service.refused(estate.clerk, mutation, { input });
    expect(extensions).toMatchObject({ reason: 'TOO_MANY_ROWS', rule: 'A205' });
    const none = await service.refused(estate.clerk, mutation, { input: { ...input, rows: [] } });
    expect(none.extensions).toMatchObject({ reason: 'TOO_MANY_ROWS' });
  });

  it('is for the desk', async () => {
    const input = { communityId: estate.communityId, rows: [aRow()] };
    expect((await service.refused(estate.plumber, mutation, { input })).extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
