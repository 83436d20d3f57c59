import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, startTestService, type TestService } from '@steward/test-kit';

import { failFlicker, sourceLit } from './sample-lamps.ts';
import { sample } from './sample-service.ts';

let service: TestService;
const tenantId = newId();
const communityId = newId();
const worker = aStaffViewer({ roles: ['maintenance'], tenantId, communityIds: [communityId] });
const supervisor = aStaffViewer({ roles: ['supervisor'], tenantId, communityIds: [communityId] });
const elsewhere = aStaffViewer({ roles: ['maintenance'], tenantId, communityIds: [newId()] });
const foreigner = aStaffViewer({ roles: ['maintenance'], communityIds: 'all' });

beforeAll(async () => {
  service = await startTestService(sample);
});
afterAll(() => service.stop());
afterEach(() => failFlicker(0));

const lampFields =
  'id number version watts ownerName secretWatts deadlines { kind state dueAt breachedAt pausedForSeconds }';
type Lamp = {
  id: string;
  number: string;
  version: number;
  watts: number;
  ownerName: string;
  secretWatts: number | null;
  deadlines: { kind: string; state: string; dueAt: string; breachedAt: string | null; pausedForSeconds: number }[];
};

const light = (input: object = {}) =>
  service
    .ok<{ lightLamp: { lamp: Lamp } }>(
      worker,
      `mutation($input: LightLampInput!) { lightLamp(input: $input) { lamp { ${lampFields} } } }`,
      {
        input: { communityId, watts: 60, ownerName: '王小明', ...input },
      },
    )
    .then((data) => data.lightLamp.lamp);
const stepOf = (name: string) => `mutation($input: StepInput!) { ${name}(input: $input) { lamp { ${lampFields} } } }`;
const run = (name: string, input: object) =>
  service.ok<Record<string, { lamp: Lamp }>>(worker, stepOf(name), { input }).then((data) => data[name]?.lamp as Lamp);
const see = (id: string, viewer = worker) =>
  service.graphql<{ lamp: Lamp | null }>(viewer, `query($id: ID!) { lamp(id: $id) { ${lampFields} } }`, { id });

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
      const document = `mutation($input: LightLampInput!) { lightLamp(input: $input) { lamp { id } } }`;
      const refusal = await service.refused(worker, document, {
        input: { communityId, watts: 1, ownerName: 'A', idempotencyKey },
      });
      expect(refusal.extensions.reason).toBe('IDEMPOTENCY_KEY_UNFIT');
    }
  });
  test('with other input is refused in the language of the request', async () => {
    const key = `key-${newId()}`;
    await light({ idempotencyKey: key });
    const again = { input: { communityId, watts: 61, ownerName: '王小明', idempotencyKey: key } };
    const document = `mutation($input: LightLampInput!) { lightLamp(input: $input) { lamp { id } } }`;
    const refusal = await service.refused(worker, document, again, 'zh-CN');
    expect(refusal.extensions.reason).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(refusal.message).toBe('该幂等键已用于其他内容的请求。');
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
});

