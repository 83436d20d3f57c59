import type { Locale } from '@steward/core';
import type { Database } from '@steward/db';
import { dropParked, listParked, retryParked, showParked, type ParkedEvent } from '@steward/events';

import { ToldError } from './command-error.ts';
import type { RunningPlatform } from './running-platform.ts';
import { textOf } from './texts.ts';

export type ParkedOptions = {
  service?: string | undefined;
  all?: boolean | undefined;
  why?: string | undefined;
  reason?: string | undefined;
  json?: boolean | undefined;
  locale: Locale;
};

type Print = (line: string) => void;

/** `npm run events -- parked list|show|retry|drop`. */
export async function runParkedCommand(
  platform: RunningPlatform,
  [action, id, ...surplus]: readonly string[],
  options: ParkedOptions,
  print: Print,
): Promise<void> {
  const takesId = action !== 'list' && options.all !== true;
  const unused = takesId ? surplus : [id ?? '', ...surplus].filter((word) => word !== '');
  if (unused.length > 0) throw new ToldError('surplus', { words: unused.join(' ') });
  switch (action) {
    case 'list':
      return list(platform, options, print);
    case 'show':
      return show(platform, required(id, 'show'), options, print);
    case 'retry':
      return options.all ? retryAll(platform, options, print) : retry(platform, required(id, 'retry'), options, print);
    case 'drop':
      return drop(platform, required(id, 'drop'), options, print);
    case undefined:
    default:
      throw new ToldError('parkedActions');
  }
}

function required(id: string | undefined, action: string): string {
  if (id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id;
  throw new ToldError('idNeeded', { action });
}

const servicesOf = (platform: RunningPlatform, { service }: ParkedOptions): readonly string[] =>
  service === undefined ? platform.services : [service];

async function list(platform: RunningPlatform, options: ParkedOptions, print: Print): Promise<void> {
  const found: ParkedEvent[] = [];
  for (const service of servicesOf(platform, options)) {
    found.push(...(await listParked((await platform.database(service)).system)));
  }
  if (options.json === true) return print(JSON.stringify(found, null, 2));
  if (found.length === 0) return print(textOf(options.locale, 'nothingParked'));
  for (const each of found) print(describe(each));
}

const describe = (each: ParkedEvent): string =>
  [
    each.id,
    each.state,
    each.reason,
    each.consumer,
    each.type ?? `from ${each.publisher}`,
    each.aggregateId === null ? '-' : `${each.aggregateId}@${each.aggregateVersion}`,
    `attempts=${each.attempts}`,
    each.parkedAt.toISOString(),
  ].join('  ');

/** Ids are unique over all services, so the service need not be named. */
async function inItsDatabase<T>(
  platform: RunningPlatform,
  options: ParkedOptions,
  id: string,
  work: (database: Database) => Promise<T | null | false>,
): Promise<T> {
  for (const service of servicesOf(platform, options)) {
    const database = await platform.database(service);
    if ((await showParked(database.system, id)) === null) continue;
    const done = await work(database);
    if (done !== null && done !== false) return done;
    throw new ToldError('settled', { id });
  }
  throw new ToldError('notParked', { id });
}

async function show(platform: RunningPlatform, id: string, options: ParkedOptions, print: Print): Promise<void> {
  const found = await inItsDatabase(platform, options, id, ({ system }) => showParked(system, id));
  print(JSON.stringify({ ...found, envelope: readable(found.envelope) }, null, 2));
}

function readable(envelope: string): unknown {
  try {
    return JSON.parse(envelope);
  } catch {
    return envelope;
  }
}

async function retry(platform: RunningPlatform, id: string, options: ParkedOptions, print: Print): Promise<void> {
  await inItsDatabase(platform, options, id, ({ system }) => retryParked(system, id));
  print(textOf(options.locale, 'retried', { id }));
}

async function retryAll(platform: RunningPlatform, options: ParkedOptions, print: Print): Promise<void> {
  let retried = 0;
  for (const service of servicesOf(platform, options)) {
    const { system } = await platform.database(service);
    for (const { id, reason } of await listParked(system, { states: ['FAILED', 'GAP'], limit: 1_000_000 })) {
      if (options.reason !== undefined && reason !== options.reason) continue;
      if (await retryParked(system, id)) retried += 1;
    }
  }
  print(textOf(options.locale, 'allRetried', { count: retried }));
}

async function drop(platform: RunningPlatform, id: string, options: ParkedOptions, print: Print): Promise<void> {
  const why = options.why?.trim() ?? '';
  if (why === '') throw new ToldError('whyNeeded');
  await inItsDatabase(platform, options, id, ({ system }) => dropParked(system, id, why));
  print(textOf(options.locale, 'dropped', { id }));
}
