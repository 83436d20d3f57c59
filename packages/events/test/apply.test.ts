import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog, newId } from '@steward/core';

import { applyFacts, FactFailedError } from '../src/consumer/apply.ts';
import type { ConsumerContext } from '../src/consumer/consumer-context.ts';
import { readFact, type Fact } from '../src/consumer/fact.ts';
import { PositionMovedError } from '../src/consumer/positions.ts';
import { noMetrics } from '../src/metrics.ts';
import { createSubscriptions } from '../src/subscriptions.ts';
import { openRig, publisher, recording, subscriber, upTo, type Rig } from './rig.ts';
import { testCatalog, ticketChanged, ticketOpened } from './ticket-events.ts';

describe('applying facts', () => {
  let rig: Rig;
  beforeAll(async () => (rig = await openRig()));
  afterAll(() => rig.close());

  const contextOf = ({ sink, nats, prefix, clock }: Rig): ConsumerContext => ({
    database: sink.database,
    nats,
    consumer: subscriber,
    publisher,
    prefix,
    subscriptions: createSubscriptions(recording, testCatalog),
    clock,
    log: createLog({ name: 'events-test', level: 'silent' }),
    metrics: noMetrics,
    pace: { shared: 50, guarded: false },
    sweepIn: () => undefined,
  });

  function factOf(ticket: string, version: number): Fact {
    const isFirst = version === 1;
    const envelope = {
      specversion: '1.0',
      id: newId(),
      source: '/steward/evt-source',
      type: isFirst ? ticketOpened.type : ticketChanged.type,
      subject: ticket,
      time: '2026-03-01T00:00:00.000Z',
      dataschema: 'urn:x',
      datacontenttype: 'application/json',
      tenantid: rig.tenant,
      aggregatetype: 'ticket',
      aggregateversion: version,
      data: isFirst ? { ticketId: ticket } : { ticketId: ticket, amount: version },
    };
    const { fact } = readFact(JSON.stringify(envelope), 1, publisher, contextOf(rig).subscriptions);
    if (fact === null) throw new Error('the envelope is readable');
    return fact;
  }

  test('lets one of two instances win that both believe to lead', async () => {
    const ticket = newId();
    const facts = [factOf(ticket, 1), factOf(ticket, 2)];
    const outcomes = await Promise.allSettled(upTo(4).map(() => applyFacts(contextOf(rig), facts)));
    const refused = outcomes
      .filter(({ status }) => status === 'rejected')
      .map((each) => 'reason' in each && each.reason);
    expect(refused).toHaveLength(3);
    for (const reason of refused) expect(reason).toBeInstanceOf(PositionMovedError);
    expect(await rig.versions(ticket)).toEqual([1, 2]);
  });

  test('refuses a fact that is not the next of its aggregate, with everything it came with', async () => {
    const [one, other] = [newId(), newId()];
    await applyFacts(contextOf(rig), [factOf(one, 1)]);
    const together = applyFacts(contextOf(rig), [factOf(other, 1), factOf(one, 3)]);
    await expect(together).rejects.toBeInstanceOf(PositionMovedError);
    expect(await rig.versions(one)).toEqual([1]);
    expect(await rig.versions(other)).toEqual([]);
  });

  test('says which fact failed and leaves nothing of the others', async () => {
    const [one, other] = [newId(), newId()];
    const failing = {
      ...factOf(other, 1),
      plan: { kind: 'apply', run: () => Promise.reject(new Error('no')) },
    } as const;
    const error: unknown = await applyFacts(contextOf(rig), [factOf(one, 1), failing]).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(FactFailedError);
    expect(error).toMatchObject({ index: 1, cause: new Error('no') });
    expect(await rig.versions(one)).toEqual([]);
    await applyFacts(contextOf(rig), [factOf(one, 1)]);
    expect(await rig.versions(one)).toEqual([1]);
  });
});
