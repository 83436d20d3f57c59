import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import { recordEvent, replay, streamName, subscribe, type StewardEvent } from '../src/index.ts';
import {
  emitVersion,
  eventually,
  openRig,
  publisher,
  recordEffect,
  recording,
  scopeOf,
  subscriber,
  upTo,
  type Rig,
} from './rig.ts';
import { deleteStream, publishRaw, readStreamMessages } from './stream-messages.ts';
import { tableChecksums } from './table-checksums.ts';
import { stampUsed, ticketChanged, ticketOpened } from './ticket-events.ts';

describe('a consumer', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
    await rig.relay().start();
  });
  afterEach(() => rig.close());

  const positionOf = async (ticket: string, consumer = subscriber): Promise<number | undefined> => {
    const text = 'select version from consumer_position where aggregate_id = $1 and consumer = $2';
    return (await rig.sink.sql<{ version: number }>(text, [ticket, consumer]))[0]?.version;
  };

  test('applies each fact once, in the order of its aggregate', async () => {
    const tickets = Array.from({ length: 10 }, () => newId());
    const consumer = rig.consumer(recording);
    await consumer.start();
    for (const version of upTo(10)) {
      for (const ticket of tickets) await rig.emit(ticket, version);
    }
    await eventually(async () => (await rig.effects()).length === 100);
    await eventually(() => consumer.quiet());
    for (const ticket of tickets) expect(await rig.versions(ticket)).toEqual(upTo(10));
  });

  test('runs as the tenant of the fact, at the time of its own clock and in the trace of its cause', async () => {
    const tenants = [newId(), newId(), rig.tenant, rig.tenant];
    const seen: { tenantId: string; now: Date; sub: string; ticketId: string }[] = [];
    rig.clock.set(new Date('2027-05-05T05:05:05Z'));
    const consumer = rig.consumer([
      subscribe(ticketOpened, 'look', async (tx, { subject, data }) => {
        const { tenantId, now, actor } = txScope(tx);
        seen.push({ tenantId, now, sub: actor.sub, ticketId: data.ticketId });
        recordEvent(tx, { definition: stampUsed, aggregateId: subject, aggregateVersion: 1, data });
      }),
    ]);
    const tickets = tenants.map(() => newId());
    for (const [index, tenant] of tenants.entries()) {
      const scope = { ...scopeOf(tenant), traceparent: `00-trace-${index}-01` };
      await rig.source.database.write(scope, async (tx) => emitVersion(tx, tickets[index] ?? '', 1));
    }
    await consumer.start();
    await eventually(() => seen.length === tenants.length);
    const now = new Date('2027-05-05T05:05:05Z');
    expect(seen).toEqual(
      tenants.map((tenantId, index) => ({ tenantId, now, sub: 'consumer:evt-sink', ticketId: tickets[index] })),
    );
    await eventually(() => consumer.quiet());
    const own = await rig.sink.sql('select tenant_id, aggregate_id, traceparent, occurred_at from outbox order by seq');
    expect(own).toEqual(
      tenants.map((tenant_id, index) => ({
        tenant_id,
        aggregate_id: tickets[index],
        traceparent: `00-trace-${index}-01`,
        occurred_at: now,
      })),
    );
  });

  test('moves past facts without a handler, and passes over aggregates it has none for', async () => {
    const [ticket, stamp] = [newId(), newId()];
    const consumer = rig.consumer([subscribe(ticketChanged, 'record-changed', recordEffect)]);
    await consumer.start();
    await rig.source.database.write(scopeOf(rig.tenant), async (tx) =>
      recordEvent(tx, { definition: stampUsed, aggregateId: stamp, aggregateVersion: 1, data: { ticketId: ticket } }),
    );
    await rig.emit(ticket, 1, 3);
    await eventually(async () => (await positionOf(ticket)) === 3);
    expect(await rig.versions(ticket)).toEqual([2, 3]);
    expect(await positionOf(stamp)).toBeUndefined();
    await eventually(() => consumer.quiet());
  });

  test('commits position, effect and its own events together or not at all', async () => {
    const ticket = newId();
    let failures = 2;
    const consumer = rig.consumer([
      subscribe(ticketOpened, 'fail-late', async (tx, event) => {
        await recordEffect(tx, event);
        recordEvent(tx, {
          definition: stampUsed,
          aggregateId: newId(),
          aggregateVersion: 1,
          data: { ticketId: ticket },
        });
        failures -= 1;
        if (failures >= 0) throw new Error('after the effect was written');
      }),
    ]);
    await consumer.start();
    await rig.emit(ticket, 1);
    await eventually(async () => (await positionOf(ticket)) === 1);
    expect(await rig.versions(ticket)).toEqual([1]);
    expect(await rig.sink.sql('select 1 from outbox')).toHaveLength(1);
    expect(await consumer.parked()).toEqual([]);
  });

  test('gives a fact that comes again no second effect', async () => {
    const ticket = newId();
    const consumer = rig.consumer(recording);
    await consumer.start();
    await rig.emit(ticket, 1, 3);
    await eventually(async () => (await rig.effects(ticket)).length === 3);
    for (const { event } of await readStreamMessages(rig)) {
      await publishRaw(rig, event.type.replace('steward.', ''), JSON.stringify(event));
    }
    await rig.emit(ticket, 4);
    await eventually(async () => (await positionOf(ticket)) === 4);
    await eventually(() => consumer.quiet());
    expect(await rig.versions(ticket)).toEqual(upTo(4));
  });

  test('changes nothing when the whole log is replayed, twice', async () => {
    const tickets = Array.from({ length: 5 }, () => newId());
    const consumer = rig.consumer(recording);
    await consumer.start();
    for (const ticket of tickets) await rig.emit(ticket, 1, 5);
    await eventually(async () => (await rig.effects()).length === 25);
    await eventually(() => consumer.quiet());
    const before = await tableChecksums(rig.sink);
    for (const round of [1, 2]) {
      await replay({
        pool: rig.source.database.system,
        nats: rig.nats,
        prefix: rig.prefix,
        publisher,
        consumer: subscriber,
      });
      const { consumers } = await jetstreamManager(rig.nats);
      const delivered = await eventually(async () => {
        const info = await consumers.info(streamName(rig.prefix, publisher), subscriber);
        return info.num_pending === 0 && info.num_ack_pending === 0 ? info.delivered.consumer_seq : null;
      });
      expect({ round, delivered }).toEqual({ round, delivered: 25 });
    }
    expect(before).toMatchObject({ effect: expect.any(String), consumer_position: expect.any(String) });
    expect(await tableChecksums(rig.sink)).toEqual(before);
  });

  test('that is new reads everything from version 1, while the old one goes on', async () => {
    const ticket = newId();
    const old = rig.consumer(recording);
    await old.start();
    await rig.emit(ticket, 1, 5);
    await eventually(async () => (await rig.effects(ticket)).length === 5);
    const fresh = rig.consumer(recording, { name: 'second-projection' });
    await fresh.start();
    await rig.emit(ticket, 6);
    await eventually(async () => (await positionOf(ticket, 'second-projection')) === 6);
    await eventually(async () => (await rig.effects(ticket)).length === 12);
    const ascending = (await rig.versions(ticket)).toSorted((one, other) => one - other);
    expect(ascending).toEqual(upTo(6).flatMap((version) => [version, version]));
  });

  test('that takes on another kind of aggregate gets that one from the beginning', async () => {
    const stamp = newId();
    const first = rig.consumer(recording);
    await first.start();
    await rig.source.database.write(scopeOf(rig.tenant), async (tx) =>
      recordEvent(tx, { definition: stampUsed, aggregateId: stamp, aggregateVersion: 1, data: { ticketId: stamp } }),
    );
    const ticket = newId();
    await rig.emit(ticket, 1);
    await eventually(async () => (await rig.effects(ticket)).length === 1);
    await first.stop();
    await rig.consumer([...recording, subscribe(stampUsed, 'record-stamp', recordEffect)]).start();
    await eventually(async () => (await rig.effects(stamp)).length === 1);
    expect(await rig.versions(ticket)).toEqual([1]);
  });

  test('has one leader at a time; another instance takes over without losing or doubling', async () => {
    const ticket = newId();
    const consumers = [rig.consumer(recording), rig.consumer(recording), rig.consumer(recording)];
    await Promise.all(consumers.map((each) => each.start()));
    await rig.emit(ticket, 1, 5);
    await eventually(async () => (await rig.effects(ticket)).length === 5);
    for (const [index, each] of consumers.slice(0, 2).entries()) {
      await each.stop();
      await rig.emit(ticket, 6 + index);
    }
    await eventually(async () => (await rig.effects(ticket)).length === 7);
    expect(await rig.versions(ticket)).toEqual(upTo(7));
  });

  test('loses and doubles nothing when all its database connections are cut, again and again', async () => {
    const tickets = Array.from({ length: 10 }, () => newId());
    const consumer = rig.consumer(recording);
    await consumer.start();
    for (const version of upTo(10)) {
      for (const ticket of tickets) await rig.emit(ticket, version);
      if (version % 3 === 0) await rig.sink.killConnections();
    }
    await eventually(async () => (await rig.effects()).length >= 100);
    await eventually(() => consumer.quiet());
    for (const ticket of tickets) expect(await rig.versions(ticket)).toEqual(upTo(10));
    expect(await consumer.parked()).toEqual([]);
  });

  test('goes on after the stream was deleted and filled again', async () => {
    const ticket = newId();
    const consumer = rig.consumer(recording);
    await consumer.start();
    await rig.emit(ticket, 1, 5);
    await eventually(async () => (await rig.effects(ticket)).length === 5);
    await deleteStream(rig);
    await rig.emit(ticket, 6);
    await eventually(async () => (await rig.effects(ticket)).length === 6);
    await eventually(() => consumer.quiet());
    expect(await rig.versions(ticket)).toEqual(upTo(6));
    expect(await consumer.parked()).toEqual([]);
  });

  test('begins again after a crash exactly where it was, without waiting for the broker to redeliver', async () => {
    const ticket = newId();
    let stuck = (): void => undefined;
    const isStuck = new Promise<void>((resolve) => (stuck = resolve));
    const dying = rig.consumer([
      subscribe(ticketOpened, 'record-opened', recordEffect),
      subscribe(ticketChanged, 'hang', async (tx) => {
        stuck();
        await rows(tx, 'select pg_sleep(600)');
      }),
    ]);
    await dying.start();
    await rig.emit(ticket, 1, 20);
    await isStuck;
    const stopped = dying.stop();
    await rig.sink.killConnections();
    await stopped;
    const begun = performance.now();
    await rig.consumer(recording).start();
    await eventually(async () => (await rig.effects(ticket)).length === 20);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(await rig.versions(ticket)).toEqual(upTo(20));
  });

  test('is quiet exactly when everything in the stream has had its effect', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const hold = async (tx: Tx, event: StewardEvent<unknown>): Promise<void> => {
      await released;
      await recordEffect(tx, event);
    };
    const relay = rig.relay();
    const consumer = rig.consumer([subscribe(ticketOpened, 'hold', hold)]);
    await rig.emit(newId(), 1);
    await eventually(() => relay.quiet());
    expect(await consumer.quiet()).toBe(false);
    await consumer.start();
    await rig.emit(newId(), 1);
    await eventually(() => relay.quiet());
    for (let look = 0; look < 20; look += 1) expect(await consumer.quiet()).toBe(false);
    release();
    await eventually(() => consumer.quiet());
    expect(await rig.effects()).toHaveLength(2);
    for (let round = 1; round <= 30; round += 1) {
      await rig.emit(newId(), 1);
      await eventually(async () => (await relay.quiet()) && (await consumer.quiet()));
      expect(await rig.effects()).toHaveLength(2 + round);
    }
    await consumer.stop();
    await rig.emit(newId(), 1);
    await eventually(() => relay.quiet());
    expect(await consumer.quiet()).toBe(false);
  });
});
