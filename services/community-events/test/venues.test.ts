import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  anEstate,
  aPlan,
  aVenue,
  planned,
  refusals,
  run,
  startCommunityEvents,
  type Estate,
} from './activities-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startCommunityEvents();
});
afterAll(() => service?.stop());

const fresh = async (): Promise<Estate> => (estate = await anEstate(service));

describe('venues', () => {
  beforeAll(fresh);

  it('take one activity at a time, within their hours and size', async () => {
    await planned(service, estate);
    const clash = await refusals(
      service,
      estate.clerk,
      'planActivity',
      aPlan(estate, { startsAt: '2026-03-10T03:59:00.000Z', endsAt: '2026-03-10T05:00:00.000Z' }),
    );
    expect(clash).toEqual(['input.venueId VENUE_TAKEN A105']);
    // The end is exclusive: the next may begin at once.
    await planned(service, estate, { startsAt: '2026-03-10T04:00:00.000Z', endsAt: '2026-03-10T05:00:00.000Z' });
    const night = { startsAt: '2026-03-11T13:00:00.000Z', endsAt: '2026-03-11T14:00:01.000Z', capacity: 201 };
    expect(await refusals(service, estate.clerk, 'planActivity', aPlan(estate, night))).toEqual([
      'input.venueId VENUE_TOO_SMALL A105',
      'input.venueId VENUE_CLOSED A105',
    ]);
    const purpose = { communityId: estate.communityId, venueId: estate.venueId, purpose: '太极班' };
    const time = { startsAt: '2026-03-10T02:30:00.000Z', endsAt: '2026-03-10T03:00:00.000Z' };
    expect(await refusals(service, estate.clerk, 'bookVenue', { ...purpose, ...time }, 'venueBooking')).toEqual([
      'input.venueId VENUE_TAKEN A106',
    ]);
  });

  it('are free again when the plan moves or the activity is called off', async () => {
    const venueId = await aVenue(service, estate, { nameEn: 'Club' });
    const id = await planned(service, estate, { venueId });
    const moved = { startsAt: '2026-03-14T02:00:00.000Z', endsAt: '2026-03-14T04:00:00.000Z' };
    await act(service, estate.clerk, 'updateActivityPlan', { id, ...moved });
    const second = await planned(service, estate, { venueId });
    await act(service, estate.supervisor, 'cancelActivity', { id: second, reasonCode: 'WEATHER' });
    const bookings = await service.sql<{ status: string }>(
      'select status from venue_booking where venue_id = $1 order by created_at, id',
      [venueId],
    );
    expect(bookings.map(({ status }) => status)).toEqual(['RELEASED', 'BOOKED', 'RELEASED']);
    expect(await refusals(service, estate.supervisor, 'retireVenue', { id: venueId }, 'venue')).toEqual([
      'VENUE_BOOKED A106',
    ]);
  });

  it('are booked for other purposes, which stay sealed as they may tell of people', async () => {
    const venueId = await aVenue(service, estate, { nameEn: 'Hall' });
    const time = { startsAt: '2026-03-12T02:00:00.000Z', endsAt: '2026-03-12T04:00:00.000Z' };
    const input = { communityId: estate.communityId, venueId, purpose: ' 张家婚宴 ', ...time };
    type Booked = { venueBooking: { id: string; purpose: string; history: { nodes: unknown[] } } };
    const shown = 'venueBooking { id purpose history(first: 1) { nodes { fields { field to } } } }';
    const { venueBooking } = await run<Booked>(service, estate.clerk, 'bookVenue', input, shown);
    const { id, purpose, history } = venueBooking;
    expect(purpose).toBe('张家婚宴');
    expect(JSON.stringify(history)).toContain('"purposeSealed","to":"***"');
    const kept = await service.sql('select b::text as text from venue_booking b where id = $1', [id]);
    expect(JSON.stringify(kept)).not.toContain('张家');
  });

  it('cannot be booked twice by two at once, nor past the commands', async () => {
    const venueId = await aVenue(service, estate, { nameEn: 'Court' });
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const query = 'mutation ($input: PlanActivityInput!) { planActivity(input: $input) { activity { id } } }';
        const { errors } = await service.graphql(estate.clerk, query, { input: aPlan(estate, { venueId }) });
        return errors?.[0]?.extensions.violations[0]?.reason ?? 'BOOKED';
      }),
    );
    expect(outcomes.toSorted()).toEqual(['BOOKED', 'VENUE_TAKEN', 'VENUE_TAKEN', 'VENUE_TAKEN']);
    const again = service.sql(
      `insert into venue_booking select gen_random_uuid(), tenant_id, community_id, 'X', 1, now(), venue_id, null,
         starts_at, ends_at, 'BOOKED', 'x' from venue_booking where venue_id = $1`,
      [venueId],
    );
    await expect(again).rejects.toThrow('venue_booking_no_clash');
  });
});
