import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DomainError, newId } from '@steward/core';
import { definition } from '@steward/hr';
import { eventually, startTestService, testServers, testStart, type TestService } from '@steward/test-kit';

const program = fileURLToPath(new URL('../cli.ts', import.meta.url));

describe('npm run timers', () => {
  const repaired = new Set<string>();
  let service: TestService;
  let directory: string;

  beforeAll(async () => {
    const ring = (_tx: unknown, { id }: { id: string }): Promise<void> =>
      repaired.has(id) ? Promise.resolve() : Promise.reject(new DomainError('CONFLICT', 'NOT_NOW'));
    service = await startTestService({ ...definition, timers: { ring } });
    directory = mkdtempSync(path.join(tmpdir(), 'steward-timers-'));
    const { nats: natsUrl } = testServers();
    const databases = { hr: service.databaseUrl };
    writeFileSync(path.join(directory, 'run.json'), JSON.stringify({ natsUrl, databases }));
  }, 30_000);
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await service?.stop();
  });

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const all = [program, ...args, '--run-file', path.join(directory, 'run.json')];
    const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code: Number(code), out: out.trim(), err: err.trim() };
  }

  const stateOf = async (id: string): Promise<string | undefined> =>
    (await service.sql<{ state: string }>('select state from timer where id = $1', [id]))[0]?.state;

  /** A timer whose command refuses, given up by the running service. */
  async function aFailedTimer(): Promise<string> {
    const id = newId();
    const values = [id, newId(), testStart];
    await service.sql(`insert into timer (id, tenant_id, kind, due_at) values ($1, $2, 'ring', $3)`, values);
    await eventually(async () => (await stateOf(id)) === 'FAILED', { what: 'the timer is given up' });
    return id;
  }

  test('lists and shows what was given up, with its reason', async () => {
    const id = await aFailedTimer();
    const line = (await run('list')).out.split('\n').find((each) => each.startsWith(id));
    expect(line).toMatch(/ {2}hr {2}ring {2}- {2}attempts=1 {2}2026-03-02T01:00:00.000Z {2}.*NOT_NOW/);
    expect(JSON.parse((await run('show', id)).out)).toMatchObject({ id, service: 'hr', kind: 'ring', attempts: 1 });
    const listed = JSON.parse((await run('list', '--service', 'hr', '--json')).out) as { id: string }[];
    expect(listed.map((each) => each.id)).toContain(id);
  });

  test('lets one run again, which has its effect once the cause is mended', async () => {
    const id = await aFailedTimer();
    repaired.add(id);
    expect((await run('retry', id, '--service', 'hr')).out).toBe(`${id} runs again in hr`);
    await eventually(async () => (await stateOf(id)) === 'DONE', { what: 'the timer has run' });
  });

  test('lets all run again', async () => {
    const ids = [await aFailedTimer(), await aFailedTimer()];
    for (const id of ids) repaired.add(id);
    expect((await run('retry', '--all')).out).toMatch(/^[23] timers run again$/);
    await eventually(async () => (await Promise.all(ids.map(stateOf))).every((state) => state === 'DONE'), {
      what: 'both timers have run',
    });
  });

  test.each([
    ['no such timer', ['show', newId()], /no timer with the id .* has failed/],
    ['no id', ['retry', 'x'], /takes the id that timers list prints/],
    ['no such service', ['list', '--service', 'zoo'], /there is no service zoo/],
    ['no action', [], /npm run timers -- list/],
    ['another action', ['drop'], /list, show or retry/],
  ])('refuses %s in a sentence', async (_name, args, message) => {
    const { code, err } = await run(...args);
    expect([code, err]).toEqual([1, expect.stringMatching(message)]);
  });
});
