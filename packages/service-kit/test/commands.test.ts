import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, startTestService, type TestService } from '@steward/test-kit';

import { sealReasonsMigration } from '../src/seal-reasons-migration.ts';
import { communityId, lampsOf, lightLamp, stepOf, tenantId, worker, type Lamp } from './lamps-fixture.ts';
import { sourceLit } from './sample-lamps.ts';
import { sample } from './sample-service.ts';

const elsewhere = aStaffViewer({ roles: ['maintenance'], tenantId, communityIds: [newId()] });
const foreigner = aStaffViewer({ roles: ['maintenance'], communityIds: 'all' });

let service: TestService;
let { light, run, see } = {} as ReturnType<typeof lampsOf>;

beforeAll(async () => {
  service = await startTestService(sample);
  ({ light, run, see } = lampsOf(service));
});
afterAll(() => service.stop());

describe('a command', () => {
  test('is one transaction: row, number, history and events', async () => {
    const lamp = await light();
    expect(lamp.number).toMatch(/^L-20260302-\d{4}$/);
    const events = (await service.events()).filter(({ aggregateId }) => aggregateId === lamp.id);
    expect(events.map(({ type, aggregateVersion }) => [type, aggregateVersion])).toEqual([
      ['steward.sample.lamp.lit.v1', 1],
      ['steward.sample.lamp.deadline-started.v1', 2],
    ]);
    expect(lamp.version).toBe(2);
  });
  test('that never asks for authorisation is refused and masked', async () => {
    const { id } = await light();
    const refusal = await service.refused(worker, stepOf('forgetfulLamp'), { input: { id } });
    expect(refusal.extensions).toMatchObject({ code: 'INTERNAL', reason: 'INTERNAL' });
    expect(refusal.message).not.toMatch(/forgetful/);
  });
  test('that saves without an event is refused and keeps nothing', async () => {
    const { id, watts } = await light();
    await service.refused(worker, stepOf('silentLamp'), { input: { id } });
    expect((await see(id)).data.lamp?.watts).toBe(watts);
  });
  test('tells only who may act that a version is stale', async () => {
    const { id } = await light();
    const refusal = await service.refused(elsewhere, stepOf('dimLamp'), { input: { id, expectedVersion: 99 } });
    expect(refusal.extensions.reason).toBe('NOT_FOUND');
  });
  test('refuses a stale version, with the versions', async () => {
    const { id, version } = await light();
    await run('dimLamp', { id, expectedVersion: version });
    const refusal = await service.refused(worker, stepOf('dimLamp'), { input: { id, expectedVersion: version } });
    expect([refusal.extensions.code, refusal.extensions.reason]).toEqual(['CONFLICT', 'STALE_VERSION']);
    expect(refusal.message).toBe(`It was changed meanwhile: version ${version + 1} instead of ${version}.`);
  });
});

describe('an idempotency key', () => {
  test('answers the first result again, also to twenty at once', async () => {
    const key = `key-${newId()}`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => light({ idempotencyKey: key })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });
  test('too short, or with a control character, is refused', async () => {
    for (const idempotencyKey of ['short', 'null\u0000null']) {
      const refusal = await service.refused(worker, lightLamp, {
        input: { communityId, watts: 1, ownerName: 'A', idempotencyKey },
      });
      expect(refusal.extensions.reason).toBe('IDEMPOTENCY_KEY_UNFIT');
    }
  });
  test('with other input is refused in the language of the request', async () => {
    const key = `key-${newId()}`;
    await light({ idempotencyKey: key });
    const again = { input: { communityId, watts: 61, ownerName: '王小明', idempotencyKey: key } };
    const refusal = await service.refused(worker, lightLamp, again, 'zh-CN');
    expect(refusal.extensions.reason).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(refusal.message).toBe('该幂等键已用于其他内容的请求。');
  });
  test('keeps of the input a hash that nobody without the key can compute', async () => {
    const idempotencyKey = `key-${newId()}`;
    const input = { communityId, watts: 60, ownerName: '王小明', idempotencyKey };
    const foreignInput = { ...input, idempotencyKey: `key-${newId()}` };
    await service.ok(worker, lightLamp, { input });
    await service.ok(foreigner, lightLamp, { input: foreignInput });
    const rows = await service.sql<{ mac: string; plain: string | null }>(
      'select input_mac as mac, input_sha256 as plain from idempotency_key where key = any($1)',
      [[idempotencyKey, foreignInput.idempotencyKey]],
    );
    expect(rows).toHaveLength(2);
    const macs = new Set(rows.map(({ mac }) => mac));
    // The same input of two companies: a hash without a key would be one.
    expect(macs.size).toBe(2);
    expect([...macs].every((mac) => /^[\w-]{43}$/.test(mac))).toBe(true);
    expect(rows.map(({ plain }) => plain)).toEqual([null, null]);
  });
  test('from before inputs were hashed with a key answers its first result', async () => {
    const idempotencyKey = `key-${newId()}`;
    const { id } = await light({ idempotencyKey });
    await service.sql('update idempotency_key set input_mac = null where key = $1', [idempotencyKey]);
    expect((await light({ idempotencyKey })).id).toBe(id);
  });
});

