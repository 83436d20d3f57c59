import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { householdUnitReleased, placeUpdated, staffLeft, staffPostEnded } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import {
  aColleague,
  aComplaint,
  aHousehold,
  anEstate,
  aPlace,
  aReport,
  leave,
  reasons,
  see,
  startComplaints,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

describe('what residents and hr tell', () => {
  it('a place that changes is known as it is', async () => {
    const { tenantId, communityId } = estate;
    const placeId = await aPlace(service, estate, { path: '3/1/1301' });
    const rest = { usage: null, commonAreaCode: 'GYM', areaM2: null, floor: 13, deliveredOn: null };
    const known = { placeId, communityId, parentId: null, code: 'GYM', path: '3/1/GYM', warrantyFrom: null };
    const data = { ...known, ...rest, kind: 'COMMON_AREA' as const, designLifeYears: null };
    await service.wire.send(placeUpdated, { tenantId, communityId, aggregateId: placeId, data });
    await service.settle();
    const id = await aComplaint(service, estate, { placeId });
    expect(await see(service, estate.clerk, id, 'unit { id } place { id }')).toEqual({
      unit: null,
      place: { id: placeId },
    });
  });

  it('a household that has released a unit complains no more for it; of two nobody is guessed', async () => {
    const { tenantId, communityId } = estate;
    const placeId = await aPlace(service, estate, { path: '3/1/1401' });
    const first = await aHousehold(service, estate, placeId, newId());
    const second = await aHousehold(service, estate, placeId, newId());
    await service.settle();
    const householdAt = async () =>
      (
        await see<{ household: object | null }>(
          service,
          estate.clerk,
          await aComplaint(service, estate, { placeId }),
          'household { id }',
        )
      ).household;
    expect(await householdAt()).toBeNull();
    const [holding] = await service.sql<{ id: string }>('select id from household_unit where household_id = $1', [
      first,
    ]);
    const days = { validFrom: '2020-01-01', validTo: '2026-03-02' };
    const released = { householdId: first, holdingId: holding?.id ?? '', unitId: placeId, tenure: 'OWNED' as const };
    await service.wire.send(householdUnitReleased, {
      tenantId,
      communityId,
      aggregateId: first,
      data: { ...released, ...days },
    });
    await service.settle();
    expect(await householdAt()).toEqual({ id: second });
  });

  it('a colleague whose post has ended, or who has left, handles nothing', async () => {
    const { tenantId, communityId } = estate;
    const gone = await aColleague(service, estate, 'guard', 'SECURITY');
    const moved = await aColleague(service, estate, 'guard', 'SECURITY');
    await service.settle();
    const data = { staffId: gone.staffId ?? '', leftOn: '2026-03-02' };
    await service.wire.send(staffLeft, { tenantId, aggregateId: gone.staffId ?? '', data });
    const staffId = moved.staffId ?? '';
    const [post] = await service.sql<{ id: string }>('select id from staff_post_reference where staff_id = $1', [
      staffId,
    ]);
    const terms = { departmentId: newId(), departmentCode: 'SECURITY', teamId: null, positionCode: 'GUARD' };
    const days = { role: 'guard' as const, validFrom: '2024-01-01', validTo: '2026-03-02' };
    await service.wire.send(staffPostEnded, {
      tenantId,
      aggregateId: staffId,
      data: { staffId, postId: post?.id ?? '', communityId, ...terms, ...days },
    });
    await service.settle();
    const id = await aComplaint(service, estate);
    for (const { staffId: handlerId } of [gone, moved]) {
      expect(await reasons(service, estate.clerk, 'assignComplaint', { id, handlerId })).toEqual([
        'STAFF_NOT_OF_COMMUNITY',
      ]);
    }
  });

  it('a community that is managed no longer takes nothing in, and its timers end', async () => {
    const home = await anEstate(service);
    await leave(service, home);
    const registering = `mutation ($input: RegisterComplaintInput!) { registerComplaint(input: $input) { complaint { id } } }`;
    const { extensions } = await service.refused(home.clerk, registering, { input: aReport(home) });
    expect(extensions.reason).toBe('COMMUNITY_UNKNOWN');
    await service.move({ advance: 'P8D' });
    const waiting = await service.sql(
      `select kind from timer where community_id = $1 and state = 'WAITING' and kind <> 'complaint-monthly-report'`,
      [home.communityId],
    );
    expect(waiting).toEqual([]);
  });
});
