import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findNatsServer } from './nats-binary.mjs';
import { waitUntilGone } from './processes.mjs';

const fixture = fileURLToPath(new URL('./fixtures/hold-servers.mjs', import.meta.url));

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'steward-launcher-'));
  chmodSync(directory, 0o711);
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

type Held = { postgres: { pid: number; url: string }; nats: { pid: number; url: string } };

async function holdServers(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; held: Held }> {
  const child = spawn(process.execPath, [fixture, directory, 'test'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, held: JSON.parse(line) as Held };
}

test.each([
  { way: 'by the kernel where it can be asked', environment: () => ({ ...process.env }) },
  // Without a PATH there is no setpriv, as on machines that never had it.
  { way: 'by a watched pipe elsewhere', environment: () => ({ HOME: process.env['HOME'], PATH: '' }) },
])('servers die with a killed launcher, $way', async ({ environment }) => {
  const NATS_SERVER_BIN = await findNatsServer(() => undefined);
  const { child, held } = await holdServers({ ...environment(), NATS_SERVER_BIN });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await waitUntilGone(held.postgres.pid, 5_000)).toBe(true);
  expect(await waitUntilGone(held.nats.pid, 5_000)).toBe(true);
});
