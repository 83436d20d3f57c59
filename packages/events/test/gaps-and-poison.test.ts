import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';

import {
  dropParked,
  recordEvent,
  retryParked,
  showParked,
  type Consumer,
  type Handler,
  type ParkedEvent,
} from '../src/index.ts';
import {
  emitVersion,
  eventually,
  openRig,
  parkedIn,
  parkedShape,
  recording,
  scopeOf,
  startBoth,
  upTo,
  type Rig,
} from './rig.ts';
import { publishRaw, readStreamMessages } from './stream-messages.ts';
import { ticketChanged, ticketChangedV2, ticketClosed, ticketOpened } from './ticket-events.ts';

describe('what does not come as it should', () => {
  let rig: Rig;
  beforeEach(async () => (rig = await openRig()));
  afterEach(() => rig.close());

  const started = (handlers: readonly Handler[]): Promise<Consumer> => startBoth(rig, handlers);
  const list = (): Promise<ParkedEvent[]> => parkedIn(rig);
  const shape = (): ReturnType<typeof parkedShape> => parkedShape(rig);

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

  describe('a gap', () => {
    test('parks its aggregate alone until the publisher has sent what is missing', async () => {
      const [ticket, other] = [newId(), newId()];
      const relay = rig.relay();
      await relay.start();
      await rig.emit(ticket, 1, 2);
      await eventually(() => relay.quiet());
      await rig.source.sql(`update outbox_delivery set published_at = now() - interval '1 minute'`);
      await relay.stop();
      const lost = { published_at: new Date(0) };
      await rig.emit(ticket, 3, 4);
      const missing = `seq in (select seq from outbox where aggregate_id = $1 and aggregate_version = 3)`;
      await rig.source.sql(`update outbox_delivery set published_at = $2 where ${missing}`, [
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
      await rig.source.sql(`update outbox_delivery set published_at = now() - interval '1 minute' where seq = 2`);
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
      await rig.source.sql(`update outbox_delivery set published_at = now() - interval '1 minute' where seq <= 2`);
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
      await eventually(async () => (await shape()).length === 2 && (await shape())[0]?.[2] === 'MISSING_AT_PUBLISHER');
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
      await rig.source.sql(`update outbox_delivery set published_at = now() - interval '1 minute' where seq = 2`);
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
