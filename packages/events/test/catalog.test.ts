import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import * as events from '../src/index.ts';
import {
  allEvents,
  constantName,
  deadlineEvents,
  defineEvent,
  notificationEvents,
  type EventDefinition,
} from '../src/index.ts';

const isDefinition = (value: unknown): value is EventDefinition<unknown> =>
  typeof value === 'object' && value !== null && 'type' in value && 'fact' in value;

const constants = Object.entries<unknown>(events).flatMap(([name, value]) =>
  isDefinition(value) ? [{ name, definition: value }] : [],
);

describe('the catalogue', () => {
  test('names every constant after its aggregate and fact', () => {
    const misnamed = constants.filter(({ name, definition }) => name !== constantName(definition));
    expect(misnamed.map(({ name, definition }) => `${name}: ${constantName(definition)}`)).toEqual([]);
  });

  test('names every group of deadlines after its aggregate', () => {
    const groups = Object.entries<unknown>(events).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && 'breached' in value && isDefinition(value.breached)
        ? [{ name, aggregate: value.breached.aggregate }]
        : [],
    );
    const nameOf = (aggregate: string): string =>
      `${aggregate.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Deadlines`;
    expect(groups.map(({ name }) => name)).toEqual(groups.map(({ aggregate }) => nameOf(aggregate)));
  });

  test('lists every constant, no type twice, and each publisher’s requests for notification', () => {
    const types = allEvents.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    for (const { definition } of constants) expect(types).toContain(definition.type);
    for (const publisher of new Set(allEvents.map((each) => each.publisher))) {
      expect(types).toContain(notificationEvents(publisher).requested.type);
    }
  });

  test('describes every kind of fact, and its data as an object that has a JSON Schema', () => {
    const lacking = allEvents.filter(
      ({ description, data }) => description === '' || !(data instanceof z.ZodObject) || z.toJSONSchema(data) === null,
    );
    expect(lacking.map(({ type }) => type)).toEqual([]);
  });

  test('has the same payload for the deadlines of every aggregate', () => {
    const deadlines = deadlineEvents('work-orders', 'work-order');
    expect(Object.values(deadlines).map(({ type }) => type)).toEqual([
      'steward.work-orders.work-order.deadline-started.v1',
      'steward.work-orders.work-order.deadline-warned.v1',
      'steward.work-orders.work-order.deadline-breached.v1',
      'steward.work-orders.work-order.deadline-met.v1',
      'steward.work-orders.work-order.deadline-cancelled.v1',
    ]);
    expect(deadlines.started.data).toBe(deadlineEvents('hr', 'staff').met.data);
  });

  test('lets no sentence and no name into a notification', () => {
    const { data } = notificationEvents('hr').requested;
    const request = (params: object): object => ({
      to: { role: 'clerk', departmentCode: null, staffId: null, personId: null, householdId: null },
      template: 'work-order-late',
      params,
      channel: 'IN_APP',
      dueAt: '2026-03-01T00:00:00Z',
    });
    expect(
      data.safeParse(request({ number: 'WX-20260301-0042', count: 3, at: '2026-03-01T09:00:00+08:00' })).success,
    ).toBe(true);
    expect(data.safeParse(request({ customer: '王小明' })).success).toBe(false);
    expect(data.safeParse(request({ note: 'the tap drips' })).success).toBe(false);
  });
});

describe('defineEvent', () => {
  const define = (changes: object): unknown =>
    defineEvent({
      publisher: 'work-orders',
      aggregate: 'work-order',
      fact: 'assigned',
      version: 1,
      description: 'x',
      data: z.object({}),
      ...changes,
    });

  test('derives the type', () => {
    expect(define({})).toMatchObject({ type: 'steward.work-orders.work-order.assigned.v1' });
  });

  test.each([
    { publisher: 'WorkOrders' },
    { aggregate: 'work_order' },
    { fact: 'was.assigned' },
    { version: 0 },
    { version: 1.5 },
  ])('refuses names and versions that would break the subject: %j', (changes) => {
    expect(() => define(changes)).toThrow();
  });

  test('names later versions apart', () => {
    expect(constantName(define({ version: 2 }) as EventDefinition<unknown>)).toBe('workOrderAssignedV2');
  });
});
