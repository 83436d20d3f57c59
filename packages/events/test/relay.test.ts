import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';
import { beforeCommit, type Database } from '@steward/db';
import type pg from 'pg';

import { envelopeSchema } from '../src/envelope.ts';
import { unsentEvents, type UnsentEvent } from '../src/relay/delivery-rows.ts';
import { publishBatch } from '../src/relay/publish-batch.ts';
import { ensureStream, streamName } from '../src/index.ts';
import { logIdentity } from '../src/log/log-identity.ts';
import { emitVersion, eventually, openRig, publisher, scopeOf, upTo, type Rig } from './rig.ts';
import { deleteStream, passDuplicateWindow, readStreamMessages, versionsIn } from './stream-messages.ts';

describe('the relay', () => {
  let rig: Rig;
  beforeEach(async () => (rig = await openRig()));
  afterEach(() => rig.close());

  const delivery = (): Promise<{ seq: number; stream_seq: number | null; stream_id: string; generation: number }[]> =>
    rig.source.sql('select * from outbox_delivery order by seq');

  /** A database on which statements that contain `text` fail: the process gets no further than that. */
  function failingAt(text: string): Database {
    const { database } = rig.source;
    const system = new Proxy(database.system, {
      get: (pool, name) => {
        if (name !== 'query') return Reflect.get(pool, name) as unknown;
        return async (query: string | pg.QueryConfig, values?: unknown[]) => {
          if ((typeof query === 'string' ? query : query.text).includes(text)) throw new Error('crashed here');
          return pool.query(query as string, values);
        };
      },
    });
    return { ...database, system };
  }

  test('publishes what is committed, in order, as CloudEvents, and remembers where it is', async () => {
    const ticket = newId();
    await rig.emit(ticket, 1, 5);
    const relay = rig.relay();
    expect(await relay.quiet()).toBe(false);
    await relay.start();
    await eventually(() => relay.quiet());
    const messages = await readStreamMessages(rig);
    expect(versionsIn(messages, ticket)).toEqual(upTo(5));
    expect(envelopeSchema.parse(messages[1]?.event)).toMatchObject({
      source: '/steward/evt-source',
      type: 'steward.evt-source.ticket.changed.v1',
      subject: ticket,
      tenantid: rig.tenant,
      aggregatetype: 'ticket',
      data: { ticketId: ticket, amount: 2 },
    });
    expect(messages.map((each) => each.messageId)).toEqual(messages.map((each) => each.event.id));
    const stream = await ensureStream(rig.nats, rig.prefix, publisher);
    expect(await delivery()).toMatchObject(
      messages.map(({ seq }) => ({ stream_seq: seq, stream_id: stream.identity, generation: 0 })),
    );
  });

  test('signs a new stream at its making: a reader who opened it at once does not see it change', async () => {
    const seen: string[] = [];
    const name = streamName(rig.prefix, publisher);
    const advisories = rig.nats.subscribe(`$JS.EVENT.ADVISORY.STREAM.*.${name}`, {
      callback: (_error, { subject }) => void seen.push(subject.split('.')[4] ?? ''),
    });
    const relay = rig.relay();
    await relay.start();
    await rig.emit(newId(), 1);
    await eventually(() => relay.quiet());
    await rig.nats.flush();
    advisories.unsubscribe();
    expect(seen).toEqual(['CREATED']);
    const stream = await ensureStream(rig.nats, rig.prefix, publisher);
    expect(stream.log).toBe(await logIdentity(rig.source.database.system));
  });

  test('is woken by a commit instead of waiting for its next poll', async () => {
    const relay = rig.relay();
    await relay.start();
    await rig.emit(newId(), 1);
    await eventually(() => relay.quiet());
    const rounds: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const begun = performance.now();
      await rig.emit(newId(), 1);
      await eventually(() => relay.quiet());
      rounds.push(performance.now() - begun);
    }
    // Each begins right after the one before it, so by polls each would take a second, however quick the machine.
    expect(Math.min(...rounds)).toBeLessThan(500);
  });

  test('carries a backlog of several batches without losing or doubling', async () => {
    const tickets = Array.from({ length: 130 }, () => newId());
    for (const ticket of tickets) {
      await rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
        for (const version of upTo(10)) emitVersion(tx, ticket, version);
      });
    }
    const relay = rig.relay();
    await relay.start();
    await eventually(() => relay.quiet());
    const messages = await readStreamMessages(rig);
    expect(messages).toHaveLength(1_300);
    for (const ticket of tickets) expect(versionsIn(messages, ticket)).toEqual(upTo(10));
  });

  test('sends an event that commits after one with a higher place', async () => {
    const [slow, quick] = [newId(), newId()];
    const relay = rig.relay();
    await relay.start();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const late = rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
      emitVersion(tx, slow, 1);
      beforeCommit(tx, () => released);
    });
    await eventually(
      async () =>
        (await rig.source.sql(`select 1 from pg_stat_activity where state = 'idle in transaction'`)).length > 0,
    );
    await rig.emit(quick, 1);
    await eventually(async () => versionsIn(await readStreamMessages(rig), quick).length === 1);
    release();
    await late;
    await eventually(() => relay.quiet());
    expect(versionsIn(await readStreamMessages(rig), slow)).toEqual([1]);
    const [first, second] = await delivery();
    expect(first?.stream_seq).toBeGreaterThan(second?.stream_seq ?? 0);
  });

  test('recognises after a crash what it had published and not marked, at any age', async () => {
    const ticket = newId();
    await rig.emit(ticket, 1, 20);
    const crashing = rig.relay({ database: failingAt('outbox_mark_sent') });
    await crashing.start();
    await eventually(async () => (await readStreamMessages(rig)).length === 20);
    await crashing.stop();
    await passDuplicateWindow(rig);
    await rig.emit(ticket, 21, 25);
    const relay = rig.relay();
    await relay.start();
    await eventually(() => relay.quiet());
    expect(versionsIn(await readStreamMessages(rig), ticket)).toEqual(upTo(25));
    expect((await delivery()).map((row) => row.generation)).toEqual(Array.from({ length: 25 }, () => 0));
  });

  test('has one leader at a time and hands over when it stops', async () => {
    const relays = [rig.relay(), rig.relay(), rig.relay()];
    await Promise.all(relays.map((relay) => relay.start()));
    const ticket = newId();
    await rig.emit(ticket, 1, 10);
    for (const relay of relays.slice(0, 2)) {
      await eventually(() => relay.quiet());
      await relay.stop();
      await rig.emit(newId(), 1);
    }
    await rig.emit(ticket, 11, 20);
    await eventually(() => relays[2]?.quiet());
    expect(versionsIn(await readStreamMessages(rig), ticket)).toEqual(upTo(20));
  });

  test('goes on after every one of its database connections was cut in the middle of the work', async () => {
    const relay = rig.relay();
    await relay.start();
    const tickets = Array.from({ length: 20 }, () => newId());
    for (const [index, ticket] of tickets.entries()) {
      await eventually(() =>
        rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
          for (const version of upTo(20)) emitVersion(tx, ticket, version);
          return true;
        }),
      );
      if (index % 4 === 3) await rig.source.killConnections();
    }
    await eventually(() => relay.quiet());
    const messages = await readStreamMessages(rig);
    for (const ticket of tickets) expect(versionsIn(messages, ticket)).toEqual(upTo(20));
    expect(messages).toHaveLength(400);
  });

  test.each([
    ['the last message’s id would let it pass', ['old', 'late', 'old', 'old', 'late']],
    ['the last sequence would let it pass', ['old', 'late', 'old', 'late', 'old']],
  ])(
    'puts no fact before an earlier one while a relay that has lost its lock still sends: %s',
    async (_what, order) => {
      const [shared, lateComer] = [newId(), newId()];
      await rig.emit(shared, 1, 3);
      const stream = await ensureStream(rig.nats, rig.prefix, publisher);
      const old = await unsentEvents(rig.source.database.system, 500);
      const [template] = old;
      if (template === undefined) throw new Error('three facts are unsent');
      const remaining = [...old];
      let version = 0;
      const late = (): UnsentEvent => {
        version += 1;
        return { ...template, id: newId(), aggregate_id: lateComer, aggregate_version: version };
      };
      const current = order.map((kind) => (kind === 'late' ? late() : (remaining.shift() ?? template)));
      await publishBatch(rig.nats, rig.prefix, publisher, stream, old);
      const { failure } = await publishBatch(rig.nats, rig.prefix, publisher, stream, current);
      expect(failure).not.toBeNull();
      expect(versionsIn(await readStreamMessages(rig), lateComer)).toEqual([]);
    },
  );

  test('fills a stream again that was deleted, in the same order and as new messages', async () => {
    const ticket = newId();
    await rig.emit(ticket, 1, 30);
    const relay = rig.relay();
    await relay.start();
    await eventually(() => relay.quiet());
    await deleteStream(rig);
    await rig.emit(ticket, 31);
    await eventually(async () => versionsIn(await readStreamMessages(rig), ticket).length === 31);
    await eventually(() => relay.quiet());
    const messages = await readStreamMessages(rig);
    expect(versionsIn(messages, ticket)).toEqual(upTo(31));
    expect(messages[0]?.messageId).toBe(`${messages[0]?.event.id}#1`);
  });
});
