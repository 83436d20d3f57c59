import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { allEvents } from '@steward/events';

import { asyncApiDocument } from './async-api.ts';
import { schemaOfEnvelope, schemaOfEvent } from './event-schemas.ts';
import { readReactions } from './reactions.ts';

export const contractDirectory = 'packages/events/contract';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The contract of the events as files: path from the root -> text. */
export async function generateEventContract(root: string): Promise<Map<string, string>> {
  const schemas = allEvents.map((each): [string, string] => [
    `${contractDirectory}/schemas/${each.type}.json`,
    json(schemaOfEvent(each)),
  ]);
  return new Map([
    [`${contractDirectory}/asyncapi.json`, json(asyncApiDocument(allEvents, await readReactions(root)))],
    [`${contractDirectory}/schemas/envelope.json`, json(schemaOfEnvelope())],
    ...schemas,
  ]);
}

/** Files that are not what the code generates, and schemas of facts that are no more. */
export function driftedFiles(root: string, generated: ReadonlyMap<string, string>): string[] {
  const drifted = [...generated]
    .filter(([file, text]) => !existsSync(join(root, file)) || readFileSync(join(root, file), 'utf8') !== text)
    .map(([file]) => file);
  const directory = `${contractDirectory}/schemas`;
  const present = existsSync(join(root, directory)) ? readdirSync(join(root, directory)) : [];
  return [...drifted, ...present.map((name) => `${directory}/${name}`).filter((file) => !generated.has(file))];
}

/** Makes one file what it should be, or takes it away. */
export function writeGenerated(root: string, file: string, text: string | undefined): void {
  const path = join(root, file);
  if (text === undefined) return rmSync(path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
