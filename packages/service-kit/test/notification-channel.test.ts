import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { startTestService, type TestService } from '@steward/test-kit';

import type { OutgoingMessage } from '../src/index.ts';
import { directoryChannel } from '../src/notification-channel.ts';
import { lampsOf } from './lamps-fixture.ts';
import { sample } from './sample-service.ts';

type Stored = { state: string; attempts: number; last_error: string | null; is_sent: boolean };

describe('a message to a channel', () => {
  let service: TestService;
  let sent: string[] = [];
  let onSend: (message: OutgoingMessage) => Promise<void> = async () => undefined;

  beforeAll(async () => {
    const send = async (message: OutgoingMessage): Promise<void> => {
      sent.push(message.id);
      await onSend(message);
    };
    service = await startTestService({ ...sample, channel: { send } });
  });
  beforeEach(() => {
    sent = [];
    onSend = async () => undefined;
  });
  afterAll(() => service?.stop());

  /** The notification about a lamp whose owner is written to, carried out as far as it gets. */
  async function told(): Promise<string> {
    const { light, run } = lampsOf(service);
    const { id } = await light();
    await run('tellLamp', { id });
    await service.move({ advance: 'PT1S' });
    const found = await service.sql<{ id: string }>(
      `select id from notification where aggregate_id = $1 and channel = 'SMS'`,
      [id],
    );
    return found[0]?.id ?? '';
  }
  const stored = async (id: string): Promise<Stored | undefined> => {
    const sql = `select t.state, t.attempts, t.last_error, n.sent_at is not null as is_sent
                   from timer t join notification n on n.id = $1 where t.payload->>'notificationId' = $1::text`;
    return (await service.sql<Stored>(sql, [id]))[0];
  };

  test('is sent while no transaction is open, and marked after', async () => {
    const open: number[] = [];
    const texts: object[] = [];
    onSend = async (message) => {
      texts.push(message.texts);
      const [counted] = await service.sql<{ count: number }>(
        `select count(*)::int from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      );
      open.push(counted?.count ?? -1);
    };
    const id = await told();
    expect([sent, open]).toEqual([[id], [0]]);
    expect(texts).toEqual([{ en: 'out at 2 Mar 2026, 16:00', 'zh-CN': 'out at 2026年3月2日 16:00' }]);
    expect(await stored(id)).toEqual({ state: 'DONE', attempts: 1, last_error: null, is_sent: true });
  });

  test('whose mark is lost after it was sent is sent again under the same id, and then no more', async () => {
    await service.sql(
      `create function lose() returns trigger language plpgsql as $$ begin raise exception 'lost'; end $$`,
    );
    await service.sql('create trigger lose before update on notification for each row execute function lose()');
    const id = await told();
    expect((await stored(id))?.is_sent).toBe(false);
    await service.sql('drop trigger lose on notification');
    await service.move({ advance: 'PT1H' });
    expect(new Set(sent)).toEqual(new Set([id]));
    expect(sent.length).toBeGreaterThan(1);
    expect(await stored(id)).toMatchObject({ state: 'DONE', is_sent: true });
    const before = sent.length;
    await service.move({ advance: 'P1D' });
    expect(sent).toHaveLength(before);
  });

  test('that the channel cannot take is tried again with a growing pause and then given up', async () => {
    onSend = () => Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    const id = await told();
    expect(await stored(id)).toEqual({ state: 'WAITING', attempts: 1, last_error: 'Error', is_sent: false });
    await service.move({ advance: 'P1D' });
    expect(await stored(id)).toEqual({ state: 'FAILED', attempts: 7, last_error: 'Error', is_sent: false });
    expect(sent).toEqual(Array.from({ length: 7 }, () => id));
  });

  test('that takes the process down each time is given up as well', async () => {
    const id = await told();
    const crashed = `update timer set state = 'WAITING', attempts = 7, retry_at = null where payload->>'notificationId' = $1`;
    await service.sql(crashed, [id]);
    await service.sql('update notification set sent_at = null where id = $1', [id]);
    await service.move({ advance: 'PT1S' });
    expect(await stored(id)).toMatchObject({ state: 'FAILED', last_error: 'CRASHED', is_sent: false });
    expect(sent).toEqual([id]);
  });
});

test('the directory holds one whole file per message, however often it is sent', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'steward-outgoing-'));
  const id = newId();
  const message = { id, channel: 'SMS' as const, to: { personId: newId() }, template: 'x', texts: { en: 'x' } };
  const channel = directoryChannel(path.join(directory, 'outgoing'));
  await Promise.all([channel.send(message), channel.send(message), channel.send(message)]);
  expect(await readdir(path.join(directory, 'outgoing'))).toEqual([`${id}.json`]);
  expect(JSON.parse(await readFile(path.join(directory, 'outgoing', `${id}.json`), 'utf8'))).toEqual(message);
  await rm(directory, { recursive: true });
});
