import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  anEstate,
  aPlan,
  approved,
  aResident,
  duties,
  planned,
  prepared,
  refusals,
  registered,
  run,
  see,
  startCommunityEvents,
  told,
  type Estate,
} from './activities-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startCommunityEvents();
});
afterAll(() => service?.stop());

const fresh = async (): Promise<Estate> => (estate = await anEstate(service));

describe('the plan', () => {
  beforeAll(fresh);

  it('[A105] is put forward with all ten fields; every one that is empty is named at once', async () => {
    const bare = { communityId: estate.communityId, organiserId: estate.clerk.staffId };
    const { id } = await act(service, estate.clerk, 'planActivity', bare);
    const fields = [
      'theme',
      'programme',
      'budget',
      'venueId',
      'startsAt',
      'audience',
      'capacity',
      'agenda',
      'departmentCodes',
      'prizes',
    ];
    expect(await see(service, estate.clerk, id, 'missingFields')).toEqual({ missingFields: fields });
    expect(await refusals(service, estate.clerk, 'submitActivityPlan', { id })).toEqual([
      ...fields.map((field) => `${field} PLAN_FIELD_MISSING A105`),
      ...['MAINTENANCE', 'SECURITY', 'ENVIRONMENT'].map(() => 'departmentCodes SET_UP_DEPARTMENT_MISSING A106'),
    ]);
    await act(service, estate.clerk, 'updateActivityPlan', {
      id,
      ...aPlan(estate, { communityId: undefined, organiserId: undefined, prizes: undefined, isWithoutPrizes: true }),
    });
    expect((await act(service, estate.clerk, 'submitActivityPlan', { id })).status).toBe('SUBMITTED');
  });

  it('[A105] is put forward three days ahead, to the administrative supervisor up to 5,000 yuan and to the director beyond', async () => {
    const now = await service.now();
    expect(now.toISOString()).toBe('2026-03-02T01:00:00.000Z');
    // The third day after begins on 4 March at 16:00 UTC.
    const late = { startsAt: '2026-03-04T12:00:00.000Z', endsAt: '2026-03-04T13:00:00.000Z' };
    const tooLate = await planned(service, estate, late);
    expect(await refusals(service, estate.clerk, 'submitActivityPlan', { id: tooLate })).toEqual([
      'startsAt PLAN_TOO_LATE A105',
    ]);
    const time = { startsAt: '2026-03-05T00:00:00.000Z', endsAt: '2026-03-05T01:00:00.000Z' };
    const roleOf = async (budgetAmount: number, over: object): Promise<string> => {
      const id = await planned(service, estate, { ...time, ...over, budgetAmount });
      await act(service, estate.clerk, 'submitActivityPlan', { id });
      const found = await see<{ approvals: { role: string }[] }>(service, estate.clerk, id, 'approvals { role }');
      return found?.approvals[0]?.role ?? '';
    };
    expect(await roleOf(500000, {})).toBe('administrativeSupervisor');
    const next = { startsAt: '2026-03-05T02:00:00.000Z', endsAt: '2026-03-05T03:00:00.000Z' };
    expect(await roleOf(500001, next)).toBe('director');
  });

  it('[A105] is decided by the one who was asked, never by whoever put it forward, and may go back', async () => {
    const where = { startsAt: '2026-03-11T02:00:00.000Z', endsAt: '2026-03-11T04:00:00.000Z' };
    const id = await planned(service, estate, where);
    await act(service, estate.administrator, 'submitActivityPlan', { id });
    const decide = { id, isApproved: true };
    expect(await refusals(service, estate.administrator, 'decideActivityPlan', decide)).toEqual(['OWN_REQUEST']);
    expect(await refusals(service, estate.director, 'decideActivityPlan', decide)).toEqual(['ACCESS_DENIED']);
    expect(await refusals(service, estate.clerk, 'decideActivityPlan', decide)).toEqual(['ACCESS_DENIED']);
    const other = await planned(service, estate, {
      startsAt: '2026-03-12T02:00:00.000Z',
      endsAt: '2026-03-12T04:00:00.000Z',
    });
    await act(service, estate.clerk, 'submitActivityPlan', { id: other });
    const returned = await act(service, estate.administrator, 'decideActivityPlan', { id: other, isApproved: false });
    expect(returned.status).toBe('PLANNED');
    expect(await told(service, other)).toEqual(['approvalRequested', 'activityReturned']);
    await act(service, estate.clerk, 'submitActivityPlan', { id: other });
    expect(
      (await act(service, estate.administrator, 'decideActivityPlan', { id: other, isApproved: true })).status,
    ).toBe('APPROVED');
  });

  it('is nobody’s business of the residents before it is approved', async () => {
    const time = { startsAt: '2026-03-13T02:00:00.000Z', endsAt: '2026-03-13T04:00:00.000Z' };
    const id = await planned(service, estate, time);
    expect(await see(service, estate.resident, id, 'id')).toBeNull();
    await act(service, estate.clerk, 'submitActivityPlan', { id });
    await act(service, estate.administrator, 'decideActivityPlan', { id, isApproved: true });
    expect(await see(service, estate.resident, id, 'theme')).toEqual({ theme: '重阳节敬老活动' });
    const list = 'query ($of: ActivityFilter) { activities(filter: $of) { nodes { status } } }';
    const { activities } = await service.ok<{ activities: { nodes: { status: string }[] } }>(estate.resident, list, {
      of: { communityId: estate.communityId },
    });
    expect(new Set(activities.nodes.map(({ status }) => status))).toEqual(new Set(['APPROVED']));
  });
});

