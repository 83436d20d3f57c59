import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@steward/core';

import { listLost, logIdentity, renewLogIdentity, retryParked, subscribe, type Handler } from '../src/index.ts';
import { dropParked } from '../src/parked.ts';
import {
  eventually,
  openRig,
  parkedIn,
  parkedShape,
  recordEffect,
  recording,
  startBoth,
  upTo,
  type Rig,
} from './rig.ts';
import { deleteStream, readStreamMessages, versionsIn } from './stream-messages.ts';
import { ticketChanged, ticketOpened } from './ticket-events.ts';

/** Facts of one ticket at some versions, by id, as the publisher's log has them. */
const idsOf = async (rig: Rig, ticket: string): Promise<string[]> => {
  const text = 'select id from outbox where aggregate_id = $1 order by aggregate_version';
  return (await rig.source.sql<{ id: string }>(text, [ticket])).map(({ id }) => id);
};

/** What a restore of the publisher's database does: the ticket's facts behind a version have never been. */
async function putPublisherBack(rig: Rig, ticket: string, version: number): Promise<void> {
  await rig.source.sql(
    `delete from outbox_delivery where seq in
       (select seq from outbox where aggregate_id = $1 and aggregate_version > $2)`,
    [ticket, version],
  );
  await rig.source.sql('delete from outbox where aggregate_id = $1 and aggregate_version > $2', [ticket, version]);
  await rig.source.sql(`select setval('outbox_seq', (select max(seq) from outbox))`);
}

const effectIds = async (rig: Rig, ticket: string): Promise<string[]> =>
  (await rig.effects(ticket)).map((each) => each.event_id);

