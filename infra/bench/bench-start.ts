import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { freePort } from '../embedded/ports.mjs';
import { machine, median } from './measure.ts';

const usage = 'npm run bench:start -- [--rounds 5] [--json]';

/** What a start may take from the command to the banner, with the dependencies installed. */
const limitSeconds = 20;

const launcher = fileURLToPath(new URL('../start/start.mjs', import.meta.url));
const lastLine = 'Or from a terminal';

/** Seconds from the command to the banner; the platform is stopped again afterwards. */
async function secondsOfStart(dataDir: string): Promise<number> {
  const env = { ...process.env, STEWARD_DATA_DIR: dataDir, GATEWAY_PORT: String(await freePort()), LOG_LEVEL: 'error' };
  const startedAt = performance.now();
  const platform = spawn(process.execPath, [launcher, '--empty'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(platform, 'exit');
  const seconds = await new Promise<number>((resolve, reject) => {
    let said = '';
    platform.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(lastLine)) resolve((performance.now() - startedAt) / 1_000);
    });
    void exited.then(() => reject(new Error(`ended before it was ready:\n${said}`)));
  });
  platform.kill('SIGINT');
  await exited;
  return seconds;
}

/** The first start of a directory makes the cluster and migrates; the second finds both. */
async function measureStarts(rounds: number): Promise<{ first: number[]; again: number[] }> {
  const [first, again]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    const directory = mkdtempSync(path.join(tmpdir(), 'steward-bench-start-'));
    try {
      first.push(await secondsOfStart(path.join(directory, 'data')));
      again.push(await secondsOfStart(path.join(directory, 'data')));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    console.error(`round ${round} of ${rounds}: ${first.at(-1)?.toFixed(1)} s, again ${again.at(-1)?.toFixed(1)} s`);
  }
  return { first, again };
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(usage);
  process.exit(1);
}
const { first, again } = await measureStarts(rounds);
const report = {
  machine: machine(),
  limitSeconds,
  firstStartSeconds: Number(median(first).toFixed(1)),
  nextStartSeconds: Number(median(again).toFixed(1)),
  isMet: median(first) <= limitSeconds,
};
if (values.json) console.log(JSON.stringify(report, null, 2));
else {
  console.log(`From the command to the banner, median of ${rounds}: on an empty data directory`);
  console.log(`${report.firstStartSeconds} s, again ${report.nextStartSeconds} s; at most ${limitSeconds} s.`);
}
process.exitCode = report.isMet ? 0 : 1;
