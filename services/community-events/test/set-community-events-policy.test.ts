import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { anEstate, startCommunityEvents, type Estate } from './activities-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startCommunityEvents();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const document = `mutation ($input: SetCommunityEventsPolicyInput!) {
  setCommunityEventsPolicy(input: $input) { figures { policy key value defaultValue unit rule } }
}`;

const someone = (role: Role) =>
  aStaffViewer({ roles: [role], tenantId: estate.tenantId, communityIds: [estate.communityId] });

const set = async (role: Role, figure: object): Promise<string> => {
  const input = { communityId: estate.communityId, policy: 'notices', reason: '小区的规定', ...figure };
  const { errors } = await service.graphql(someone(role), document, { input });
  return errors?.[0]?.extensions.reason ?? 'set';
};

describe('setCommunityEventsPolicy', () => {
  it('[A104] holds for one community from then on and tells the figure of the standard beside it', async () => {
    const input = {
      communityId: estate.communityId,
      policy: 'notices',
      key: 'boardChangeDays',
      value: 7,
      reason: '每周一换',
    };
    const { setCommunityEventsPolicy: answer } = await service.ok<{ setCommunityEventsPolicy: { figures: object[] } }>(
      someone('director'),
      document,
      { input },
    );
    expect(answer.figures).toContainEqual({
      policy: 'notices',
      key: 'boardChangeDays',
      value: 7,
      defaultValue: 14,
      unit: 'day',
      rule: 'A104',
    });
  });

  // rule, figure, the least and the most that a community may set
  it.each([
    ['A104', { policy: 'notices', key: 'boardChangeDays' }, 1, 100_000],
    ['A105', { policy: 'activities', key: 'mostParticipants' }, 1, 100_000],
    ['A105', { policy: 'activities', key: 'supervisorBudgetAmount' }, 0, 100_000_000],
    ['A101', { policy: 'surveys', key: 'opinionReminderMonth' }, 1, 12],
    ['A101', { policy: 'surveys', key: 'recoveryDays' }, 1, 100_000],
    ['A101', { policy: 'surveys', key: 'reportDays' }, 1, 100_000],
    ['A210', { policy: 'surveys', key: 'satisfactionMonths' }, 1, 100_000],
  ])('[%s] %j is at least %d and at most %d', async (_rule, figure, least, most) => {
    const answers = [];
    for (const value of [least - 1, least, most, most + 1]) answers.push(await set('director', { ...figure, value }));
    expect(answers).toEqual(['POLICY_VALUE', 'set', 'set', 'POLICY_VALUE']);
  });

  it.each<[object, string]>([
    [{ key: 'coffeeBreaks', value: 1 }, 'POLICY_UNKNOWN'],
    [{ policy: 'votes', key: 'quorum', value: 1 }, 'POLICY_UNKNOWN'],
    [{ key: 'boardChangeDays', value: 'soon' }, 'POLICY_VALUE'],
    [{ key: 'boardChangeDays', value: 7, reason: '' }, 'REASON_REQUIRED'],
    [{ key: 'boardChangeDays', value: 7, communityId: newId() }, 'NOT_FOUND'],
  ])('refuses %j', async (figure, reason) => {
    expect(await set('director', figure)).toBe(reason);
  });

  it.each<[Role, string]>([
    ['deputyDirector', 'set'],
    ['administrativeSupervisor', 'ACCESS_DENIED'],
    ['supervisor', 'ACCESS_DENIED'],
    ['clerk', 'ACCESS_DENIED'],
  ])('by a %s: %s', async (role, answer) => {
    expect(await set(role, { key: 'boardChangeDays', value: 14 })).toBe(answer);
  });
});