describe('a publisher whose database was put back', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.close());

  /** Eight facts of a ticket have had their effect; then the publisher knows five of them, and goes on. */
  async function loseThree(handlers: readonly Handler[] = recording): Promise<{ ticket: string; lost: string[] }> {
    const [ticket, first] = [newId(), rig.relay()];
    await first.start();
    const consumer = rig.consumer(handlers);
    await consumer.start();
    await rig.emit(ticket, 1, 8);
    await eventually(async () => (await consumer.quiet()) && (await first.quiet()));
    await eventually(async () => (await rig.versions(ticket)).length + (await parkedIn(rig)).length === 8);
    await consumer.stop();
    await first.stop();
    const lost = (await idsOf(rig, ticket)).slice(5);
    await putPublisherBack(rig, ticket, 5);
    return { ticket, lost };
  }

  test('is noticed by its stream: what it has lost is listed and taken out, what consumers had of it is parked', async () => {
    const { ticket, lost } = await loseThree();
    await startBoth(rig, recording);
    await eventually(async () => (await parkedShape(rig)).length === 1);
    expect(await parkedShape(rig)).toEqual([[5, 'FAILED', 'LOG_REWOUND']]);
    expect((await listLost(rig.source.database.system)).map(({ id }) => id)).toEqual(lost);
    expect(versionsIn(await readStreamMessages(rig), ticket)).toEqual(upTo(5));
    expect((await parkedIn(rig))[0]?.detail).toMatchObject({ common: 5, applied: { to: 8, eventId: lost.at(-1) } });
  });

  test.each(['stays', 'is gone as well'])(
    'holds its new facts of the same versions until an operator lets them go on, when its stream %s',
    async (fate) => {
      const { ticket } = await loseThree();
      if (fate !== 'stays') {
        await deleteStream(rig);
        await renewLogIdentity(rig.source.database.system);
      }
      const other = newId();
      await rig.emit(ticket, 6, 7);
      await rig.emit(other, 1, 3);
      const before = await effectIds(rig, ticket);
      await startBoth(rig, recording);
      await eventually(async () => (await rig.versions(other)).length === 3 && (await parkedIn(rig)).length === 3);
      expect(await parkedShape(rig)).toEqual([
        [5, 'FAILED', 'LOG_REWOUND'],
        [6, 'WAITING', 'WAITING'],
        [7, 'WAITING', 'WAITING'],
      ]);
      expect(await effectIds(rig, ticket)).toEqual(before);
      await retryParked(rig.sink.database.system, (await parkedIn(rig))[0]?.id ?? '');
      await eventually(async () => (await parkedIn(rig)).length === 0);
      expect(await effectIds(rig, ticket)).toEqual([...before, ...(await idsOf(rig, ticket)).slice(5)]);
      expect(await rig.versions(other)).toEqual(upTo(3));
    },
  );

  test('goes on as well when the operator gives the marker up, which stays as the record', async () => {
    const { ticket } = await loseThree();
    await rig.emit(ticket, 6);
    await startBoth(rig, recording);
    await eventually(async () => (await parkedIn(rig)).length === 2);
    await dropParked(rig.sink.database.system, (await parkedIn(rig))[0]?.id ?? '', 'put right by hand');
    await eventually(async () => (await parkedIn(rig)).length === 0);
    expect((await effectIds(rig, ticket)).at(-1)).toBe((await idsOf(rig, ticket)).at(-1));
    const text = `select * from parked_event where state = 'DROPPED' and due_at is null`;
    await eventually(async () => (await rig.sink.sql(text)).length === 1);
    expect((await rig.sink.sql(text))[0]).toMatchObject({
      reason: 'LOG_REWOUND',
      detail: { dropped: 'put right by hand' },
    });
  });

  test('is noticed by a consumer that runs all the while', async () => {
    const ticket = newId();
    const first = rig.relay();
    await first.start();
    const consumer = rig.consumer(recording);
    await consumer.start();
    await rig.emit(ticket, 1, 8);
    await eventually(async () => (await rig.versions(ticket)).length === 8);
    await first.stop();
    await putPublisherBack(rig, ticket, 5);
    await rig.emit(ticket, 6);
    await rig.relay().start();
    await eventually(async () => (await parkedIn(rig)).length === 2);
    expect(await parkedShape(rig)).toEqual([
      [5, 'FAILED', 'LOG_REWOUND'],
      [6, 'WAITING', 'WAITING'],
    ]);
  });

  test('takes lost facts back that had no effect yet, without an operator', async () => {
    const failing = subscribe(ticketChanged, 'fail-late', async (tx, event) => {
      if (event.aggregateversion > 5 && event.data.amount < 100) throw new RangeError('not today');
      await recordEffect(tx, event);
    });
    const handlers = [subscribe(ticketOpened, 'record-opened', recordEffect), failing];
    const { ticket } = await loseThree(handlers);
    expect((await parkedIn(rig)).map(({ aggregateVersion }) => aggregateVersion)).toEqual([6, 7, 8]);
    await rig.emit(ticket, 6);
    await rig.relay().start();
    // Sooner, the consumer would succeed with what is parked before it could know that it does not exist any more.
    await eventually(async () => versionsIn(await readStreamMessages(rig), ticket).length === 6);
    await rig.consumer(recording).start();
    await eventually(async () => (await rig.versions(ticket)).length === 6);
    expect(await effectIds(rig, ticket)).toEqual(await idsOf(rig, ticket));
    expect(await parkedIn(rig)).toEqual([]);
  });

  test('that has lost nothing costs nobody anything', async () => {
    const ticket = newId();
    const consumer = await startBoth(rig, recording);
    await rig.emit(ticket, 1, 5);
    await eventually(async () => (await rig.versions(ticket)).length === 5);
    const before = await logIdentity(rig.source.database.system);
    const after = await renewLogIdentity(rig.source.database.system);
    expect(after).not.toBe(before);
    const relay = rig.relay();
    await relay.start();
    await rig.emit(ticket, 6, 9);
    await eventually(async () => (await rig.versions(ticket)).length === 9 && (await consumer.quiet()));
    expect(await rig.versions(ticket)).toEqual(upTo(9));
    expect(await parkedIn(rig)).toEqual([]);
    expect(await listLost(rig.source.database.system)).toEqual([]);
  });
});

describe('a consumer whose database was put back', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.close());

  test('reads again what it has forgotten, and nothing twice', async () => {
    const [ticket, quiet] = [newId(), newId()];
    const consumer = await startBoth(rig, recording);
    await rig.emit(ticket, 1, 6);
    await rig.emit(quiet, 1, 4);
    await eventually(async () => (await rig.effects()).length === 10 && (await consumer.quiet()));
    await consumer.stop();
    await rig.sink.sql('delete from effect where version > 3');
    await rig.sink.sql('update consumer_position set version = 3, event_id = null');
    await renewLogIdentity(rig.sink.database.system);
    const again = rig.consumer(recording);
    await again.start();
    await eventually(async () => (await rig.effects()).length === 10);
    await eventually(() => again.quiet());
    expect(await rig.versions(ticket)).toEqual(upTo(6));
    expect(await rig.versions(quiet)).toEqual(upTo(4));
    expect(await parkedIn(rig)).toEqual([]);
  });
});
