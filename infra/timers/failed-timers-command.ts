import { findFailedTimer, listFailedTimers, retryFailedTimer, type FailedTimer } from '@steward/service-kit';

import { CommandError } from '../events/command-error.ts';
import type { RunningPlatform } from '../events/running-platform.ts';

export type TimerOptions = { service?: string | undefined; all?: boolean | undefined; json?: boolean | undefined };

type Print = (line: string) => void;

/** `npm run timers -- list|show|retry`. */
export async function runTimersCommand(
  platform: RunningPlatform,
  [action, id]: readonly (string | undefined)[],
  options: TimerOptions,
  print: Print,
): Promise<void> {
  switch (action) {
    case 'list':
      return list(platform, options, print);
    case 'show':
      return print(JSON.stringify(await find(platform, required(id, 'show'), options), null, 2));
    case 'retry':
      return options.all ? retryAll(platform, options, print) : retry(platform, required(id, 'retry'), options, print);
    case undefined:
    default:
      throw new CommandError('timers takes list, show or retry');
  }
}

function required(id: string | undefined, action: string): string {
  if (id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id;
  throw new CommandError(`timers ${action} takes the id that timers list prints`);
}

const servicesOf = (platform: RunningPlatform, { service }: TimerOptions): readonly string[] =>
  service === undefined ? platform.services : [service];

type Found = FailedTimer & { service: string };

async function list(platform: RunningPlatform, options: TimerOptions, print: Print): Promise<void> {
  const found: Found[] = [];
  for (const service of servicesOf(platform, options)) {
    const { system } = await platform.database(service);
    found.push(...(await listFailedTimers(system)).map((timer) => ({ service, ...timer })));
  }
  if (options.json === true) return print(JSON.stringify(found, null, 2));
  if (found.length === 0) return print('no timer has failed');
  for (const each of found) print(describe(each));
}

const describe = ({ id, service, kind, aggregateId, attempts, dueAt, lastError }: Found): string =>
  [id, service, kind, aggregateId ?? '-', `attempts=${attempts}`, dueAt.toISOString(), lastError ?? '-'].join('  ');

/** Ids are unique over all services, so the service need not be named. */
async function find(platform: RunningPlatform, id: string, options: TimerOptions): Promise<Found> {
  for (const service of servicesOf(platform, options)) {
    const found = await findFailedTimer((await platform.database(service)).system, id);
    if (found !== null) return { service, ...found };
  }
  throw new CommandError(`no timer with the id ${id} has failed`);
}

async function retry(platform: RunningPlatform, id: string, options: TimerOptions, print: Print): Promise<void> {
  const { service } = await find(platform, id, options);
  await retryFailedTimer((await platform.database(service)).system, id);
  print(`${id} runs again in ${service}`);
}

async function retryAll(platform: RunningPlatform, options: TimerOptions, print: Print): Promise<void> {
  let retried = 0;
  for (const service of servicesOf(platform, options)) {
    const { system } = await platform.database(service);
    for (const { id } of await listFailedTimers(system, 1_000_000)) {
      if (await retryFailedTimer(system, id)) retried += 1;
    }
  }
  print(`${retried} timers run again`);
}
