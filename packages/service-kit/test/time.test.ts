import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { startTestService, type TestService } from '@steward/test-kit';

import { communityId, lampsOf, setLampPolicy, supervisor } from './lamps-fixture.ts';
import { failFlicker } from './sample-lamps.ts';
import { sample } from './sample-service.ts';

let service: TestService;
let { light, run, see } = {} as ReturnType<typeof lampsOf>;

beforeAll(async () => {
  service = await startTestService(sample);
  ({ light, run, see } = lampsOf(service));
});
afterAll(() => service.stop());
afterEach(() => failFlicker(0));

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
    expect(facts.at(-1)).toBe('deadline-met');
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
    await service.ok(supervisor, setLampPolicy, {
      input: { communityId, key: 'inspectDays', value: 5, reason: 'a long holiday' },
    });
    const fresh = await light();
    const days = (await Promise.all([old, fresh].map(({ id }) => deadline(id)))).map((each) =>
      new Date(each?.dueAt ?? 0).getTime(),
    );
    expect((days[1] ?? 0) - (days[0] ?? 0)).toBe(3 * 86_400_000);
    const wrong = await service.refused(supervisor, setLampPolicy, {
      input: { communityId, key: 'inspectDays', value: 'soon', reason: 'a long holiday' },
    });
    expect(wrong.extensions).toMatchObject({ reason: 'POLICY_VALUE', rule: 'T001' });
  });
  test("takes a community's first figures, four at once", async () => {
    const fresh = newId();
    const boss = { ...supervisor, communityIds: [fresh] };
    const input = { communityId: fresh, key: 'inspectDays', reason: 'a long holiday' };
    const answers = await Promise.all(
      [1, 2, 3, 4].map((value) => service.graphql(boss, setLampPolicy, { input: { ...input, value } })),
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