describe('a deadline', () => {
  const deadline = async (id: string) => (await see(id)).data.lamp?.deadlines[0];
  const told = (id: string) =>
    service.sql<{ role: string; template: string }>(
      `select role, template from notification where aggregate_id = $1 and template <> 'flicker' order by id`,
      [id],
    );

  test('warns, is breached after its last instant, and escalates', async () => {
    const { id } = await light();
    const dueAt = new Date((await deadline(id))?.dueAt ?? 0);
    await service.move({ set: dueAt });
    expect(await deadline(id)).toMatchObject({ state: 'RUNNING', breachedAt: null });
    expect(await told(id)).toEqual([{ role: 'maintenance', template: 'deadlineWarned' }]);
    await service.move({ advance: 'P3D' });
    expect(await deadline(id)).toMatchObject({ state: 'BREACHED', breachedAt: dueAt.toISOString() });
    expect((await told(id)).slice(1)).toEqual([
      { role: 'supervisor', template: 'deadlineBreached' },
      { role: 'director', template: 'deadlineEscalated' },
    ]);
    const facts = (await service.events())
      .filter(({ aggregateId }) => aggregateId === id)
      .map(({ type }) => type.split('.')[3]);
    expect(facts).toEqual(['lit', 'deadline-started', 'deadline-warned', 'deadline-breached']);
  });
  test('met in time tells nobody later', async () => {
    const { id } = await light();
    await run('inspectLamp', { id });
    await service.move({ advance: 'P9D' });
    expect((await deadline(id))?.state).toBe('MET');
    expect(await told(id)).toEqual([]);
  });
  test('met late stays breached, and the database keeps it so', async () => {
    const { id } = await light();
    await service.move({ advance: 'P4D' });
    await run('inspectLamp', { id });
    expect((await deadline(id))?.state).toBe('BREACHED');
    await expect(
      service.sql(`update deadline set state = 'MET', breached_at = null where aggregate_id = $1`, [id]),
    ).rejects.toThrow(/breach cannot be edited/);
  });
  test('stands still while paused and keeps the rest of its time', async () => {
    const { id } = await light();
    const before = new Date((await deadline(id))?.dueAt ?? 0);
    await run('pauseLamp', { id });
    await service.move({ advance: 'P5D' });
    expect((await deadline(id))?.state).toBe('PAUSED');
    await run('resumeLamp', { id });
    const after = await deadline(id);
    expect(new Date(after?.dueAt ?? 0).getTime() - before.getTime()).toBe(5 * 86_400_000);
    expect(after?.pausedForSeconds).toBe(5 * 86_400);
    await service.move({ set: new Date(new Date(after?.dueAt ?? 0).getTime() + 1) });
    expect((await deadline(id))?.state).toBe('BREACHED');
  });
  test('met late before its timer came round is breached, told and published all the same', async () => {
    const { id } = await light();
    const dueAt = new Date((await deadline(id))?.dueAt ?? 0);
    const late = new Date(dueAt.getTime() + 60_000);
    await service.sql(`update service_clock set now = $1`, [late]);
    await service.restart();
    // Both the timer loop and the command may be first; either way everybody is told once.
    await run('inspectLamp', { id });
    await service.move({ set: late });
    expect((await deadline(id))?.state).toBe('BREACHED');
    expect((await told(id)).filter(({ template }) => template === 'deadlineBreached')).toHaveLength(1);
    const facts = (await service.events())
      .filter(({ aggregateId }) => aggregateId === id)
      .map(({ type }) => type.split('.')[3]);
    expect(facts.slice(-2).toSorted()).toEqual(expect.arrayContaining(['deadline-met']));
    expect(facts.filter((fact) => fact === 'deadline-breached')).toHaveLength(1);
  });
  test('paused after it was due is breached, not saved by the pause', async () => {
    const { id } = await light();
    const late = new Date(new Date((await deadline(id))?.dueAt ?? 0).getTime() + 86_400_000);
    await service.sql(`update service_clock set now = $1`, [late]);
    await service.restart();
    await run('pauseLamp', { id });
    await run('resumeLamp', { id });
    await service.move({ advance: 'P1D' });
    expect((await deadline(id))?.state).toBe('BREACHED');
  });
  test('cancelled is over', async () => {
    const { id } = await light();
    await run('abandonLamp', { id });
    await service.move({ advance: 'P9D' });
    expect((await deadline(id))?.state).toBe('CANCELLED');
  });
  test('keeps the figures it started with; the next one has the new ones', async () => {
    const old = await light();
    const document = `mutation($input: SetLampPolicyInput!) { setLampPolicy(input: $input) { id } }`;
    await service.ok(supervisor, document, {
      input: { communityId, key: 'inspectDays', value: 5, reason: 'a long holiday' },
    });
    const fresh = await light();
    const days = (await Promise.all([old, fresh].map(({ id }) => deadline(id)))).map((each) =>
      new Date(each?.dueAt ?? 0).getTime(),
    );
    expect((days[1] ?? 0) - (days[0] ?? 0)).toBe(3 * 86_400_000);
    const wrong = await service.refused(supervisor, document, {
      input: { communityId, key: 'inspectDays', value: 'soon', reason: 'a long holiday' },
    });
    expect(wrong.extensions).toMatchObject({ reason: 'POLICY_VALUE', rule: 'T001' });
  });
  test("takes a community's first figures, four at once", async () => {
    const fresh = newId();
    const boss = { ...supervisor, communityIds: [fresh] };
    const document = `mutation($input: SetLampPolicyInput!) { setLampPolicy(input: $input) { id } }`;
    const input = { communityId: fresh, key: 'inspectDays', reason: 'a long holiday' };
    const answers = await Promise.all(
      [1, 2, 3, 4].map((value) => service.graphql(boss, document, { input: { ...input, value } })),
    );
    expect(answers.flatMap(({ errors = [] }) => errors)).toEqual([]);
  });
});

describe('a timer', () => {
  const timer = (id: string) =>
    service.sql<{ state: string; attempts: number; last_error: string | null }>(
      `select state, attempts, last_error from timer where aggregate_id = $1 and kind = 'flicker'`,
      [id],
    );
  test('runs at its own time, once, also after a restart', async () => {
    const { id } = await light();
    await service.restart();
    await service.move({ advance: 'P1D' });
    expect(await timer(id)).toEqual([{ state: 'DONE', attempts: 0, last_error: null }]);
    expect(await service.sql(`select 1 from notification where params->>'lampId' = $1`, [id])).toHaveLength(1);
  });
  test('that fails runs again later and leaves nothing half done', async () => {
    const { id } = await light();
    failFlicker(1);
    await service.move({ advance: 'PT2H' });
    expect(await timer(id)).toEqual([{ state: 'DONE', attempts: 1, last_error: 'TypeError' }]);
    expect(await service.sql(`select 1 from notification where params->>'lampId' = $1`, [id])).toHaveLength(1);
  });
  test('that always fails is parked with its reason', async () => {
    const { id } = await light();
    failFlicker(99);
    await service.move({ advance: 'P1D' });
    expect(await timer(id)).toEqual([{ state: 'FAILED', attempts: 7, last_error: 'TypeError' }]);
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
    await service.ok(clerk, `mutation($input: LightLampInput!) { lightLamp(input: $input) { lamp { id } } }`, {
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
