import { parseArgs } from 'node:util';

import { createLog, type Locale } from '@steward/core';
import { listLost, readersOf, renewLogIdentity, replay, settleLog } from '@steward/events';

import { localeOfTerminal } from '../import/texts.ts';
import { dataPath } from '../start/layout.ts';
import { ToldError } from './command-error.ts';
import { runParkedCommand } from './parked-command.ts';
import { openRunningPlatform, type RunningPlatform } from './running-platform.ts';
import { textOf } from './texts.ts';

const commands = new Set(['parked', 'replay', 'lost', 'put-back']);

const flags = {
  service: { type: 'string' },
  publisher: { type: 'string' },
  consumer: { type: 'string' },
  why: { type: 'string' },
  reason: { type: 'string' },
  all: { type: 'boolean' },
  json: { type: 'boolean' },
  locale: { type: 'string' },
  'run-file': { type: 'string', default: dataPath('run.json') },
  prefix: { type: 'string', default: process.env['NATS_PREFIX'] ?? 'steward' },
} as const;

type Options = { publisher?: string | undefined; consumer?: string | undefined; prefix: string; locale: Locale };

async function runReplay(platform: RunningPlatform, options: Options): Promise<void> {
  const { publisher, consumer, prefix, locale } = options;
  if (publisher === undefined || consumer === undefined) throw new ToldError('replayNeeds');
  const { system: pool } = await platform.database(publisher);
  const nats = await platform.nats();
  const readers = await readersOf({ nats, prefix, publisher });
  if (!readers.includes(consumer)) {
    throw new ToldError('noReader', { consumer, publisher, readers: readers.join(' ') || '-' });
  }
  const { requeued: count } = await replay({ pool, nats, prefix, publisher, consumer });
  console.log(textOf(locale, 'replayed', { consumer, publisher, count }));
}

type LostOptions = Options & { json?: boolean | undefined };

/** What the stream had of a publisher whose database was put back to an older state. */
async function runLost(platform: RunningPlatform, { publisher, json, locale }: LostOptions): Promise<void> {
  if (publisher === undefined) throw new ToldError('publisherNeeded', { command: 'lost' });
  const lost = await listLost((await platform.database(publisher)).system, 1_000_000);
  if (json === true) return console.log(JSON.stringify(lost, null, 2));
  if (lost.length === 0) return console.log(textOf(locale, 'nothingLost'));
  for (const each of lost) {
    const place = `${each.aggregateId}@${each.aggregateVersion}`;
    console.log([each.id, each.type, place, each.occurredAt.toISOString()].join('  '));
  }
}

/** Says that a publisher's database was put back by means which the server does not show, such as a disk snapshot. */
async function runPutBack(platform: RunningPlatform, { publisher, prefix, locale }: Options): Promise<void> {
  if (publisher === undefined) throw new ToldError('publisherNeeded', { command: 'put-back' });
  const { system: pool } = await platform.database(publisher);
  await renewLogIdentity(pool);
  const log = createLog({ name: 'events', level: 'silent' });
  const { lost } = await settleLog({ pool, nats: await platform.nats(), prefix, publisher, log });
  console.log(textOf(locale, 'putBack', { publisher, count: lost }));
}

/** The language asked for, else the terminal's: known before anything else is, because errors are told in it. */
function localeAskedFor(args: readonly string[]): Locale {
  const { values } = parseArgs({ args: [...args], strict: false, options: { locale: { type: 'string' } } });
  return values.locale === 'zh-CN' || values.locale === 'en' ? values.locale : localeOfTerminal();
}

async function main(locale: Locale): Promise<void> {
  const { values, positionals } = parseArgs({ options: flags, allowPositionals: true });
  if (values.locale !== undefined && values.locale !== locale) {
    throw new ToldError('noLocale', { locale: values.locale });
  }
  const options = { ...values, locale };
  const [command, ...rest] = positionals;
  if (!commands.has(command ?? '')) throw new ToldError('usage');
  if (command !== 'parked' && rest.length > 0) throw new ToldError('surplus', { words: rest.join(' ') });
  const platform = await openRunningPlatform(values['run-file']);
  try {
    if (command === 'parked') await runParkedCommand(platform, rest, options, (line) => console.log(line));
    else if (command === 'lost') await runLost(platform, options);
    else if (command === 'put-back') await runPutBack(platform, options);
    else await runReplay(platform, options);
  } finally {
    await platform.close();
  }
}

const locale = localeAskedFor(process.argv.slice(2));
try {
  await main(locale);
} catch (error) {
  const isUse = error instanceof TypeError && 'code' in error;
  console.error(error instanceof ToldError ? error.in(locale) : isUse ? error.message : error);
  process.exitCode = 1;
}