describe('preparation', () => {
  beforeAll(fresh);

  it('[A106] names a task for each of the three departments that set up, and all stand before it begins', async () => {
    const id = await approved(service, estate);
    expect(await refusals(service, estate.clerk, 'startActivity', { id })).toEqual(['DUTIES_MISSING A106']);
    const two = duties.filter(({ departmentCode }) => departmentCode !== 'SECURITY');
    const finance = { departmentCode: 'FINANCE', task: '收款' };
    expect(await refusals(service, estate.clerk, 'assignActivityDuties', { id, duties: [...two, finance] })).toEqual([
      'input.duties.2.departmentCode DEPARTMENT_NOT_IN_PLAN A106',
      'input.duties DEPARTMENT_WITHOUT_DUTY A106',
    ]);
    await act(service, estate.clerk, 'assignActivityDuties', { id, duties });
    expect(await refusals(service, estate.clerk, 'startActivity', { id })).toEqual(['DUTY_UNCONFIRMED A106']);
    await prepared(service, estate, id);
    expect((await act(service, estate.clerk, 'startActivity', { id })).status).toBe('UNDER_WAY');
    const clocks = await see<{ deadlines: object[] }>(service, estate.clerk, id, 'deadlines { kind rule dueAt state }');
    // Two hours before the beginning.
    expect(clocks?.deadlines).toEqual([
      { kind: 'SET_UP', rule: 'A106', dueAt: '2026-03-10T00:00:00.000Z', state: 'MET' },
    ]);
  });

  it('[A106] that does not stand two hours before is told to the supervisor', async () => {
    const company = await anEstate(service);
    const id = await approved(service, company);
    await service.move({ set: new Date('2026-03-09T23:59:00.000Z') });
    expect(await told(service, id)).not.toContain('deadlineBreached');
    await service.move({ set: new Date('2026-03-10T00:00:01.000Z') });
    expect(await told(service, id)).toContain('deadlineBreached');
  });
});

