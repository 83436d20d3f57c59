import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../embedded/ports.mjs';
import { inspectProcess } from '../embedded/processes.mjs';
import { readQueries } from './banner.ts';

const start = fileURLToPath(new URL('./start.mjs', import.meta.url));
const token = fileURLToPath(new URL('../token/token.ts', import.meta.url));

type RunFile = {
  pid: number;
  gatewayUrl: string;
  processes: Record<string, { pid: number; port?: number; url?: string }>;
};

let dataDir: string;
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  dataDir = path.join(mkdtempSync(path.join(tmpdir(), 'steward-start-')), 'data');
});

afterAll(() => rmSync(path.dirname(dataDir), { recursive: true, force: true }));

const readRunFile = (): RunFile => JSON.parse(readFileSync(path.join(dataDir, 'run.json'), 'utf8')) as RunFile;

/** Resolves with everything said so far once the line appears; rejects when the platform ends without it. */
function untilSaid(platform: ChildProcess, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes(line)) resolve(said);
    };
    platform.stdout?.on('data', listen);
    platform.stderr?.on('data', listen);
    platform.once('exit', () => reject(new Error(`ended without "${line}":\n${said}`)));
  });
}

async function launch(...args: string[]): Promise<ChildProcess> {
  env = { ...process.env, STEWARD_DATA_DIR: dataDir, GATEWAY_PORT: String(await freePort()), LOG_LEVEL: 'error' };
  return spawn(process.execPath, [start, '--empty', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Asks for an orderly stop; answers the exit code and which processes of the run file are still there. */
async function stop(platform: ChildProcess, signal: NodeJS.Signals): Promise<{ code: number | null; left: string[] }> {
  const { processes } = readRunFile();
  const exited = new Promise<number | null>((resolve) => platform.once('exit', resolve));
  platform.kill(signal);
  const code = await exited;
  return { code, left: Object.keys(processes).filter((name) => inspectProcess(processes[name]?.pid ?? 0)) };
}

const nothingLeft = { code: 0, left: [] };

async function ask(query: string): Promise<{ data?: unknown; errors?: unknown }> {
  const { stdout } = await promisify(execFile)(process.execPath, [token, 'clerk'], { env });
  const response = await fetch(`${readRunFile().gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stdout.trim()}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: unknown; errors?: unknown };
}

describe('npm start on an empty data directory', () => {
  let platform: ChildProcess;
  let banner: string;

  beforeAll(async () => {
    platform = await launch();
    banner = await untilSaid(platform, 'Or from a terminal');
  }, 120_000);

  test('says when it is ready, where, with whom and with what', () => {
    expect(banner).toContain(`http://127.0.0.1:${env['GATEWAY_PORT']}/graphql`);
    expect(banner).toContain('npm run -s token -- clerk');
    for (const query of readQueries()) expect(banner).toContain(query.split('\n')[0]);
  });

  test('keeps secrets to its user', () => {
    for (const name of ['keys.json', 'run.json', 'dev-issuer-key.json']) {
      expect(statSync(path.join(dataDir, name)).mode & 0o077).toBe(0);
    }
  });

  test('the three printed queries answer without an error', async () => {
    for (const query of readQueries()) {
      const { data, errors } = await ask(query);
      expect(errors).toBeUndefined();
      expect(data).toBeDefined();
    }
  });

  test('a second start from the same data directory is refused and does not disturb the first', async () => {
    const second = await launch();
    await expect(untilSaid(second, 'in use by the process')).resolves.toContain(String(readRunFile().pid));
    expect((await fetch(`${readRunFile().gatewayUrl}/health/live`)).ok).toBe(true);
  });

  test('Ctrl-C leaves no process and no run file behind', async () => {
    expect(await stop(platform, 'SIGINT')).toEqual(nothingLeft);
    expect(existsSync(path.join(dataDir, 'run.json'))).toBe(false);
  });
});

describe('npm start -- --multi', () => {
  let platform: ChildProcess;

  beforeAll(async () => {
    platform = await launch('--multi');
    await untilSaid(platform, 'Or from a terminal');
  }, 120_000);

  test.each(['hr', 'nats', 'postgres'])('%s is started again where it was when it is killed', async (name) => {
    const before = readRunFile().processes[name]!;
    const restarted = untilSaid(platform, `${name} runs again`);
    process.kill(before.pid, 'SIGKILL');
    await restarted;
    const after = readRunFile().processes[name]!;
    expect(after.pid).not.toBe(before.pid);
    expect({ ...after, pid: 0 }).toEqual({ ...before, pid: 0 });
  });

  test('SIGTERM leaves no process and no run file behind', async () => {
    expect(await stop(platform, 'SIGTERM')).toEqual(nothingLeft);
    expect(existsSync(path.join(dataDir, 'run.json'))).toBe(false);
  });
});
