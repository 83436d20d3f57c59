import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import {
  householdMembershipEnded,
  householdUnitReleased,
  placeUpdated,
  staffLeft,
  staffPostEnded,
} from '@steward/events';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import {
  aHousehold,
  aPlace,
  aWorker,
  act,
  anEstate,
  anOrder,
  completed,
  look,
  refusal,
  startWorkOrders,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service.stop());

describe('what residents and hr tell', () => {
  it('a place takes building and warranty from its building, whichever is told of first', async () => {
    const unit = await aPlace(service, estate, { path: '9/1/301' });
    await service.settle();
    const early = await look(service, estate.clerk, await anOrder(service, estate, { placeId: unit, part: null }));
    expect(early.isPaid).toBe(true);
    await aPlace(service, estate, { kind: 'BUILDING', path: '9', warrantyFrom: '2025-06-01' });
    await service.settle();
    const later = await look(service, estate.clerk, await anOrder(service, estate, { placeId: unit, part: null }));
    expect(later).toMatchObject({
      isPaid: false,
      responsibleParty: 'DEVELOPER_WARRANTY',
      warrantyEndsOn: '2027-06-01',
    });
  });

  it('a place that changes is known as it is', async () => {
    const placeId = await aPlace(service, estate, { path: '3/1/1301', warrantyFrom: '2015-01-01' });
    const { tenantId, communityId } = estate;
    const rest = {
      usage: 'RESIDENTIAL' as const,
      commonAreaCode: null,
      areaM2: null,
      floor: 13,
      designLifeYears: null,
    };
    const known = {
      placeId,
      communityId,
      parentId: null,
      kind: 'UNIT' as const,
      code: '1301',
      path: '3/1/1301',
      ...rest,
    };
    const warranty = { deliveredOn: '2025-09-01', warrantyFrom: '2025-09-01' };
    await service.wire.send(placeUpdated, {
      tenantId,
      communityId,
      aggregateId: placeId,
      data: { ...known, ...warranty },
    });
    await service.settle();
    const order = await look(service, estate.clerk, await anOrder(service, estate, { placeId, part: null }));
    expect(order.warrantyEndsOn).toBe('2027-09-01');
  });

  it('a resident whose membership has ended sees the household’s orders no more', async () => {
    const { tenantId, communityId } = estate;
    const placeId = await aPlace(service, estate, { path: '3/1/1401' });
    const person = aResidentViewer({ tenantId, communityIds: [communityId] });
    const householdId = await aHousehold(service, estate, placeId, person.personId ?? '');
    await service.settle();
    const id = await anOrder(service, estate, { placeId });
    expect((await look(service, person, id)).household).toEqual({ id: householdId });
    const [member] = await service.sql<{ id: string }>('select id from household_member where household_id = $1', [
      householdId,
    ]);
    const ended = { membershipId: member?.id ?? '', unitIds: [placeId], organisationId: null, role: 'OWNER' as const };
    const days = { validFrom: '2020-01-01', validTo: '2026-03-01' };
    const data = { householdId, ...ended, personId: person.personId ?? '', ...days };
    await service.wire.send(householdMembershipEnded, { tenantId, communityId, aggregateId: householdId, data });
    await service.settle();
    await expect(look(service, person, id)).rejects.toThrow();
  });

  it('a household that has released a unit is not asked for its repairs', async () => {
    const { tenantId, communityId } = estate;
    const placeId = await aPlace(service, estate, { path: '3/1/1501' });
    const householdId = await aHousehold(service, estate, placeId, newId());
    await service.settle();
    const [holding] = await service.sql<{ id: string }>('select id from household_unit where household_id = $1', [
      householdId,
    ]);
    const days = { validFrom: '2020-01-01', validTo: '2026-03-02' };
    const data = { householdId, holdingId: holding?.id ?? '', unitId: placeId, tenure: 'OWNED' as const, ...days };
    await service.wire.send(householdUnitReleased, { tenantId, communityId, aggregateId: householdId, data });
    await service.settle();
    expect((await look(service, estate.clerk, await anOrder(service, estate, { placeId }))).household).toBeNull();
  });

  it('a worker whose post has ended gets no more orders', async () => {
    const { tenantId, communityId } = estate;
    const worker = await aWorker(service, estate);
    await service.settle();
    const [post] = await service.sql<{ id: string }>('select id from staff_post_reference where staff_id = $1', [
      worker.staffId,
    ]);
    const terms = { departmentId: newId(), departmentCode: 'MAINTENANCE', teamId: null, positionCode: 'REPAIR_WORKER' };
    const days = { role: 'maintenance' as const, validFrom: '2024-01-01', validTo: '2026-03-02' };
    const staffId = worker.staffId ?? '';
    const data = { staffId, postId: post?.id ?? '', communityId, ...terms, ...days };
    await service.wire.send(staffPostEnded, { tenantId, aggregateId: staffId, data });
    await service.settle();
    const id = await anOrder(service, estate);
    const refused = await refusal(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: staffId });
    expect(refused).toMatchObject({ reason: 'STAFF_NOT_OF_COMMUNITY' });
  });

  it('[A073] work of somebody who has left is dispatched anew, at once', async () => {
    const home = await anEstate(service);
    const id = await anOrder(service, home);
    await completed(service, home, id);
    const staffId = home.plumber.staffId ?? '';
    await service.wire.send(staffLeft, {
      tenantId: home.tenantId,
      aggregateId: staffId,
      data: { staffId, leftOn: '2026-03-02' },
    });
    await service.settle();
    await act(service, home.resident, 'refuseWorkOrderAcceptance', { id, reason: '没有修好' });
    const order = await look(service, home.clerk, id);
    expect(order).toMatchObject({ status: 'RECEIVED', assignee: null });
    const clock = order.deadlines.findLast(({ kind }) => kind === 'DISPATCH');
    expect((Date.parse(clock?.dueAt ?? '') - Date.parse(clock?.startedAt ?? '')) / 60_000).toBe(15);
  });
});
