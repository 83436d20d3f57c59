import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { DomainError, newId } from '@steward/core';
import { streamName } from '@steward/events';
import { eventually, testServers } from '@steward/test-kit';

import { keepMove, openEventRig, sink, source, type EventRig } from '../rig/event-rig.ts';

const program = fileURLToPath(new URL('../cli.ts', import.meta.url));

describe('npm run events', () => {
  let rig: EventRig;
  let directory: string;
  let refused = new Set<number>();

  beforeAll(async () => {
    rig = await openEventRig({
      ...testServers(),
      react: async (tx, event) => {
        if (refused.has(event.data.step)) throw new DomainError('CONFLICT', 'NOT_NOW');
        await keepMove(tx, event);
      },
    });
    await rig.relay.start();
    await rig.consumer.start();
    directory = mkdtempSync(path.join(tmpdir(), 'steward-events-'));
    const { nats: natsUrl } = testServers();
    writeFileSync(path.join(directory, 'run.json'), JSON.stringify({ natsUrl, databases: rig.urls }));
  }, 30_000);
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await rig.close();
  });

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const file = path.join(directory, 'run.json');
    const all = [program, ...args, '--run-file', file, '--prefix', rig.prefix];
    const child = spawn(process.execPath, all, {
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code: Number(code), out: out.trim(), err: err.trim() };
  }

  const versionsOf = async (parcel: string): Promise<number[]> =>
    (await rig.effects()).filter((each) => each.aggregate_id === parcel).map(({ version }) => version);

  /** Parks the parcel at `step`, with two facts behind it. */
  async function parkedAt(step: number): Promise<{ parcel: string; id: string }> {
    refused = new Set([step]);
    const parcel = newId();
    for (let version = 1; version <= step + 2; version += 1) await rig.move(parcel, version);
    const parked = await eventually(async () => {
      const all = (await rig.consumer.parked()).filter((each) => each.aggregateId === parcel);
      return all.length === 3 ? all : null;
    });
    return { parcel, id: parked[0]?.id ?? '' };
  }

  test('lists what is parked, shows one with its envelope, and retries it', async () => {
    const { parcel, id } = await parkedAt(2);
    const list = await run('parked', 'list', '--service', sink);
    expect(list.out).toContain(`${id}  FAILED  NOT_NOW  ${sink}  steward.fault-source.parcel.moved.v1  ${parcel}@2`);
    expect(list.out.split('\n').filter((line) => line.includes(parcel))).toHaveLength(3);
    expect(JSON.parse((await run('parked', 'list', '--json')).out)).toHaveLength(3);
    expect(JSON.parse((await run('parked', 'show', id)).out)).toMatchObject({
      id,
      reason: 'NOT_NOW',
      envelope: { subject: parcel, aggregateversion: 2, data: { step: 2 } },
    });
    refused = new Set();
    expect((await run('parked', 'retry', id)).out).toContain('tried again');
    await eventually(async () => (await versionsOf(parcel)).length === 4);
    expect(await versionsOf(parcel)).toEqual([1, 2, 3, 4]);
    expect((await run('parked', 'list')).out).toBe('nothing is parked');
  }, 60_000);

  test('gives an event up with a reason, and retries all that are left', async () => {
    const dropped = await parkedAt(3);
    const retried = await parkedAt(8);
    expect((await run('parked', 'drop', dropped.id)).err).toContain('--why');
    expect((await run('parked', 'drop', dropped.id, '--why', 'agreed')).out).toContain('given up');
    refused = new Set();
    await eventually(async () => (await versionsOf(dropped.parcel)).length === 4);
    expect(await versionsOf(dropped.parcel)).toEqual([1, 2, 4, 5]);
    expect((await run('parked', 'retry', '--all')).out).toBe('1 events are tried again');
    await eventually(async () => (await versionsOf(retried.parcel)).length === 10);
  }, 60_000);

  test('replays a publisher for a consumer, without a second effect', async () => {
    const before = await rig.effects();
    const { consumers } = await jetstreamManager(rig.nats);
    const stream = streamName(rig.prefix, source);
    const { created } = await consumers.info(stream, sink);
    const replayed = await run('replay', '--publisher', source, '--consumer', sink);
    expect(replayed).toMatchObject({ code: 0, err: '' });
    await eventually(async () => {
      const info = await consumers.info(stream, sink).catch(() => null);
      return info !== null && info.created !== created && info.delivered.stream_seq > 0 && (await rig.consumer.quiet());
    });
    expect(await rig.effects()).toEqual(before);
  }, 60_000);

  test.each([
    [[], 'npm run events -- parked list'],
    [['parked'], 'parked takes list, show, retry or drop'],
    [['parked', 'show', 'x'], 'takes the id'],
    [['parked', 'show', newId()], 'is parked'],
    [['parked', 'list', '--service', 'nobody'], 'there is no service nobody'],
    [['parked', 'show', newId(), 'surplus'], 'surplus'],
    [['parked', 'list', 'surplus'], 'surplus'],
    [['parked', 'drop', newId(), '--why', ' '], 'takes --why'],
    [['replay'], '--publisher and --consumer'],
    [['replay', '--publisher', source, '--consumer', 'nobody'], `nobody does not read ${source}; readers: ${sink}`],
    [['replay', '--publisher', 'nobody', '--consumer', sink], 'there is no service nobody'],
    [['parked', 'list', '--locale', 'fr'], 'no language "fr"'],
    [['parked', 'show', 'x', '--locale', 'zh-CN'], '需要 parked list 所列的 ID'],
    [['--locale', 'zh-CN'], '发布方'],
    [['parked', 'list', '--colour'], "Unknown option '--colour'"],
  ])('says in one sentence what is wrong with %j', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});
