import { parseArgs } from 'node:util';

import { replay } from '@steward/events';

import { dataPath } from '../start/layout.ts';
import { CommandError } from './command-error.ts';
import { runParkedCommand } from './parked-command.ts';
import { openRunningPlatform, type RunningPlatform } from './running-platform.ts';

const usage = `npm run events -- parked list [--service S] [--json]
npm run events -- parked show ID
npm run events -- parked retry ID
npm run events -- parked retry --all [--service S]
npm run events -- parked drop ID --why "the reason, which is kept"
npm run events -- replay --publisher S --consumer C`;

const flags = {
  service: { type: 'string' },
  publisher: { type: 'string' },
  consumer: { type: 'string' },
  why: { type: 'string' },
  all: { type: 'boolean' },
  json: { type: 'boolean' },
  'run-file': { type: 'string', default: dataPath('run.json') },
  prefix: { type: 'string', default: process.env['NATS_PREFIX'] ?? 'steward' },
} as const;

type Options = { publisher?: string | undefined; consumer?: string | undefined; prefix: string };

async function runReplay(platform: RunningPlatform, { publisher, consumer, prefix }: Options): Promise<void> {
  if (publisher === undefined || consumer === undefined)
    throw new CommandError('replay takes --publisher and --consumer');
  const { system: pool } = await platform.database(publisher);
  const { requeued } = await replay({ pool, nats: await platform.nats(), prefix, publisher, consumer });
  console.log(
    `${consumer} reads ${publisher} again from version 1; ${requeued} events the stream had lost are sent again`,
  );
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: flags, allowPositionals: true });
  const [command, ...rest] = positionals;
  if (command !== 'parked' && command !== 'replay') throw new CommandError(usage);
  const platform = await openRunningPlatform(values['run-file']);
  try {
    if (command === 'parked') await runParkedCommand(platform, rest, values, (line) => console.log(line));
    else await runReplay(platform, values);
  } finally {
    await platform.close();
  }
}

try {
  await main();
} catch (error) {
  const isUse = error instanceof CommandError || (error instanceof TypeError && 'code' in error);
  console.error(isUse ? error.message : error);
  process.exitCode = 1;
}
