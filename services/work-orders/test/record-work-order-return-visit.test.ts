import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  accepted,
  act,
  anEstate,
  anOrder,
  completed,
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
afterAll(() => service.stop());

const visit = (id: string, input: object) =>
  act(service, estate.clerk, 'recordWorkOrderReturnVisit', { id, means: 'PHONE', ...input });
const satisfied = { outcome: 'SATISFIED', rating: 5 };

describe('recordWorkOrderReturnVisit', () => {
  it('[A069] closes an accepted order once the household is satisfied', async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    expect((await accepted(service, estate, id)).status).toBe('ACCEPTED');
    expect((await visit(id, satisfied)).status).toBe('CLOSED');
    const order = await look(service, estate.clerk, id);
    expect(order.closedAt).not.toBeNull();
    expect(order.deadlines.every(({ state }) => state === 'MET')).toBe(true);
    const types = (await service.events())
      .filter(({ aggregateId }) => aggregateId === id)
      .map(({ type }) => type.split('.')[3]);
    expect(types).toContain('return-visited');
    expect(types).toContain('closed');
  });

  it('[A069] keeps an order open that is visited but not accepted, and closes it on acceptance', async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    expect((await visit(id, satisfied)).status).toBe('COMPLETED');
    expect((await accepted(service, estate, id)).status).toBe('CLOSED');
  });

  it('[A073] reopens an order at once when the household is not satisfied', async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    await accepted(service, estate, id);
    const { status } = await visit(id, { outcome: 'UNSATISFIED', rating: 2, opinion: '还在漏' });
    expect(status).toBe('ASSIGNED');
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ reworkCount: 1, acceptedAt: null, completedAt: null, opinionRating: 2 });
    expect(order.assignee).toEqual({ id: estate.plumber.staffId });
    const { rule, startedAt, dueAt } = running(order, 'ON_SITE');
    expect([rule, Date.parse(dueAt) - Date.parse(startedAt)]).toEqual(['A073', 30 * 60_000]);
    const tellings = await told(service, id);
    expect(tellings).toContainEqual(
      expect.objectContaining({ template: 'workOrderReopened', staff_id: estate.plumber.staffId }),
    );
    expect(tellings).toContainEqual(expect.objectContaining({ template: 'workOrderReopened', role: 'supervisor' }));
  });

  it('[A069] counts a household that is never met as visited after three attempts, four hours apart', async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    await accepted(service, estate, id);
    const unreachable = { outcome: 'UNREACHABLE' };
    expect((await visit(id, unreachable)).status).toBe('ACCEPTED');
    await service.move({ advance: 'PT3H59M' });
    const soon = await refusal(service, estate.clerk, 'recordWorkOrderReturnVisit', {
      id,
      means: 'PHONE',
      ...unreachable,
    });
    expect(soon).toMatchObject({ reason: 'RETURN_VISIT_TOO_SOON', rule: 'A069' });
    await service.move({ advance: 'PT1M' });
    expect((await visit(id, unreachable)).status).toBe('ACCEPTED');
    await service.move({ advance: 'PT4H' });
    expect((await visit(id, unreachable)).status).toBe('CLOSED');
  });

  it('[A008] asks for an opinion on the result, all that is missing at once', async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    const input = { id, means: 'PHONE', outcome: 'UNSATISFIED' };
    const both = await refusal(service, estate.clerk, 'recordWorkOrderReturnVisit', input);
    expect(both).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INVALID_INPUT' });
    expect(both.violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['RATING_REQUIRED', 'A008'],
      ['OPINION_REQUIRED', 'A008'],
    ]);
    const high = await refusal(service, estate.clerk, 'recordWorkOrderReturnVisit', {
      ...input,
      outcome: 'SATISFIED',
      rating: 6,
    });
    expect(high).toMatchObject({ reason: 'RATING_OUT_OF_RANGE', message: 'A rating is a whole number from 1 to 5.' });
  });

  it('refuses a second visit, one before the completion, and one by whoever did the work', async () => {
    const id = await anOrder(service, estate);
    await onSite(service, estate, id);
    const early = await refusal(
      service,
      estate.clerk,
      'recordWorkOrderReturnVisit',
      { id, means: 'PHONE', ...satisfied },
      'zh-CN',
    );
    expect(early).toMatchObject({ code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION', rule: 'A069' });
    expect(early.message).toContain('状态');
    const other = await anOrder(service, estate);
    await completed(service, estate, other);
    await visit(other, satisfied);
    const input = { id: other, means: 'PHONE', ...satisfied };
    expect(await refusal(service, estate.clerk, 'recordWorkOrderReturnVisit', input)).toMatchObject({
      reason: 'RETURN_VISIT_RECORDED',
    });
    expect(await refusal(service, estate.plumber, 'recordWorkOrderReturnVisit', input)).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
