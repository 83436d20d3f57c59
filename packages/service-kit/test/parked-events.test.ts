import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError, newId } from '@steward/core';
import { defineEvent, subscribe, workOrderClosed, type Handler } from '@steward/events';
import { aStaffViewer, eventually, startTestService, type TestService } from '@steward/test-kit';
import { z } from 'zod';

import { parkedEventAccess, parkedEventResolvers, type ServiceDefinition } from '../src/index.ts';
import { countTorch, sourceLit } from './sample-lamps.ts';
import { sample } from './sample-service.ts';

const sdl = `
extend type Query { lampParkedEvents(first: Int, after: String, filter: ParkedEventFilter): ParkedEventConnection! }
extend type Mutation {
  retryLampParkedEvents(input: RetryLampParkedEventsInput!): RetryLampParkedEventsPayload!
  dropLampParkedEvent(input: DropLampParkedEventInput!): DropLampParkedEventPayload!
}
input RetryLampParkedEventsInput { parkedEventIds: [ID!]! idempotencyKey: String }
type RetryLampParkedEventsPayload { parkedEvents: [ParkedEvent!]! }
input DropLampParkedEventInput { parkedEventId: ID! reason: String! idempotencyKey: String }
type DropLampParkedEventPayload { parkedEvent: ParkedEvent }`;

const { Query, Mutation } = parkedEventResolvers('lamp');
const merged = (name: 'Query' | 'Mutation', own: object): object => ({ ...(sample.resolvers[name] as object), ...own });

/** What the sample service consumes refuses until told otherwise. */
let accepts = false;
const moody: Handler[] = [
  subscribe(sourceLit, 'count-torch', async (tx, event) => {
    if (!accepts) throw new DomainError('CONFLICT', 'NOT_NOW');
    await countTorch(tx, event);
  }),
  subscribe(workOrderClosed, 'refuse', async () => {
    throw new DomainError('CONFLICT', 'NOT_NOW');
  }),
];

const tenantId = newId();
const operator = aStaffViewer({ roles: ['operator'], tenantId, communityIds: [] });
const director = aStaffViewer({ roles: ['director'], tenantId, communityIds: 'all' });
const elsewhere = aStaffViewer({ roles: ['operator'], communityIds: 'all' });

type Parked = { id: string; state: string; reason: string; attempts: number; data: unknown; detail: object };
type Page = { nodes: Parked[]; totalCount: number; pageInfo: { endCursor: string; hasNextPage: boolean } };

const fields = 'id state reason publisher consumer type aggregateId aggregateVersion attempts detail data parkedAt';
const listQuery = `query($first: Int, $after: String, $filter: ParkedEventFilter) {
  lampParkedEvents(first: $first, after: $after, filter: $filter) {
    nodes { ${fields} } totalCount pageInfo { endCursor hasNextPage } } }`;
const retryMutation = `mutation($input: RetryLampParkedEventsInput!) {
  retryLampParkedEvents(input: $input) { parkedEvents { ${fields} } } }`;
const dropMutation = `mutation($input: DropLampParkedEventInput!) {
  dropLampParkedEvent(input: $input) { parkedEvent { ${fields} } } }`;

