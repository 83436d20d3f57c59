import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { personErased } from '@steward/events';
import { startTestService, type TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';
import { see } from './work-order-views.ts';
import { act, anEstate, anOrder, printSlip, type Estate } from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let files: string;

beforeAll(async () => {
  files = await mkdtemp(path.join(tmpdir(), 'steward-erased-'));
  service = await startTestService(definition, { env: { FILES_DIR: files } });
});
beforeEach(async () => {
  estate = await anEstate(service);
});
afterAll(async () => {
  await service?.stop();
  await rm(files, { recursive: true, force: true });
});

const seen = `query ($id: ID!) { workOrder(id: $id) { status description contactNameMasked contactPhoneMasked
  history { nodes { action fields { field from to } } } } }`;

const look = async (id: string) =>
  (await service.ok<{ workOrder: Record<string, unknown> }>(estate.clerk, seen, { id })).workOrder;

async function erase(personId: string, vacatedHouseholdIds: string[]): Promise<void> {
  const { tenantId, communityId } = estate;
  await service.wire.send(personErased, {
    tenantId,
    communityId,
    aggregateId: personId,
    data: { personId, erasureId: newId(), erasedAt: '2026-03-02T01:00:00.000Z', vacatedHouseholdIds },
  });
  await service.settle();
}

const pathOf = async (fileId: string): Promise<string | undefined> =>
  (await readdir(files, { recursive: true })).find((name) => name.endsWith(fileId));
const isStored = async (fileId: string): Promise<boolean> => (await pathOf(fileId)) !== undefined;

/** An order of somebody's, in the plumber's hands, with its slip on paper. */
async function printed(viewer: Estate['clerk']) {
  const id = await anOrder(service, estate, {}, viewer);
  await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
  const { file } = await printSlip(service, estate.clerk, { id });
  return { id, fileId: file?.id ?? '', url: `${service.url()}${file?.url ?? ''}` };
}

it('[B017] an erased person leaves that slips were printed, and none of their files, nor a byte in the store', async () => {
  const theirs = await printed(estate.resident);
  const desks = await printed(estate.clerk);
  expect([await isStored(theirs.fileId), await isStored(desks.fileId)]).toEqual([true, true]);
  // Sealed on the disk, whole for whoever has the link.
  expect((await readFile(path.join(files, (await pathOf(theirs.fileId)) ?? ''))).includes('%PDF')).toBe(false);
  expect(await (await fetch(theirs.url)).text()).toContain('%PDF');
  await erase(estate.resident.personId ?? '', []);
  const prints = (id: string) => see(service, estate.clerk, id, 'dispatchSlipPrints { copy file { id } }');
  expect(await prints(theirs.id)).toEqual({ dispatchSlipPrints: [{ copy: 0, file: null }] });
  expect((await fetch(theirs.url)).status).toBe(404);
  await service.move({ set: await service.now() });
  expect(await isStored(theirs.fileId)).toBe(false);
  // Whoever asked at the desk for the same household was not erased.
  expect(await prints(desks.id)).toEqual({ dispatchSlipPrints: [{ copy: 0, file: { id: desks.fileId } }] });
  expect((await fetch(desks.url)).status).toBe(200);
  // What is printed from now on has nothing of them.
  expect(await printSlip(service, estate.clerk, { id: theirs.id })).toMatchObject({ copy: 1 });
});

it('[B017] an erased person leaves the order, its work and its history, but no name, phone or word', async () => {
  const { resident } = estate;
  const personId = resident.personId ?? '';
  const theirs = await anOrder(service, estate, {}, resident);
  const desks = await anOrder(service, estate);
  await act(service, estate.clerk, 'urgeWorkOrder', { id: theirs });
  const [before] = await service.sql<{ household: string }>(
    'select household_id as household from work_order where id = $1',
    [theirs],
  );
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
