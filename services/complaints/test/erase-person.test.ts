import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { personErased } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aComplaint, aForm, act, anEstate, startComplaints, type Estate } from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const seen = `query ($id: ID!) { complaint(id: $id) { status grade summary course demand contactNameMasked contactPhoneMasked
  contactForms { content } history { nodes { action fields { field from to } } } } }`;

const look = async (id: string) =>
  (await service.ok<{ complaint: Record<string, unknown> }>(estate.clerk, seen, { id })).complaint;

it('[B017] an erased person leaves the complaint, its grade and its history, but no name, phone or word', async () => {
  const { tenantId, communityId, resident } = estate;
  const theirs = await aComplaint(service, estate, {}, resident);
  const desks = await aComplaint(service, estate);
  await act(service, estate.clerk, 'routeComplaint', { id: theirs, forms: [aForm('SECURITY', '张建国家楼上吵闹')] });
  const personId = resident.personId ?? '';
  await service.wire.send(personErased, {
    tenantId,
    communityId,
    aggregateId: personId,
    data: { personId, erasureId: newId(), erasedAt: '2026-03-02T01:00:00.000Z', vacatedHouseholdIds: [] },
  });
  await service.settle();
  const bare = await look(theirs);
  expect(bare).toMatchObject({ grade: 'MINOR', summary: '', course: '', demand: '', contactPhoneMasked: null });
  expect(bare).toMatchObject({ contactNameMasked: '***', contactForms: [{ content: '' }] });
  expect(JSON.stringify(bare)).not.toMatch(/张|1381234|138\*|噪音/);
  expect(await look(desks)).toMatchObject({ contactNameMasked: '张**', summary: '楼上夜间噪音扰民' });
});