describe('parked events in the graph', () => {
  let service: TestService;
  const later: { name: string; handlers: Handler[] }[] = [];

  beforeAll(async () => {
    const definition: ServiceDefinition = {
      ...sample,
      schema: sample.schema + sdl,
      resolvers: { ...sample.resolvers, Query: merged('Query', Query), Mutation: merged('Mutation', Mutation) },
      access: { ...sample.access, ...parkedEventAccess('lamp') },
      handlers: moody,
      consumers: later,
    };
    service = await startTestService(definition);
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    accepts = false;
  });

  const list = async (variables: object = {}, viewer = operator): Promise<Page> =>
    (await service.ok<{ lampParkedEvents: Page }>(viewer, listQuery, variables)).lampParkedEvents;
  const of = async (publisher: string, count: number): Promise<Parked[]> => {
    await service.settle();
    const { nodes } = await list({ filter: { publisher } });
    expect(nodes).toHaveLength(count);
    return nodes;
  };
  const torches = async (): Promise<number> => (await service.sql('select 1 from torch')).length;

  const lit: string[] = [];
  async function lightTorch(): Promise<void> {
    const aggregateId = newId();
    lit.push(aggregateId);
    await service.wire.send(sourceLit, { tenantId, aggregateId, data: { watts: 5 } });
  }

  async function parkTwo(): Promise<Parked[]> {
    const known = new Set((await list()).nodes.map(({ id }) => id));
    for (const _each of [1, 2]) {
      await lightTorch();
    }
    return eventually(async () => {
      const fresh = (await list()).nodes.filter(({ id }) => !known.has(id));
      return fresh.length === 2 ? fresh : null;
    });
  }

  test('are listed newest first, page by page, by state, publisher and reason', async () => {
    const [newest, oldest] = await parkTwo();
    const first = await list({ first: 1 });
    expect(first).toMatchObject({ nodes: [{ id: newest?.id, state: 'FAILED', reason: 'NOT_NOW' }], totalCount: 2 });
    const second = await list({ first: 1, after: first.pageInfo.endCursor });
    expect([second.nodes[0]?.id, second.pageInfo.hasNextPage]).toEqual([oldest?.id, false]);
    const counts = [{ state: ['FAILED'] }, { state: ['GAP', 'WAITING'] }, { publisher: 'none' }, { reason: 'NOT_NOW' }];
    const found = await Promise.all(counts.map(async (filter) => (await list({ filter })).totalCount));
    expect(found).toEqual([2, 0, 0, 2]);
  });

  test('show the data that their kind promises, and nothing that it does not', async () => {
    const about = { tenantId, aggregateId: newId() };
    const workOrderId = about.aggregateId;
    const closedAt = '2026-03-01T00:00:00.000Z';
    await service.wire.send(workOrderClosed, { ...about, data: { workOrderId, householdId: null, closedAt } });
    const [good] = await of('work-orders', 1);
    expect(good?.data).toMatchObject({ workOrderId });
    const leaking = defineEvent({ ...workOrderClosed, data: z.object({ contactName: z.string() }) });
    await service.wire.send(leaking, { tenantId, aggregateId: newId(), data: { contactName: '王小明' } });
    const [bad] = await of('work-orders', 2);
    expect(bad).toMatchObject({ reason: 'DATA_INVALID', data: null });
    expect(JSON.stringify(await list())).not.toContain('王小明');
  });

  test('are tried again together, and go once they have their effect', async () => {
    const parked = await parkTwo();
    const before = await torches();
    accepts = true;
    const input = { parkedEventIds: parked.map(({ id }) => id), idempotencyKey: `retry-${newId()}` };
    for (const _twice of [1, 2]) await service.ok(operator, retryMutation, { input });
    await eventually(async () => (await torches()) === before + 2);
    await service.settle();
    expect((await list()).nodes.filter(({ id }) => input.parkedEventIds.includes(id))).toEqual([]);
  });

  test('are given up with a reason that stays, and by whom', async () => {
    const [one] = await parkTwo();
    const input = { parkedEventId: one?.id, reason: ' agreed with the desk ' };
    const dropped = await service.ok<{ dropLampParkedEvent: { parkedEvent: Parked } }>(operator, dropMutation, {
      input,
    });
    expect(dropped.dropLampParkedEvent.parkedEvent).toMatchObject({
      state: 'DROPPED',
      detail: { dropped: 'agreed with the desk', droppedBy: operator.sub },
    });
    const again = await service.refused(operator, dropMutation, { input });
    expect(again.extensions).toMatchObject({ code: 'CONFLICT', reason: 'PARKED_EVENT_SETTLED' });
    const retried = await service.refused(operator, retryMutation, { input: { parkedEventIds: [one?.id] } });
    expect(retried.extensions.reason).toBe('PARKED_EVENT_SETTLED');
  });

  test('are the business of operators of the company alone', async () => {
    const [one] = await parkTwo();
    expect((await service.refused(director, listQuery)).extensions.code).toBe('FORBIDDEN');
    expect(await list({}, elsewhere)).toMatchObject({ nodes: [], totalCount: 0 });
    const retry = { input: { parkedEventIds: [one?.id] } };
    const drop = { input: { parkedEventId: one?.id, reason: 'not mine' } };
    for (const [document, variables] of [
      [retryMutation, retry],
      [dropMutation, drop],
    ] as const) {
      expect((await service.refused(director, document, variables)).extensions.code).toBe('FORBIDDEN');
      expect((await service.refused(elsewhere, document, variables)).extensions.code).toBe('NOT_FOUND');
    }
    expect((await list()).nodes.find(({ id }) => id === one?.id)?.state).toBe('FAILED');
  });

  test.each([
    [retryMutation, { parkedEventIds: [] }, 'PARKED_EVENTS_NUMBER'],
    [retryMutation, { parkedEventIds: Array.from({ length: 201 }, () => newId()) }, 'PARKED_EVENTS_NUMBER'],
    [retryMutation, { parkedEventIds: [newId()] }, 'NOT_FOUND'],
    [retryMutation, { parkedEventIds: ['x'] }, 'VALUE_MALFORMED'],
    [dropMutation, { parkedEventId: newId(), reason: 'agreed' }, 'NOT_FOUND'],
    [dropMutation, { parkedEventId: newId(), reason: ' ' }, 'REASON_REQUIRED'],
  ])('are not touched by what makes no sense: %#', async (document, input, reason) => {
    const [en, zh] = [
      await service.refused(operator, document, { input }),
      await service.refused(operator, document, { input }, 'zh-CN'),
    ];
    expect([en.extensions.reason, zh.extensions.reason]).toEqual([reason, reason]);
    expect(en.message).not.toBe(zh.message);
  });

  test('of a reader that was added later are its own; it reads the past, while the first one stays where it is', async () => {
    accepts = true;
    await lightTorch();
    await service.settle();
    const before = await torches();
    const seen: string[] = [];
    later.push({
      name: 'glow',
      handlers: [subscribe(sourceLit, 'look', async (_tx, event) => void seen.push(event.subject))],
    });
    await service.restart();
    await eventually(async () => seen.length >= lit.length);
    await service.settle();
    expect(seen.toSorted()).toEqual(lit.toSorted());
    expect(await torches()).toBe(before);
  });
});
