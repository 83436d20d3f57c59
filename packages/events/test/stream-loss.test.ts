import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AckPolicy, DeliverPolicy, jetstreamManager, type StreamAPI } from '@nats-io/jetstream';
import { newId } from '@steward/core';

import { readStream, streamName, type Consumer, type StreamState } from '../src/index.ts';
import { emitVersion, eventually, openRig, publisher, recording, scopeOf, subscriber, upTo, type Rig } from './rig.ts';
import { deleteStream, passDuplicateWindow, publishRaw, putBack, readStreamMessages } from './stream-messages.ts';

const tickets = Array.from({ length: 8 }, () => newId());
const rounds = 5;

// One stream goes through all losses, one after the other: each finds it as the repairs before have left it.
describe.each(['inside', 'outside'])('a stream that loses messages, %s the duplicate window,', (window) => {
  let rig: Rig;
  let consumer: Consumer;
  let version = 0;

  beforeAll(async () => {
    rig = await openRig();
    await rig.relay({ lookEveryMilliseconds: 100 }).start();
    consumer = rig.consumer(recording);
    await consumer.start();
    version = 0;
    await emitRounds();
    if (window === 'outside') await passDuplicateWindow(rig);
  });
  afterAll(() => rig.close());

  const name = (): string => streamName(rig.prefix, publisher);
  const streams = async (): Promise<StreamAPI> => (await jetstreamManager(rig.nats)).streams;

  async function emitRounds(): Promise<void> {
    for (const _round of upTo(rounds)) {
      version += 1;
      await rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
        for (const ticket of tickets) emitVersion(tx, ticket, version);
      });
    }
    await eventually(async () => (await rig.effects()).length === tickets.length * version);
  }

  async function state(): Promise<StreamState> {
    const found = await readStream(rig.nats, rig.prefix, publisher);
    if (found === null) throw new Error('there is no stream');
    return found;
  }

  /** Messages of nobody's take the next numbers. */
  async function others(messages: number): Promise<void> {
    for (const _each of upTo(messages)) await publishRaw(rig, 'evt-source.stamp.used.v1', '{}');
  }

  /** Every fact of the log is in the stream, whatever else is there as well. */
  async function expectWhole(): Promise<void> {
    const logged = await rig.source.sql<{ id: string }>('select id from outbox');
    await eventually(async () => {
      const there = new Set((await readStreamMessages(rig)).map(({ event }) => event.id));
      return logged.every(({ id }) => there.has(id));
    });
  }

  const losses: Record<string, () => Promise<unknown>> = {
    'is deleted': () => deleteStream(rig),
    'is purged altogether': async () => (await streams()).purge(name()),
    'is purged up to its middle': async () => {
      const { firstSeq, lastSeq } = await state();
      await (await streams()).purge(name(), { seq: Math.floor((firstSeq + lastSeq) / 2) });
    },
    'is purged of one kind of fact': async () =>
      (await streams()).purge(name(), { filter: `${rig.prefix}.${publisher}.ticket.opened.v1` }),
    'loses single messages, in its middle and at its end': async () => {
      const { firstSeq, lastSeq } = await state();
      for (const seq of [firstSeq + 3, firstSeq + 4, lastSeq - 7, lastSeq - 1, lastSeq]) {
        await (await streams()).deleteMessage(name(), seq);
      }
    },
    'is put back to an older copy': async () => putBack(rig, (await state()).lastSeq - 13),
    'is put back, and others take some of the numbers that are free again': async () => {
      await putBack(rig, (await state()).lastSeq - 20);
      await others(11);
    },
    'is put back, and others take more numbers than were lost': async () => {
      await putBack(rig, (await state()).lastSeq - 10);
      await others(30);
    },
  };

  test.each(Object.entries(losses))('and %s gets all of them again, without a second effect', async (_what, lose) => {
    const effects = await rig.effects();
    await lose();
    await expectWhole();
    await emitRounds();
    await eventually(() => consumer.quiet());
    expect((await rig.effects()).slice(0, effects.length)).toEqual(effects);
    for (const ticket of tickets) expect(await rig.versions(ticket)).toEqual(upTo(version));
    expect(await consumer.parked()).toEqual([]);
  });

  test('and was repaired is left alone afterwards', async () => {
    const before = await state();
    await rig.relay({ lookEveryMilliseconds: 1 }).start();
    await emitRounds();
    const added = tickets.length * rounds;
    expect(await state()).toEqual({ ...before, lastSeq: before.lastSeq + added, messages: before.messages + added });
  });

  test('and was repaired gives each fact once and in order to a consumer that comes after', async () => {
    const known = (await rig.effects()).length;
    const late = rig.consumer(recording, { name: 'late-comer' });
    await late.start();
    // Its first facts come last in this stream: it parks nearly everything, and settles that one by one.
    await eventually(async () => (await rig.effects()).length === 2 * known, { timeoutMs: 100_000 });
    await eventually(() => late.quiet());
    const latest = (await rig.effects()).slice(known);
    for (const ticket of tickets) {
      const versions = latest.filter((each) => each.aggregate_id === ticket).map((each) => each.version);
      expect(versions).toEqual(upTo(version));
    }
    expect(await late.parked()).toEqual([]);
  }, 120_000);
});

test('a durable of the time when each message was acknowledged by itself is made again where it was', async () => {
  const rig = await openRig();
  const ticket = newId();
  await rig.relay().start();
  await rig.emit(ticket, 1, 3);
  const first = rig.consumer(recording);
  await first.start();
  await eventually(async () => (await rig.versions(ticket)).length === 3 && (await first.quiet()));
  await first.stop();
  const { consumers } = await jetstreamManager(rig.nats);
  const name = streamName(rig.prefix, publisher);
  const { config, delivered } = await consumers.info(name, subscriber);
  await consumers.delete(name, subscriber);
  await consumers.add(name, {
    durable_name: subscriber,
    metadata: config.metadata ?? {},
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: delivered.stream_seq + 1,
  });
  await rig.emit(ticket, 4);
  const second = rig.consumer(recording);
  await second.start();
  await eventually(async () => (await rig.versions(ticket)).length === 4 && (await second.quiet()));
  expect(await rig.versions(ticket)).toEqual(upTo(4));
  expect((await consumers.info(name, subscriber)).config).toMatchObject({ ack_policy: AckPolicy.All });
  await rig.close();
});