describe('access', () => {
  test("another community's staff find nothing to act on, and see nothing", async () => {
    const { id } = await light();
    const refusal = await service.refused(elsewhere, stepOf('dimLamp'), { input: { id } });
    expect(refusal.extensions.code).toBe('NOT_FOUND');
    const { data, errors } = await see(id, elsewhere);
    expect([data.lamp, errors]).toEqual([null, undefined]);
  });
  test("a foreign tenant's id is an absent one", async () => {
    const { id } = await light();
    expect((await see(id, foreigner)).data.lamp).toBeNull();
    expect((await service.refused(foreigner, stepOf('dimLamp'), { input: { id } })).extensions.code).toBe('NOT_FOUND');
  });
  test('a resident sees their own', async () => {
    const resident = aResidentViewer({ tenantId });
    const mine = await light({ personId: resident.personId });
    const other = await light();
    expect((await see(mine.id, resident)).data.lamp?.id).toBe(mine.id);
    expect((await see(other.id, resident)).data.lamp).toBeNull();
  });
  test('a field of its own row is null for who may not see it', async () => {
    expect((await light()).secretWatts).toBeNull();
  });
  test('without an identity there is no graph', async () => {
    const response = await fetch(`${service.url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{__typename}"}',
    });
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

test('an id that is none is refused with its place', async () => {
  const { code, reason, violations } = (await service.refused(worker, stepOf('dimLamp'), { input: { id: 'x' } }))
    .extensions;
  expect([code, reason, violations.map(({ path }) => path)]).toEqual([
    'BAD_USER_INPUT',
    'VALUE_MALFORMED',
    ['input.id'],
  ]);
});

test("an id that is none spoils nobody else's answer", async () => {
  const { id } = await light();
  const { data } = await service.graphql<{ good: Lamp; bad: null }>(
    worker,
    `query($id: ID!) { good: lamp(id: $id) { id } bad: lamp(id: "x") { id } }`,
    { id },
  );
  expect([data.good.id, data.bad]).toEqual([id, null]);
});

describe('personal data', () => {
  test('is sealed in the row and masked in the history', async () => {
    const lamp = await light();
    expect(lamp.ownerName).toBe('王小明');
    const [row] = await service.sql<{ text: string }>(
      `select (select lamp::text from lamp where id = $1) || (select string_agg(change::text, '') from change where aggregate_id = $1) as text`,
      [lamp.id],
    );
    expect(row?.text).not.toMatch(/王小明/);
    expect(row?.text).toMatch(/\*\*\*/);
  });
  test('is sealed where somebody gives it as a reason, however it looks, and told to who reads the history', async () => {
    const { id } = await light();
    for (const reason of ['王小明不在家', 'WANG', 'wang']) await run('dimLamp', { id, reason });
    await run('dimLamp', { id, reasonCode: 'inspectDays' });
    const kept = await service.sql<{ reason: string | null; reason_sealed: string | null }>(
      'select reason, reason_sealed from change where aggregate_id = $1 order by id desc limit 4',
      [id],
    );
    const sealed = { reason: null, reason_sealed: expect.stringMatching(/^1\./) };
    expect(kept).toEqual([{ reason: 'inspectDays', reason_sealed: null }, sealed, sealed, sealed]);
    const document = 'query($id: ID!) { lamp(id: $id) { history(first: 5) { nodes { reason } } } }';
    type Told = { lamp: { history: { nodes: { reason: string | null }[] } } };
    const told = await service.ok<Told>(worker, document, { id });
    expect(told.lamp.history.nodes.map(({ reason }) => reason)).toEqual([
      'inspectDays',
      'wang',
      'WANG',
      '王小明不在家',
      null,
    ]);
    // Histories from before the column was there go on being read.
    const { up, down } = sealReasonsMigration;
    await service.sql(down);
    const inOne = "select count(*)::int as n from change where aggregate_id = $1 and reason ~ '^1[.]'";
    expect(await service.sql(inOne, [id])).toEqual([{ n: 3 }]);
    await service.sql(up);
    expect(await service.ok<Told>(worker, document, { id })).toEqual(told);
  });
});

test("another service's fact takes effect in the publisher's tenant", async () => {
  const torch = newId();
  await service.wire.send(sourceLit, { tenantId, communityId, aggregateId: torch, data: { watts: 5 } });
  await service.settle();
  expect(await service.sql('select tenant_id, watts from torch where id = $1', [torch])).toEqual([
    { tenant_id: tenantId, watts: 5 },
  ]);
});

test('a list is paged by keyset and counted on request', async () => {
  const place = newId();
  const clerk = { ...worker, communityIds: [place] };
  for (let count = 0; count < 5; count += 1) {
    await service.ok(clerk, lightLamp, {
      input: { communityId: place, watts: count, ownerName: 'A' },
    });
  }
  const document = `query($after: String) { lamps(first: 2, after: $after) { nodes { watts } totalCount pageInfo { hasNextPage endCursor } } }`;
  type Page = {
    lamps: { nodes: { watts: number }[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string } };
  };
  const seen: number[] = [];
  let after: string | null = null;
  for (let more = true; more;) {
    const { lamps }: Page = await service.ok<Page>(clerk, document, { after });
    seen.push(...lamps.nodes.map(({ watts }) => watts));
    expect(lamps.totalCount).toBe(5);
    ({ hasNextPage: more, endCursor: after } = lamps.pageInfo);
  }
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  const refusal = await service.refused(clerk, 'query { lamps(first: 101) { nodes { id } } }');
  expect(refusal.extensions.reason).toBe('PAGE_SIZE');
});
