import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError, newId } from '@steward/core';
import { rows } from '@steward/db';

import {
  dropParked,
  listParked,
  recordEvent,
  retryParked,
  subscribe,
  type Consumer,
  type Handler,
  type ParkedEvent,
  type StewardEvent,
} from '../src/index.ts';
import {
  emitVersion,
  eventually,
  openRig,
  parkedIn,
  parkedShape,
  recordEffect,
  recording,
  scopeOf,
  startBoth,
  upTo,
  type Rig,
} from './rig.ts';
import { stampUsed, ticketChanged, ticketOpened } from './ticket-events.ts';

describe('a fact whose command fails', () => {
  let rig: Rig;
  beforeEach(async () => (rig = await openRig()));
  afterEach(() => rig.close());

  const started = (handlers: readonly Handler[]): Promise<Consumer> => startBoth(rig, handlers);
  const list = (): Promise<ParkedEvent[]> => parkedIn(rig);
  const shape = (): ReturnType<typeof parkedShape> => parkedShape(rig);

  /** A handler of changes that throws `error(version)` while it answers something. */
  const refusing = (error: (version: number) => Error | null) => [
    subscribe(ticketOpened, 'record-opened', recordEffect),
    subscribe(ticketChanged, 'refuse', async (tx, event: StewardEvent<{ amount: number }>) => {
      const found = error(event.data.amount);
      if (found !== null) throw found;
      await recordEffect(tx, event);
    }),
  ];

  describe('a refusal', () => {
    test('parks the fact with its reason and what follows of the aggregate behind it, and nobody else', async () => {
      const [bad, good] = [newId(), newId()];
      const refuse = (version: number): Error | null =>
        version === 3 ? new DomainError('CONFLICT', 'NOT_NOW', { rule: 'A094' }) : null;
      const consumer = await started(refusing(refuse));
      await rig.emit(bad, 1, 5);
      await rig.emit(good, 1, 2);
      await eventually(async () => (await rig.effects(good)).length === 2);
      expect(await shape()).toEqual([
        [3, 'FAILED', 'NOT_NOW'],
        [4, 'WAITING', 'WAITING'],
        [5, 'WAITING', 'WAITING'],
      ]);
      expect(await rig.versions(bad)).toEqual([1, 2]);
      expect((await consumer.parked())[0]).toMatchObject({
        aggregateId: bad,
        aggregateType: 'ticket',
        type: ticketChanged.type,
        publisher: 'evt-source',
        consumer: 'evt-sink',
        attempts: 1,
        detail: { error: 'NOT_NOW', code: 'CONFLICT' },
      });
      await eventually(() => consumer.quiet());
    });

    test('is mended by a retry: the fact and what waited follow in order', async () => {
      const ticket = newId();
      let open = false;
      await started(refusing((version) => (version === 3 && !open ? new DomainError('CONFLICT', 'NOT_NOW') : null)));
      await rig.emit(ticket, 1, 5);
      await eventually(async () => (await list()).length === 3);
      const [head] = await list();
      expect(await retryParked(rig.sink.database.system, head?.id ?? '')).toBe(true);
      await eventually(async () => (await shape())[0]?.[1] === 'FAILED');
      open = true;
      await retryParked(rig.sink.database.system, head?.id ?? '');
      await rig.emit(ticket, 6);
      await eventually(async () => (await rig.effects(ticket)).length === 6);
      expect(await rig.versions(ticket)).toEqual(upTo(6));
      expect(await list()).toEqual([]);
    });

    test('is passed over when an operator gives the fact up; the record stays', async () => {
      const ticket = newId();
      await started(refusing((version) => (version === 2 ? new DomainError('CONFLICT', 'NEVER') : null)));
      await rig.emit(ticket, 1, 4);
      await eventually(async () => (await list()).length === 3);
      const [head] = await list();
      expect(await dropParked(rig.sink.database.system, head?.id ?? '', 'agreed with the service desk')).toBe(true);
      await rig.emit(ticket, 5);
      await eventually(async () => (await rig.effects(ticket)).length === 4);
      expect(await rig.versions(ticket)).toEqual([1, 3, 4, 5]);
      expect(await list()).toEqual([]);
      const [dropped] = await listParked(rig.sink.database.system, { states: ['DROPPED'] });
      expect(dropped).toMatchObject({
        aggregateVersion: 2,
        reason: 'NEVER',
        detail: { dropped: 'agreed with the service desk' },
      });
      expect(await retryParked(rig.sink.database.system, head?.id ?? '')).toBe(false);
    });

    test('that waits behind another can be given up first', async () => {
      const ticket = newId();
      await started(refusing((version) => (version === 2 ? new DomainError('CONFLICT', 'NEVER') : null)));
      await rig.emit(ticket, 1, 4);
      await eventually(async () => (await list()).length === 3);
      const [second, third] = await list();
      await dropParked(rig.sink.database.system, third?.id ?? '', 'no');
      await dropParked(rig.sink.database.system, second?.id ?? '', 'no');
      await eventually(async () => (await rig.versions(ticket)).includes(4));
      expect(await rig.versions(ticket)).toEqual([1, 4]);
    });
  });

  describe('an error', () => {
    test('that passes is tried again without anybody noticing, others not waiting for it', async () => {
      const [ticket, other] = [newId(), newId()];
      let left = 3;
      const failing = (version: number): Error | null => (version === 2 && left-- > 0 ? new Error('this time') : null);
      const consumer = await started(refusing(failing));
      await rig.emit(ticket, 1, 4);
      await rig.emit(other, 1);
      await eventually(async () => (await rig.effects(ticket)).length === 4);
      expect(await rig.versions(ticket)).toEqual(upTo(4));
      expect(await rig.versions(other)).toEqual([1]);
      expect(left).toBe(-1);
      await eventually(() => consumer.quiet());
      expect(await list()).toEqual([]);
    });

    test('that stays is parked after five attempts with its kind and place, not its message', async () => {
      const ticket = newId();
      let attempts = 0;
      const consumer = await started(
        refusing((version) => {
          if (version !== 2) return null;
          attempts += 1;
          return new TypeError('the resident 王小明 has no phone');
        }),
      );
      await rig.emit(ticket, 1, 3);
      await eventually(async () => (await shape())[0]?.[1] === 'FAILED', { timeoutMs: 25_000 });
      expect(attempts).toBe(5);
      const [head] = await list();
      expect(head).toMatchObject({ reason: 'HANDLER_FAILED', attempts: 5, detail: { error: 'TypeError' } });
      expect(JSON.stringify(head)).not.toContain('王小明');
      await eventually(() => consumer.quiet());
    }, 30_000);

    test('of one fact among several of the aggregate leaves the effect of those before it', async () => {
      const ticket = newId();
      await rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
        for (const version of upTo(5)) emitVersion(tx, ticket, version);
      });
      await started(refusing((version) => (version === 4 ? new DomainError('CONFLICT', 'NOT_NOW') : null)));
      await eventually(async () => (await list()).length === 2);
      expect(await rig.versions(ticket)).toEqual([1, 2, 3]);
    });

    test('of one of several facts undoes all that it has done, and lets its neighbours stand', async () => {
      const [one, bad, other] = [newId(), newId(), newId()];
      for (const ticket of [one, bad, other]) await rig.emit(ticket, 1, 2);
      const relay = rig.relay();
      await relay.start();
      await eventually(() => relay.quiet());
      const failing = subscribe(ticketChanged, 'fail-late', async (tx, event: StewardEvent<{ ticketId: string }>) => {
        await recordEffect(tx, event);
        const about = { aggregateId: newId(), aggregateVersion: 1, data: { ticketId: event.subject } };
        recordEvent(tx, { definition: stampUsed, ...about });
        if (event.subject === bad) throw new DomainError('CONFLICT', 'NOT_NOW');
      });
      await rig.consumer([subscribe(ticketOpened, 'record-opened', recordEffect), failing]).start();
      await eventually(async () => (await list()).length === 1 && (await rig.versions(other)).length === 2);
      expect(await rig.versions(one)).toEqual([1, 2]);
      expect(await rig.versions(bad)).toEqual([1]);
      expect(await shape()).toEqual([[2, 'FAILED', 'NOT_NOW']]);
      const told = await rig.sink.sql<{ ticket: string }>(`select data->>'ticketId' as ticket from outbox`);
      expect(told.map(({ ticket }) => ticket).toSorted()).toEqual([one, other].toSorted());
    });

    test('that takes the process down is parked after five attempts', async () => {
      const ticket = newId();
      await rig.relay().start();
      await rig.emit(ticket, 1, 3);
      for (let life = 1; life <= 5; life += 1) {
        let begin = (): void => undefined;
        const begun = new Promise<void>((resolve) => (begin = resolve));
        const dying = rig.consumer([
          subscribe(ticketOpened, 'record-opened', recordEffect),
          subscribe(ticketChanged, 'die', async (tx, event: StewardEvent<{ amount: number }>) => {
            if (event.data.amount !== 2) return recordEffect(tx, event);
            begin();
            await rows(tx, 'select pg_sleep(600)');
          }),
        ]);
        await dying.start();
        await begun;
        const stopped = dying.stop();
        await rig.sink.killConnections();
        await stopped;
      }
      await rig.consumer(recording).start();
      await eventually(async () => (await shape())[0]?.[1] === 'FAILED');
      expect(await shape()).toEqual([
        [2, 'FAILED', 'HANDLER_CRASHED'],
        [3, 'WAITING', 'WAITING'],
      ]);
      const [head] = await list();
      await retryParked(rig.sink.database.system, head?.id ?? '');
      await eventually(async () => (await rig.effects(ticket)).length === 3);
    }, 60_000);
  });
});
