import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role, Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { anEstate, anOrder, look, running, startWorkOrders, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const someone = (role: Role): Viewer =>
  aStaffViewer({ roles: [role], tenantId: estate.tenantId, communityIds: [estate.communityId] });

const refusedReason = async (viewer: Viewer, input: object): Promise<string> =>
  (await service.refused(viewer, setWorkOrderPolicy, { input })).extensions.reason;

const setWorkOrderPolicy = `mutation ($input: SetWorkOrderPolicyInput!) {
  setWorkOrderPolicy(input: $input) { figures { policy key value defaultValue unit rule } }
}`;

describe('setWorkOrderPolicy', () => {
  const aFigure = (overrides: object = {}) => ({
    communityId: estate.communityId,
    policy: 'work',
    key: 'dispatchMinutes',
    value: 20,
    reason: '小区人手充足',
    ...overrides,
  });

  it('overrides a figure for one community from a time on; clocks that run keep theirs', async () => {
    const before = await anOrder(service, estate);
    type Answer = { setWorkOrderPolicy: { figures: object[] } };
    const { setWorkOrderPolicy: answer } = await service.ok<Answer>(estate.director, setWorkOrderPolicy, {
      input: aFigure(),
    });
    expect(answer.figures).toContainEqual({
      policy: 'work',
      key: 'dispatchMinutes',
      value: 20,
      defaultValue: 30,
      unit: 'minute',
      rule: 'B013',
    });
    const minutes = async (id: string): Promise<number> => {
      const { startedAt, dueAt } = running(await look(service, estate.clerk, id), 'DISPATCH');
      return (Date.parse(dueAt) - Date.parse(startedAt)) / 60_000;
    };
    expect([await minutes(before), await minutes(await anOrder(service, estate))]).toEqual([30, 20]);
    const changes = (await service.events('steward.work-orders.policy.changed.v1')).map(({ data }) => data);
    expect(changes).toContainEqual(expect.objectContaining({ policy: 'work', key: 'dispatchMinutes', value: 20 }));
  });

  it.each([
    [{ key: 'coffeeBreaks' }, 'POLICY_UNKNOWN'],
    [{ policy: 'magic' }, 'POLICY_UNKNOWN'],
    [{ value: 'soon' }, 'POLICY_VALUE'],
    [{ value: -1 }, 'POLICY_VALUE'],
    [{ reason: '' }, 'REASON_REQUIRED'],
  ])('refuses %j', async (overrides, expected) => {
    expect(await refusedReason(estate.director, aFigure(overrides))).toBe(expected);
  });

  it.each<[Role, boolean]>([
    ['director', true],
    ['deputyDirector', true],
    ['administrativeSupervisor', false],
    ['supervisor', false],
    ['clerk', false],
  ])('by a %s: %s', async (role, may) => {
    const input = aFigure({ value: 25 });
    const answer = await service.graphql(someone(role), setWorkOrderPolicy, { input });
    expect(answer.errors?.[0]?.extensions.reason).toBe(may ? undefined : 'ACCESS_DENIED');
  });

  it('refuses a community that residents has not told of', async () => {
    const everywhere = aStaffViewer({ roles: ['director'], tenantId: estate.tenantId, communityIds: 'all' });
    expect(await refusedReason(everywhere, aFigure({ communityId: newId() }))).toBe('COMMUNITY_UNKNOWN');
  });
});
