import type { Viewer } from '@steward/auth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAuthority, type TestService } from '@steward/test-kit';

import { act, anEstate, planned, refusals, run, see, startCommunityEvents, type Estate } from './activities-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startCommunityEvents();
});
afterAll(() => service?.stop());

async function aDraft({ clerk, communityId }: Estate): Promise<string> {
  const input = { communityId, scope: 'COMMUNITY', title: '停水通知', body: '3月5日9时至12时停水。' };
  type Answer = { announcement: { id: string } };
  return (await run<Answer>(service, clerk, 'draftAnnouncement', input, 'announcement { id }')).announcement.id;
}

const published = async (viewer: Viewer, id: string): Promise<string> => {
  type Answer = { announcement: { status: string } };
  return (await run<Answer>(service, viewer, 'publishAnnouncement', { id }, 'announcement { status }')).announcement
    .status;
};
const unpublished = (viewer: Viewer, id: string) =>
  refusals(service, viewer, 'publishAnnouncement', { id }, 'announcement');

describe('plans of activities', () => {
  const hour = (at: number) => `2026-03-10T0${at}:00:00.000Z`;
  const submitted = async (estate: Estate, budgetAmount: number, at: number): Promise<string> => {
    const over = { budgetAmount, startsAt: hour(at), endsAt: hour(at + 1) };
    const id = await planned(service, estate, over);
    await act(service, estate.clerk, 'submitActivityPlan', { id });
    return id;
  };
  const undecided = (viewer: Viewer, id: string) =>
    refusals(service, viewer, 'decideActivityPlan', { id, isApproved: true });
  const decided = async (viewer: Viewer, id: string): Promise<string> =>
    (await act(service, viewer, 'decideActivityPlan', { id, isApproved: true })).status;
  type Action = { action: string; allowed: boolean; refusal: { reason: string } | null };
  const offered = async (viewer: Viewer, id: string): Promise<Action | undefined> =>
    (
      await see<{ availableActions: Action[] }>(
        service,
        viewer,
        id,
        'availableActions { action allowed refusal { reason } }',
      )
    )?.availableActions.find(({ action }) => action === 'decideActivityPlan');

  it('[A105] are decided by whom a grant names, up to the budget it reaches, until it is revoked', async () => {
    const estate = await anEstate(service);
    const { supervisor, administrator, director } = estate;
    const [edge, over, small] = [
      await submitted(estate, 600_000, 0),
      await submitted(estate, 600_001, 2),
      await submitted(estate, 100, 4),
    ];
    expect(await undecided(supervisor, edge)).toEqual(['ACCESS_DENIED']);
    const terms = { action: 'APPROVE_ACTIVITY', limitAmount: 600_000 };
    const grant = await anAuthority(service, estate, { ...terms, role: 'supervisor' });
    expect(await offered(supervisor, edge)).toEqual({ action: 'decideActivityPlan', allowed: true, refusal: null });
    expect(await offered(supervisor, over)).toMatchObject({ allowed: false, refusal: { reason: 'AUTHORITY_LACKING' } });
    expect(await undecided(supervisor, over)).toEqual(['AUTHORITY_LACKING A105']);
    expect(await decided(supervisor, edge)).toBe('APPROVED');
    await grant.revoke();
    expect(await undecided(supervisor, small)).toEqual(['AUTHORITY_LACKING A105']);
    expect(await offered(supervisor, small)).toMatchObject({ allowed: false, refusal: { reason: 'ACCESS_DENIED' } });
    // The built-in authority goes on, but for the role that something else was granted to.
    await anAuthority(service, estate, { ...terms, role: 'administrativeSupervisor', limitAmount: 99 });
    expect(await undecided(administrator, small)).toEqual(['AUTHORITY_LACKING A105']);
    expect(await decided(director, over)).toBe('APPROVED');
  });
});

describe('announcements', () => {
  it('[A227] are published by whom a grant names, until it is revoked', async () => {
    const estate = await anEstate(service);
    const { clerk, guard, supervisor } = estate;
    const [first, second] = [await aDraft(estate), await aDraft(estate)];
    expect(await unpublished(clerk, first)).toEqual(['ACCESS_DENIED']);
    const grant = await anAuthority(service, estate, { action: 'PUBLISH_ANNOUNCEMENT', role: 'clerk' });
    expect(await published(clerk, first)).toBe('PUBLISHED');
    expect(await unpublished(guard, second)).toEqual(['AUTHORITY_LACKING A227']);
    await grant.revoke();
    expect(await unpublished(clerk, second)).toEqual(['AUTHORITY_LACKING A227']);
    expect(await published(supervisor, second)).toBe('PUBLISHED');
  });

  it('[A227] are published by a delegate from the first day of the delegation to the end of its last', async () => {
    const estate = await anEstate(service);
    const { clerk, communityId } = estate;
    const [first, last, late] = [await aDraft(estate), await aDraft(estate), await aDraft(estate)];
    const days = { validFrom: '2026-03-03', validTo: '2026-03-05' };
    const lent = { action: 'PUBLISH_ANNOUNCEMENT', delegateId: clerk.staffId ?? '', ...days };
    await anAuthority(service, estate, { ...lent, communityId });
    const at = (instant: string) => service.move({ set: new Date(instant) });
    await at('2026-03-02T23:59:59.000+08:00');
    expect(await unpublished(clerk, first)).toEqual(['AUTHORITY_LACKING A227']);
    await at('2026-03-03T00:00:00.000+08:00');
    expect(await published(clerk, first)).toBe('PUBLISHED');
    await at('2026-03-04T23:59:59.000+08:00');
    expect(await published(clerk, last)).toBe('PUBLISHED');
    await at('2026-03-05T00:00:00.000+08:00');
    expect(await unpublished(clerk, late)).toEqual(['AUTHORITY_LACKING A227']);
  });
});
