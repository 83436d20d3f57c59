import { parseArgs } from 'node:util';

import { dataPath } from '../start/layout.ts';
import { chooseCells } from './cells.ts';
import { runMatrix } from './run-matrix.ts';

const usage = `npm run chaos -- [--cells all] [--seeds 20] [--first-seed 1] [--resume] [--json]
  --cells   all, or steps, victims and step/victim parted by commas: commit,publish/nats
  --seeds   how many seeds; each strikes every cell once
  --resume  goes on with the run that was interrupted`;

const flags = {
  cells: { type: 'string', default: 'all' },
  seeds: { type: 'string', default: '20' },
  'first-seed': { type: 'string', default: '1' },
  resume: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Progress is for people and goes beside the document. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

function wholeNumber(text: string, what: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${what} is a whole number from 1, not ${text}`);
  return value;
}

try {
  const { values } = parseArgs({ options: flags });
  const { document, medianMs, stories } = await runMatrix({
    directory: dataPath('chaos'),
    cells: chooseCells(values.cells),
    seeds: wholeNumber(values.seeds, '--seeds'),
    firstSeed: wholeNumber(values['first-seed'], '--first-seed'),
    resume: values.resume,
    say,
  });
  if (values.json) process.stdout.write(`${JSON.stringify(document)}\n`);
  else process.stdout.write(`${JSON.stringify({ ...document, medianSecondsPerKill: medianMs / 1_000 }, null, 2)}\n`);
  for (const story of stories) say(story);
  process.exitCode = stories.length === 0 ? 0 : 1;
} catch (error) {
  const isUse = error instanceof RangeError || (error instanceof TypeError && 'code' in error);
  say(isUse ? `${error.message}\n${usage}` : String((error as Error).stack));
  process.exitCode = 2;
}
