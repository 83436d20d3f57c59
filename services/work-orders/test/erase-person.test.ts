import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { personErased } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { act, anEstate, anOrder, startWorkOrders, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const seen = `query ($id: ID!) { workOrder(id: $id) { status description contactNameMasked contactPhoneMasked
  history { nodes { action fields { field from to } } } } }`;

const look = async (id: string) =>
  (await service.ok<{ workOrder: Record<string, unknown> }>(estate.clerk, seen, { id })).workOrder;

it('[B017] an erased person leaves the order, its work and its history, but no name, phone or word', async () => {
  const { resident, tenantId, communityId } = estate;
  const personId = resident.personId ?? '';
  const theirs = await anOrder(service, estate, {}, resident);
  const desks = await anOrder(service, estate);
  await act(service, estate.clerk, 'urgeWorkOrder', { id: theirs });
  const [before] = await service.sql<{ household: string }>(
    'select household_id as household from work_order where id = $1',
    [theirs],
  );
  const erase = async (aggregateId: string, vacatedHouseholdIds: string[]): Promise<void> => {
    await service.wire.send(personErased, {
      tenantId,
      communityId,
      aggregateId,
      data: { personId: aggregateId, erasureId: newId(), erasedAt: '2026-03-02T01:00:00.000Z', vacatedHouseholdIds },
    });
    await service.settle();
  };
  await erase(personId, []);
  const bare = await look(theirs);
  expect(bare).toMatchObject({
    status: 'RECEIVED',
    description: '',
    contactNameMasked: null,
    contactPhoneMasked: null,
  });
  expect(JSON.stringify(bare)).not.toMatch(/张|1381234|138\*/);
  expect(await look(desks)).toMatchObject({ description: '厨房水龙头漏水', contactNameMasked: '张**' });
  expect(await service.sql('select 1 from household_member where person_id = $1', [personId])).toEqual([]);
  await erase(newId(), [before?.household ?? '']);
  const vacated = await service.sql(
    `select 1 from work_order where household_id = $1 and num_nonnulls(contact_name_sealed, contact_phone_sealed,
       contact_phone_index, contact_name_masked) > 0`,
    [before?.household],
  );
  expect(vacated).toEqual([]);
  await expect(service.sql(`update change set action = 'x', fields = '[]'`)).rejects.toThrow('can only forget');
});
