import { afterEach, expect, test } from '@jest/globals';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { acceptBaseline } from '../check/accept-baseline.ts';
import { temporaryTree, writeTree } from '../check/temporary-tree.ts';
import { breakingEvents, describeBreaking } from './breaking-events.ts';
import { acceptedEvents, presentEvents } from './contract-baseline.ts';
import type { JsonSchema } from './event-schemas.ts';

const opened = 'steward.desk.ticket.opened.v1';
const closed = 'steward.desk.ticket.closed.v1';

const object = (properties: Record<string, JsonSchema>, required: string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
});
const ticket = object({ ticketId: { type: 'string' }, kind: { type: 'string', enum: ['A', 'B'] } }, ['ticketId']);
const envelope = object({ id: { type: 'string' } }, ['id']);

type Promised = { schemas: Record<string, JsonSchema>; reactions: Record<string, string[]> };

/** The files that `npm run codegen` would have written. */
function contractFiles({ schemas, reactions }: Promised): Record<string, string> {
  const operations = Object.entries(reactions).map(([service, types]) => [
    `${service}.receives.desk.ticket`,
    {
      action: 'receive',
      'x-service': service,
      messages: types.map((type) => ({ $ref: `#/channels/x/messages/${type}` })),
    },
  ]);
  const directory = 'packages/events/contract';
  return {
    [`${directory}/asyncapi.json`]: JSON.stringify({ operations: Object.fromEntries(operations) }),
    [`${directory}/schemas/envelope.json`]: JSON.stringify(envelope),
    ...Object.fromEntries(
      Object.entries(schemas).map(([type, schema]) => [`${directory}/schemas/${type}.json`, JSON.stringify(schema)]),
    ),
  };
}

const first: Promised = {
  schemas: { [opened]: ticket, [closed]: ticket },
  reactions: { hr: [opened], billing: [opened] },
};

let remove = (): void => {};
afterEach(() => remove());

function acceptedTree(promised: Promised = first): string {
  const made = temporaryTree({
    'gateway/supergraph.graphql': 'type Query { ok: Boolean }',
    ...contractFiles(promised),
  });
  remove = made.remove;
  acceptBaseline(made.root, 'first', '2026-01-01');
  return made.root;
}

function broken(root: string): string[] {
  const accepted = acceptedEvents(root);
  if (accepted === null) throw new Error('nothing accepted');
  return breakingEvents(accepted, presentEvents(root)).map(describeBreaking);
}

function changeTo(root: string, promised: Promised): void {
  rmSync(join(root, 'packages'), { recursive: true });
  writeTree(root, contractFiles(promised));
}

test('nothing is broken by what was accepted, by a new fact and by a new version beside the old', () => {
  const root = acceptedTree();
  expect(broken(root)).toEqual([]);
  writeTree(root, contractFiles({ ...first, schemas: { [opened.replace('v1', 'v2')]: envelope } }));
  expect(broken(root)).toEqual([]);
});

test('a change that breaks a fact names its consumers', () => {
  const root = acceptedTree();
  changeTo(root, { ...first, schemas: { ...first.schemas, [opened]: object({ ticketId: { type: 'integer' } }, []) } });
  expect(broken(root)).toEqual([
    `${opened}: data.ticketId became optional (billing, hr)`,
    `${opened}: data.ticketId changed from string to integer (billing, hr)`,
    `${opened}: data.kind was removed (billing, hr)`,
  ]);
});

test('a fact that goes hurts those that reacted to it, though their reactions went with it', () => {
  const root = acceptedTree();
  changeTo(root, { schemas: { [closed]: ticket }, reactions: { hr: [] } });
  expect(broken(root)).toEqual([`${opened} is no longer in the catalogue (billing, hr)`]);
});

test('a loosened fact hurts its consumers, and nobody when it has none', () => {
  const wider = object({ ...ticket.properties, kind: { type: 'string', enum: ['A', 'B', 'C'] } }, ['ticketId']);
  const root = acceptedTree();
  changeTo(root, { ...first, schemas: { [opened]: wider, [closed]: wider } });
  expect(broken(root)).toEqual([`${opened}: data.kind may be "C" as well (billing, hr)`]);
});

test('a tightened fact is reported though nobody reacts to it: the log has it in the old form', () => {
  const root = acceptedTree();
  changeTo(root, {
    ...first,
    schemas: { ...first.schemas, [closed]: object({ ...ticket.properties }, ['ticketId', 'kind']) },
  });
  expect(broken(root)).toEqual([`${closed}: data.kind became required (no consumer)`]);
});

test('a change of the envelope hurts every consumer', () => {
  const root = acceptedTree();
  writeTree(root, {
    'packages/events/contract/schemas/envelope.json': JSON.stringify(object({ id: { type: 'integer' } }, ['id'])),
  });
  expect(broken(root)).toEqual(['envelope.id changed from string to integer (billing, hr)']);
});

test('accepting moves the baseline and writes down whom it breaks', () => {
  const root = acceptedTree();
  changeTo(root, { ...first, schemas: { [opened]: ticket } });
  acceptBaseline(root, 'tickets stay open', '2026-02-01');
  expect(broken(root)).toEqual([]);
  const changelog = readFileSync(join(root, 'infra/baselines/CHANGELOG.md'), 'utf8');
  expect(changelog).toContain(
    `## 2026-02-01: tickets stay open\n\n- breaks consumers: ${closed} is no longer in the catalogue (no consumer)\n`,
  );
});
