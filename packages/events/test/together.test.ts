import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { rows, type Tx } from '@steward/db';

import { subscribe, subscribeTogether, type Consumer, type Handler, type StewardEvent } from '../src/index.ts';
import { mostShared } from '../src/consumer/consumer-context.ts';
import { emitVersion, eventually, openRig, parkedShape, recordEffect, scopeOf, upTo, type Rig } from './rig.ts';
import { ticketChanged, ticketOpened } from './ticket-events.ts';

type Changed = StewardEvent<{ ticketId: string; amount: number }>;

describe('a reaction that takes several facts at once', () => {
  let rig: Rig;
  let consumer: Consumer;
  const calls: number[][] = [];
  beforeAll(async () => (rig = await openRig()));
  afterAll(() => rig.close());
  afterEach(async () => {
    await consumer.stop();
    calls.length = 0;
  });

  const recordAll = async (tx: Tx, events: readonly Changed[]): Promise<void> => {
    calls.push(events.map(({ aggregateversion }) => aggregateversion));
    await rows(
      tx,
      `insert into effect (tenant_id, event_id, aggregate_id, version, type, at)
       select current_setting('app.tenant_id')::uuid, * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::timestamptz[])`,
      [
        events.map(({ id }) => id),
        events.map(({ subject }) => subject),
        events.map(({ aggregateversion }) => aggregateversion),
        events.map(({ type }) => type),
        events.map(({ time }) => time),
      ],
    );
  };

  const opened = subscribe(ticketOpened, 'record-opened', recordEffect);

  /** Everything is in the stream before the consumer starts, so that it comes in one batch. */
  async function consumeAtOnce(changed: Handler, ...tickets: string[]): Promise<void> {
    for (const ticket of tickets) await rig.emit(ticket, 1, 4);
    const relay = rig.relay();
    await relay.start();
    await eventually(() => relay.quiet());
    consumer = rig.consumer([opened, changed]);
    await consumer.start();
    await eventually(() => consumer.quiet());
    await relay.stop();
  }

  test('gets those that follow each other, in their order, and no fact of another kind in between is overtaken', async () => {
    const [one, other] = [newId(), newId()];
    await consumeAtOnce(subscribeTogether(ticketChanged, 'record-changed', recordAll), one, other);
    expect(calls).toEqual([
      [2, 3, 4],
      [2, 3, 4],
    ]);
    const effects = await rig.effects();
    const found = effects.map(({ aggregate_id: id, version }) => [id, version]);
    expect(found).toEqual([...upTo(4).map((each) => [one, each]), ...upTo(4).map((each) => [other, each])]);
  });

  test('gets more of them than commands may share a transaction', async () => {
    const ticket = newId();
    await rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
      for (const version of upTo(121)) emitVersion(tx, ticket, version);
    });
    await consumeAtOnce(subscribeTogether(ticketChanged, 'record-changed', recordAll));
    expect(Math.max(...calls.map((versions) => versions.length))).toBeGreaterThan(mostShared);
    expect(await rig.versions(ticket)).toEqual(upTo(121));
  });

  test('is called again with each alone when it fails, so that only the one at fault is parked', async () => {
    const [good, bad] = [newId(), newId()];
    const recordOrFail = async (tx: Tx, events: readonly Changed[]): Promise<void> => {
      if (events.some(({ subject, aggregateversion }) => subject === bad && aggregateversion === 3)) {
        calls.push(events.map(({ aggregateversion }) => aggregateversion));
        throw new RangeError('this one');
      }
      await recordAll(tx, events);
    };
    await consumeAtOnce(subscribeTogether(ticketChanged, 'record-changed', recordOrFail), bad, good);
    expect(calls[0]).toEqual([2, 3, 4]);
    expect(await rig.versions(bad)).toEqual([1, 2]);
    expect(await rig.versions(good)).toEqual([1, 2, 3, 4]);
    expect((await parkedShape(rig)).toSorted(([one], [other]) => Number(one) - Number(other))).toEqual([
      [3, 'FAILED', 'HANDLER_FAILED'],
      [4, 'WAITING', 'WAITING'],
    ]);
  });
});
