import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { act, anEstate, anOrder, completed, look, startWorkOrders, told, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service.stop());

const tellings = async (id: string, template: string) =>
  (await told(service, id))
    .filter((telling) => telling.template === template)
    .map(({ role, department_code: department }) => [role, department]);
const factsOf = async (id: string, fact: string) =>
  (await service.events(`steward.work-orders.work-order.deadline-${fact}.v1`)).filter(
    ({ aggregateId }) => aggregateId === id,
  );

describe('deadlines of work orders', () => {
  it('[B013] an order that nobody dispatches is warned of, breached and escalated to the director', async () => {
    const id = await anOrder(service, estate);
    await service.move({ advance: 'PT24M' });
    expect(await tellings(id, 'deadlineWarned')).toEqual([['supervisor', 'MAINTENANCE']]);
    await service.move({ advance: 'PT6M' });
    expect(await tellings(id, 'deadlineBreached')).toEqual([]);
    await service.move({ advance: 'PT1S' });
    expect(await tellings(id, 'deadlineBreached')).toEqual([['supervisor', 'MAINTENANCE']]);
    await service.move({ advance: 'PT30M' });
    expect(await tellings(id, 'deadlineEscalated')).toEqual([['director', null]]);
    expect((await look(service, estate.clerk, id)).deadlines).toMatchObject([{ kind: 'DISPATCH', state: 'BREACHED' }]);
    const [breach] = await factsOf(id, 'breached');
    expect(breach?.data).toMatchObject({ kind: 'DISPATCH', rule: 'B013' });
  });

  it('[B015] a breach stays on record when the work is done late', async () => {
    const id = await anOrder(service, estate, { priority: 'EMERGENCY' });
    await service.move({ advance: 'PT20M' });
    await completed(service, estate, id);
    const order = await look(service, estate.clerk, id);
    const states = Object.fromEntries(order.deadlines.map(({ kind, state }) => [kind, state]));
    expect(states).toEqual({
      DISPATCH: 'BREACHED',
      ON_SITE: 'MET',
      COMPLETION: 'MET',
      RETURN_VISIT: 'RUNNING',
      ACCEPTANCE: 'RUNNING',
    });
    expect(order.deadlines.find(({ kind }) => kind === 'DISPATCH')?.metAt).not.toBeNull();
  });

  it('[A072] a return visit that is not made is the customer service’s breach', async () => {
    const id = await anOrder(service, estate);
    await completed(service, estate, id);
    await service.move({ advance: 'P2DT16H' });
    expect(await tellings(id, 'deadlineBreached')).toEqual([['supervisor', 'CUSTOMER_SERVICE']]);
  });

  it('[B013] nothing is due of an order that is cancelled', async () => {
    const id = await anOrder(service, estate);
    await act(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'WITHDRAWN_BY_CUSTOMER' });
    await service.move({ advance: 'PT2H' });
    expect((await look(service, estate.clerk, id)).deadlines).toMatchObject([{ kind: 'DISPATCH', state: 'CANCELLED' }]);
    expect(await tellings(id, 'deadlineBreached')).toEqual([]);
  });

  it('[B013] a community’s own figure holds for what starts after it, not for what runs', async () => {
    const home = await anEstate(service);
    const before = await anOrder(service, home);
    const mutation =
      'mutation ($input: SetWorkOrderPolicyInput!) { setWorkOrderPolicy(input: $input) { figures { key value } } }';
    const input = {
      communityId: home.communityId,
      policy: 'work',
      key: 'dispatchMinutes',
      value: 60,
      reason: '夜间人手不足',
    };
    await service.ok(home.director, mutation, { input });
    const after = await anOrder(service, home);
    const minutes = async (id: string): Promise<number> => {
      const [clock] = (await look(service, home.clerk, id)).deadlines;
      return (Date.parse(clock?.dueAt ?? '') - Date.parse(clock?.startedAt ?? '')) / 60_000;
    };
    expect([await minutes(before), await minutes(after)]).toEqual([30, 60]);
  });
});
