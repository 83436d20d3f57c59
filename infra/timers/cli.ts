import { parseArgs } from 'node:util';

import { CommandError } from '../events/command-error.ts';
import { openRunningPlatform } from '../events/running-platform.ts';
import { dataPath } from '../start/layout.ts';
import { runTimersCommand } from './failed-timers-command.ts';

const usage = `npm run timers -- list [--service S] [--json]     timers that were given up, with their reason
npm run timers -- show ID
npm run timers -- retry ID
npm run timers -- retry --all [--service S]`;

const flags = {
  service: { type: 'string' },
  all: { type: 'boolean' },
  json: { type: 'boolean' },
  'run-file': { type: 'string', default: dataPath('run.json') },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: flags, allowPositionals: true });
  if (positionals.length === 0) throw new CommandError(usage);
  const platform = await openRunningPlatform(values['run-file']);
  try {
    await runTimersCommand(platform, positionals, values, (line) => console.log(line));
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
