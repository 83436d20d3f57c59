import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError, newId } from '@steward/core';
import { rows } from '@steward/db';

import {
  dropParked,
  listParked,
  recordEvent,
  retryParked,
  showParked,
  subscribe,
  type Consumer,
  type ParkedEvent,
  type StewardEvent,
} from '../src/index.ts';
import { emitVersion, eventually, openRig, recordEffect, scopeOf, upTo, type Rig } from './rig.ts';
import { publishRaw, readStreamMessages } from './stream-messages.ts';
import { ticketChanged, ticketChangedV2, ticketClosed, ticketOpened } from './ticket-events.ts';

const recording = [
  subscribe(ticketOpened, 'record-opened', recordEffect),
  subscribe(ticketChanged, 'record-changed', recordEffect),
];

describe('parked events', () => {
  let rig: Rig;
  beforeEach(async () => (rig = await openRig()));
  afterEach(() => rig.close());

  const list = (): Promise<ParkedEvent[]> => listParked(rig.sink.database.system);
  const shape = async (): Promise<[number | null, string, string][]> =>
    (await list()).map(({ aggregateVersion, state, reason }) => [aggregateVersion, state, reason]);

  const envelope = (ticket: string, version: number, changes: object = {}): string =>
    JSON.stringify({
      specversion: '1.0',
      id: newId(),
      source: '/steward/evt-source',
      type: version === 1 ? ticketOpened.type : ticketChanged.type,
      subject: ticket,
      time: '2026-03-01T00:00:00.000Z',
      dataschema: 'urn:x',
      datacontenttype: 'application/json',
      tenantid: rig.tenant,
      aggregatetype: 'ticket',
      aggregateversion: version,
      data: version === 1 ? { ticketId: ticket } : { ticketId: ticket, amount: version },
      ...changes,
    });
  const send = (text: string, subject = 'evt-source.ticket.changed.v1'): Promise<void> =>
    publishRaw(rig, subject, text);

  /** A handler of changes that throws `error(version)` while it answers something. */
  const refusing = (error: (version: number) => Error | null) => [
    subscribe(ticketOpened, 'record-opened', recordEffect),
    subscribe(ticketChanged, 'refuse', async (tx, event: StewardEvent<{ amount: number }>) => {
      const found = error(event.data.amount);
      if (found !== null) throw found;
      await recordEffect(tx, event);
    }),
  ];

  const started = async (handlers: Parameters<Rig['consumer']>[0]): Promise<Consumer> => {
    await rig.relay().start();
    const consumer = rig.consumer(handlers);
    await consumer.start();
    return consumer;
  };

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
        await rig.killConnections(rig.sink);
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

  describe('a gap', () => {
    test('parks its aggregate alone until the publisher has sent what is missing', async () => {
      const [ticket, other] = [newId(), newId()];
      const relay = rig.relay();
      await relay.start();
      await rig.emit(ticket, 1, 2);
      await eventually(() => relay.quiet());
      await rig.sql(rig.source, `update outbox_delivery set published_at = now() - interval '1 minute'`);
      await relay.stop();
      const lost = { published_at: new Date(0) };
      await rig.emit(ticket, 3, 4);
      const missing = `seq in (select seq from outbox where aggregate_id = $1 and aggregate_version = 3)`;
      await rig.sql(rig.source, `update outbox_delivery set published_at = $2 where ${missing}`, [
        ticket,
        lost.published_at,
      ]);
      await rig.emit(other, 1);
      const consumer = rig.consumer(recording);
      await consumer.start();
      await rig.relay().start();
      await eventually(async () => (await rig.effects(other)).length === 1);
      await eventually(async () => (await rig.effects(ticket)).length === 4);
      expect(await rig.versions(ticket)).toEqual(upTo(4));
      expect(await list()).toEqual([]);
      const repaired = (await readStreamMessages(rig)).find(({ event }) => event.aggregateversion === 3);
      expect(repaired?.messageId).toBe(`${repaired?.event.id}#1`);
      await eventually(() => consumer.quiet());
    });

    test('is asked for again until the publisher is there', async () => {
      const ticket = newId();
      await rig.emit(ticket, 1, 3);
      await rig.sql(rig.source, `update outbox_delivery set published_at = now() - interval '1 minute' where seq = 2`);
      const relay = rig.relay();
      await relay.start();
      await eventually(() => relay.quiet());
      await relay.stop();
      await rig.consumer(recording).start();
      await eventually(async () => (await shape())[0]?.[1] === 'GAP');
      expect(await rig.versions(ticket)).toEqual([1]);
      await rig.relay().start();
      await eventually(async () => (await rig.effects(ticket)).length === 3);
      expect(await rig.versions(ticket)).toEqual(upTo(3));
    });

    test('before the first fact that is seen is one as well', async () => {
      const ticket = newId();
      await rig.emit(ticket, 1, 3);
      await rig.sql(rig.source, `update outbox_delivery set published_at = now() - interval '1 minute' where seq <= 2`);
      await started(recording);
      await eventually(async () => (await rig.effects(ticket)).length === 3);
      expect(await rig.versions(ticket)).toEqual(upTo(3));
    });

    test('is none when the publisher has nothing before', async () => {
      const ticket = newId();
      await rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
        for (const version of [4, 5]) emitVersion(tx, ticket, version);
      });
      await started(recording);
      await eventually(async () => (await rig.effects(ticket)).length === 2);
      expect(await rig.versions(ticket)).toEqual([4, 5]);
      expect(await list()).toEqual([]);
    });

    test('that nobody can fill stays for an operator, who may give up what is missing', async () => {
      const ticket = newId();
      await rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
        for (const version of [1, 2, 4, 5]) emitVersion(tx, ticket, version);
      });
      await started(recording);
      await eventually(async () => (await shape())[0]?.[2] === 'MISSING_AT_PUBLISHER');
      expect(await shape()).toEqual([
        [4, 'GAP', 'MISSING_AT_PUBLISHER'],
        [5, 'WAITING', 'WAITING'],
      ]);
      expect(await rig.versions(ticket)).toEqual([1, 2]);
      const [head] = await list();
      await dropParked(rig.sink.database.system, head?.id ?? '', 'the publisher skipped version 3');
      await eventually(async () => (await rig.effects(ticket)).length === 3);
      expect(await rig.versions(ticket)).toEqual([1, 2, 5]);
    });
  });

  describe('poison', () => {
    test.each([
      ['data that do not fit the schema', { data: { ticketId: 'no id', amount: 2 } }, 'DATA_INVALID'],
      ['a version nobody knows', { type: 'steward.evt-source.ticket.changed.v9' }, 'UNKNOWN_VERSION'],
      ['another tenant than the aggregate’s', { tenantid: newId() }, 'WRONG_TENANT'],
      ['an envelope that is none', { specversion: '9.9' }, 'ENVELOPE_INVALID'],
      ['a type of another publisher', { type: 'steward.other.ticket.changed.v1' }, 'ENVELOPE_INVALID'],
    ])('is parked with its reason: %s', async (_what, changes, reason) => {
      const [ticket, other] = [newId(), newId()];
      await started(recording);
      await rig.emit(newId(), 1);
      await eventually(async () => (await rig.effects()).length === 1);
      await send(envelope(ticket, 1));
      await send(envelope(ticket, 2, changes));
      await send(envelope(ticket, 3));
      await send(envelope(other, 1));
      await eventually(async () => (await rig.effects(other)).length === 1);
      expect(await shape()).toEqual([
        [2, 'FAILED', reason],
        [3, 'WAITING', 'WAITING'],
      ]);
      expect((await list()).every(({ tenantId }) => tenantId === rig.tenant)).toBe(true);
      expect(JSON.stringify(await list())).not.toContain('no id');
    });

    test('that cannot even be read is parked once, and comes back as a gap that the publisher fills', async () => {
      const ticket = newId();
      await rig.emit(ticket, 1, 3);
      await rig.sql(rig.source, `update outbox_delivery set published_at = now() - interval '1 minute' where seq = 2`);
      await started(recording);
      await eventually(async () => (await rig.effects(ticket)).length === 3);
      await send('not json at \0 all');
      await eventually(async () => (await shape()).length === 1);
      const [only] = await list();
      expect(only).toMatchObject({ state: 'FAILED', reason: 'UNPARSABLE', aggregateId: null });
      expect((await showParked(rig.sink.database.system, only?.id ?? ''))?.envelope).toBe('not json at  all');
      expect(await retryParked(rig.sink.database.system, only?.id ?? '')).toBe(false);
      expect(await dropParked(rig.sink.database.system, only?.id ?? '', 'noise')).toBe(true);
      expect(await list()).toEqual([]);
    });

    test('is none when a newer version of the fact is published beside the one that is handled', async () => {
      const ticket = newId();
      await started(recording);
      await rig.emit(ticket, 1, 2);
      await rig.source.database.write(scopeOf(rig.tenant), async (tx) => {
        const about = { aggregateId: ticket, aggregateVersion: 3 };
        recordEvent(tx, { definition: ticketChangedV2, ...about, data: { ticketId: ticket, amounts: [1] } });
        recordEvent(tx, { definition: ticketClosed, ...about, aggregateVersion: 4, data: { ticketId: ticket } });
      });
      await rig.emit(ticket, 5);
      await eventually(async () => (await rig.versions(ticket)).includes(5));
      expect(await rig.versions(ticket)).toEqual([1, 2, 5]);
      expect(await list()).toEqual([]);
    });
  });
});
