import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { act, anEstate, anOrder, completed, startWorkOrders, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let ids: { visited: string; forgotten: string };

/** Three orders completed on 2 March, whose visits are due until the end of 4 March: one made, one not, one called off. */
beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  const [visited, forgotten, again] = [
    await anOrder(service, estate),
    await anOrder(service, estate),
    await anOrder(service, estate),
  ];
  for (const id of [visited, forgotten, again]) await completed(service, estate, id);
  await visit(visited);
  await act(service, estate.plumber, 'refuseWorkOrderAcceptance', { id: again, reason: '仍在滴水' });
  ids = { visited, forgotten };
});
afterAll(() => service?.stop());

const visit = (id: string) =>
  act(service, estate.clerk, 'recordWorkOrderReturnVisit', { id, means: 'PHONE', outcome: 'SATISFIED', rating: 5 });

const rateOf = async (month: string): Promise<string | null> => {
  const query = `query ($communityId: ID!, $month: YearMonth!) {
    workOrderMonthlyStatistics(communityId: $communityId, month: $month) { returnVisitRate } }`;
  type Answer = { workOrderMonthlyStatistics: { returnVisitRate: string | null } };
  const { communityId } = estate;
  return (await service.ok<Answer>(estate.clerk, query, { communityId, month })).workOrderMonthlyStatistics
    .returnVisitRate;
};

describe('the return-visit rate of a month', () => {
  it('[A069] leaves out visits that are still to come or were called off', async () => {
    expect(await rateOf('2026-03')).toBe('1.0000');
    expect(await rateOf('2026-02')).toBeNull();
  });

  it('[A069] counts those that were due and not made', async () => {
    await service.move({ set: new Date('2026-03-05T01:00:00.000Z') });
    expect(await rateOf('2026-03')).toBe('0.5000');
  });

  it('[A069] is of the month in which they were due, not of the completion', async () => {
    await service.move({ set: new Date('2026-03-29T01:00:00.000Z') });
    const onLastDay = await anOrder(service, estate);
    await completed(service, estate, onLastDay);
    await service.move({ set: new Date('2026-03-31T01:00:00.000Z') });
    const inApril = await anOrder(service, estate);
    await completed(service, estate, inApril);
    await service.move({ set: new Date('2026-04-05T01:00:00.000Z') });
    expect([await rateOf('2026-03'), await rateOf('2026-04')]).toEqual(['0.3333', '0.0000']);
  });

  it('[A069] counts visits that were made late', async () => {
    await visit(ids.forgotten);
    expect(await rateOf('2026-03')).toBe('0.6667');
  });
});