describe('registration', () => {
  beforeAll(fresh);

  it('[A105] fills the number of the plan, then a waiting list that moves up in its order', async () => {
    const time = { startsAt: '2026-03-20T02:00:00.000Z', endsAt: '2026-03-20T04:00:00.000Z' };
    const id = await approved(service, estate, { ...time, capacity: 4 });
    const first = await registered(service, estate.resident, id, 3);
    const second = await registered(service, estate.neighbour, id, 2);
    const third = await registered(service, await aNewcomer(), id, 1);
    // Nobody passes those who wait, though one more would fit.
    expect([first.status, second.status, third.status]).toEqual(['REGISTERED', 'WAITING', 'WAITING']);
    expect(await see(service, estate.clerk, id, 'registeredCount waitingCount')).toEqual({
      registeredCount: 3,
      waitingCount: 3,
    });
    await run(service, estate.resident, 'cancelActivityRegistration', { id: first.id }, 'activityRegistration { id }');
    expect(await see(service, estate.clerk, id, 'registeredCount waitingCount')).toEqual({
      registeredCount: 3,
      waitingCount: 0,
    });
    expect(await told(service, second.id)).toEqual(['activityWaiting', 'activityPromoted']);
  });

  async function aNewcomer() {
    const newcomer = await aResident(service, estate);
    await service.settle();
    return newcomer;
  }

  it('[A105] takes at most five together, each resident once, and nobody before the approval or after the beginning', async () => {
    const time = { startsAt: '2026-03-21T02:00:00.000Z', endsAt: '2026-03-21T04:00:00.000Z' };
    const id = await approved(service, estate, { ...time, capacity: 50 });
    const register = (activityId: string, participantCount: number) =>
      refusals(
        service,
        estate.resident,
        'registerForActivity',
        { activityId, participantCount },
        'activityRegistration',
      );
    expect(await register(id, 6)).toEqual(['input.participantCount PARTICIPANTS_OUT_OF_RANGE A105']);
    await registered(service, estate.resident, id, 5);
    expect(await register(id, 1)).toEqual(['REGISTERED_ALREADY A105']);
    const draft = await planned(service, estate, {
      startsAt: '2026-03-22T02:00:00.000Z',
      endsAt: '2026-03-22T04:00:00.000Z',
    });
    expect(await register(draft, 1)).toEqual(['REGISTRATION_CLOSED A105']);
  });

  it('keeps the contact of whoever the desk enters from everybody’s eyes; it is revealed with a reason', async () => {
    const time = { startsAt: '2026-03-23T02:00:00.000Z', endsAt: '2026-03-23T04:00:00.000Z' };
    const id = await approved(service, estate, time);
    const { id: registrationId } = await registered(service, estate.clerk, id, 1, {
      contactName: '欧阳建国',
      contactPhone: '138 1234 5678',
    });
    const query = `query ($of: ActivityRegistrationFilter) { activityRegistrations(filter: $of) {
      nodes { contactName contactNameMasked contactPhoneMasked } } }`;
    const { data } = await service.graphql<{ activityRegistrations: { nodes: unknown[] } }>(estate.clerk, query, {
      of: { activityId: id },
    });
    expect(data.activityRegistrations.nodes).toEqual([
      {
        contactName: null,
        contactNameMasked: expect.not.stringContaining('建国'),
        contactPhoneMasked: expect.not.stringContaining('1234'),
      },
    ]);
    const reveal = { id: registrationId, reason: '确认到场人数' };
    expect(
      await run(service, estate.clerk, 'revealActivityRegistrationContact', reveal, 'contactName contactPhone'),
    ).toEqual({
      contactName: '欧阳建国',
      contactPhone: '13812345678',
    });
    expect(await service.reveals(estate.clerk, registrationId)).toEqual([
      { sub: estate.clerk.sub, fields: ['contactName', 'contactPhone'], reason: '确认到场人数' },
    ]);
    // Another resident sees nothing of it.
    const { data: others } = await service.graphql<{ activityRegistrations: { nodes: unknown[] } }>(
      estate.neighbour,
      query,
      {
        of: { activityId: id },
      },
    );
    expect(others.activityRegistrations.nodes).toEqual([]);
  });
});
