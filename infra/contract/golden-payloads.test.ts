import { afterEach, expect, test } from '@jest/globals';
import { defineEvent, type EventDefinition } from '@steward/events';
import { z } from 'zod';

import { temporaryTree } from '../check/temporary-tree.ts';
import { addGolden, readGolden } from './golden-payloads.ts';

const ticket = (change: z.ZodRawShape = {}): EventDefinition<unknown> =>
  defineEvent({
    publisher: 'desk',
    aggregate: 'ticket',
    fact: 'opened',
    version: 1,
    description: 'Opened.',
    data: z.object({ ticketId: z.guid(), dueAt: z.iso.datetime().nullable(), note: z.string().optional(), ...change }),
  });

let remove = (): void => {};
afterEach(() => remove());

function emptyTree(): string {
  const made = temporaryTree({});
  remove = made.remove;
  return made.root;
}

test('a new version of a fact gets a payload with everything and one with as little as is allowed', () => {
  const root = emptyTree();
  expect(addGolden(root, [ticket()])).toEqual(['packages/events/contract/golden/steward.desk.ticket.opened.v1.json']);
  const [complete, minimal] = readGolden(root, ticket().type);
  expect(Object.keys(complete?.data ?? {})).toEqual(['ticketId', 'dueAt', 'note']);
  expect(complete?.data['ticketId']).toBe(complete?.subject);
  expect(minimal?.data).toEqual({ ticketId: minimal?.subject, dueAt: null });
});

test('what is there is never changed: a new field brings a payload of its own, nothing new brings none', () => {
  const root = emptyTree();
  addGolden(root, [ticket()]);
  const before = readGolden(root, ticket().type);
  expect(addGolden(root, [ticket()])).toEqual([]);
  addGolden(root, [ticket({ urgency: z.int().optional() })]);
  const after = readGolden(root, ticket().type);
  expect(after.slice(0, 2)).toEqual(before);
  expect(after.slice(2)).toMatchObject([{ name: 'complete-2', data: { urgency: 3 } }]);
});
