import { parseArgs } from 'node:util';

import { localeOf, type Locale } from '@steward/core';

import { localeOfTerminal } from '../import/texts.ts';
import { readOperations } from './operation-files.ts';
import { createOperationsClient, OpsError, type OperationsClient } from './operations-client.ts';
import { textOf } from './texts.ts';

const flags = {
  client: { type: 'string' },
  version: { type: 'string' },
  url: { type: 'string', default: process.env['STEWARD_URL'] ?? 'http://127.0.0.1:4000' },
  token: { type: 'string' },
  json: { type: 'boolean', default: false },
  locale: { type: 'string' },
} as const;

type Wanted = { client: string; version: string; place: string; json: boolean; locale: Locale };

function operationsAt(place: string, locale: Locale): string[] {
  const read = (): string[] => {
    try {
      return readOperations(place);
    } catch {
      throw new OpsError(textOf(locale, 'unreadable', { place }));
    }
  };
  const operations = read();
  if (operations.length === 0) throw new OpsError(textOf(locale, 'noOperations', { place }));
  return operations;
}

/** What each command answers; its text for people is made of it. */
const commands: Record<string, (gateway: OperationsClient, wanted: Wanted) => Promise<string>> = {
  push: async (gateway, { client, version, place, json, locale }) => {
    const registered = await gateway.push(client, version, operationsAt(place, locale));
    if (json) return JSON.stringify(registered);
    const lines = registered.map(({ id, name }) => `${id}  ${name}`);
    return [...lines, textOf(locale, 'pushed', { count: registered.length, client, version })].join('\n');
  },
  list: async (gateway, { json, locale }) => {
    const all = await gateway.list();
    if (json) return JSON.stringify(all);
    if (all.length === 0) return textOf(locale, 'none');
    return all
      .map(({ client, version, at, operations }) => `${client}  ${version}  ${operations.length}  ${at}`)
      .join('\n');
  },
  show: async (gateway, { client, version, json, locale }) => {
    const found = (await gateway.list()).find((each) => each.client === client && each.version === version);
    if (found === undefined) throw new OpsError(textOf(locale, 'unknown', { client, version }));
    if (json) return JSON.stringify(found);
    return found.operations.map(({ id, name, text }) => `${id}  ${name}\n${text}`).join('\n');
  },
  retire: async (gateway, { client, version, locale }) => {
    await gateway.retire(client, version);
    return textOf(locale, 'retired', { client, version });
  },
};

const takesPlace = new Set(['push']);
const takesNoClient = new Set(['list']);

async function main(args: string[]): Promise<string> {
  const terminal = localeOfTerminal(process.env);
  const { values, positionals } = parseArgs({ args, options: flags, allowPositionals: true });
  const locale = values.locale === undefined ? terminal : localeOf(values.locale);
  const [name = '', place = '', ...rest] = positionals;
  const { client = '', version = '', url, json } = values;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const lacksClient = !takesNoClient.has(name) && (client === '' || version === '');
  if (command === undefined || lacksClient || takesPlace.has(name) !== (place !== '') || rest.length > 0)
    throw new OpsError(textOf(locale, 'usage'));
  const token = values.token ?? process.env['STEWARD_TOKEN'];
  if (token === undefined) throw new OpsError(textOf(locale, 'noToken'));
  return command(createOperationsClient({ url, token, locale }), { client, version, place, json, locale }).catch(
    (error: unknown) => {
      throw error instanceof OpsError ? error : new OpsError(textOf(locale, 'unreachable'));
    },
  );
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
