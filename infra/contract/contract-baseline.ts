import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { z } from 'zod';

import type { EventContract } from './breaking-events.ts';
import type { JsonSchema } from './event-schemas.ts';
import { contractDirectory } from './generated-contract.ts';

const baselineFile = 'infra/baselines/events.json';

const operationsSchema = z.object({
  operations: z.record(
    z.string(),
    z.object({
      action: z.enum(['send', 'receive']),
      messages: z.array(z.object({ $ref: z.string() })),
      'x-service': z.string(),
    }),
  ),
});

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The contract of the tree: the committed schemas and AsyncAPI document, which the drift check keeps fresh. */
export function presentEvents(root: string): EventContract {
  const directory = join(root, contractDirectory);
  const consumers = consumersByType(join(directory, 'asyncapi.json'));
  const schemas = globSync('schemas/*.json', { cwd: directory })
    .toSorted()
    .map((file): [string, JsonSchema] => [basename(file, '.json'), readJson(join(directory, file)) as JsonSchema]);
  const { envelope = {}, ...byType } = Object.fromEntries(schemas);
  const events = Object.entries(byType).map(([type, schema]) => [
    type,
    { schema, consumers: consumers.get(type) ?? [] },
  ]);
  return { envelope, events: Object.fromEntries(events) };
}

function consumersByType(path: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (!existsSync(path)) return found;
  const { operations } = operationsSchema.parse(readJson(path));
  for (const { action, messages, 'x-service': service } of Object.values(operations)) {
    if (action !== 'receive') continue;
    for (const { $ref } of messages) {
      const type = $ref.split('/').at(-1) ?? '';
      found.set(type, [...(found.get(type) ?? []), service]);
    }
  }
  return found;
}

/** The contract that was last accepted; null before the first. */
export function acceptedEvents(root: string): EventContract | null {
  const path = join(root, baselineFile);
  return existsSync(path) ? (readJson(path) as EventContract) : null;
}

export function writeAcceptedEvents(root: string, contract: EventContract): void {
  const path = join(root, baselineFile);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(contract, null, 1)}\n`);
}
