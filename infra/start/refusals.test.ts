import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { claimDirectory, releaseDirectory } from '../embedded/data-directory.mjs';
import { freePort } from '../embedded/ports.mjs';

const start = fileURLToPath(new URL('./start.mjs', import.meta.url));

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'steward-start-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Starts the platform where it must refuse; answers what it said, which has to be one sentence. */
async function refusal(env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const GATEWAY_PORT = String(await freePort());
  const child = spawn(process.execPath, [start, ...args], {
    env: { ...process.env, GATEWAY_PORT, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(code).toBe(1);
  expect(said.trim().split('\n')).toHaveLength(1);
  return said.trim();
}

const emptyData = (name: string): string => {
  const dataDir = path.join(directory, name);
  mkdirSync(dataDir);
  return dataDir;
};

test('an option that does not exist', async () => {
  expect(await refusal({}, '--rest')).toBe('steward: --rest is no option: use --reset, --multi, --empty, --help.');
});

test('a port that is none', async () => {
  const env = { STEWARD_DATA_DIR: emptyData('odd-port'), GATEWAY_PORT: 'http' };
  expect(await refusal(env)).toContain('GATEWAY_PORT=http is no port');
});

test('a taken port, before --reset has deleted anything', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const STEWARD_DATA_DIR = emptyData('taken-port');
  const kept = path.join(STEWARD_DATA_DIR, 'kept');
  writeFileSync(kept, '');
  const said = await refusal({ STEWARD_DATA_DIR, GATEWAY_PORT: String(port) }, '--reset');
  expect(said).toContain(`Port ${port} for the gateway is already in use`);
  expect(said).toContain('GATEWAY_PORT=4001 npm start');
  expect(existsSync(kept)).toBe(true);
  other.close();
});

test('a data directory that another process uses', async () => {
  const STEWARD_DATA_DIR = emptyData('in-use');
  claimDirectory(STEWARD_DATA_DIR, 'Steward');
  expect(await refusal({ STEWARD_DATA_DIR }, '--reset')).toContain(`is in use by the process ${process.pid}`);
  releaseDirectory(STEWARD_DATA_DIR);
});

test('a data directory that is a file', async () => {
  const STEWARD_DATA_DIR = path.join(directory, 'file');
  writeFileSync(STEWARD_DATA_DIR, '');
  expect(await refusal({ STEWARD_DATA_DIR })).toContain(`${STEWARD_DATA_DIR} cannot be used by this user`);
});

test('keys that cannot be read, or are missing beside data that needs them', async () => {
  const STEWARD_DATA_DIR = emptyData('keys');
  const keys = path.join(STEWARD_DATA_DIR, 'keys.json');
  writeFileSync(keys, '{"identity":');
  expect(await refusal({ STEWARD_DATA_DIR })).toContain(`${keys} cannot be read as keys`);
  rmSync(keys);
  mkdirSync(path.join(STEWARD_DATA_DIR, 'postgres', 'cluster'), { recursive: true });
  expect(await refusal({ STEWARD_DATA_DIR })).toContain(`${keys} is missing`);
});

test('a nats-server that does not exist', async () => {
  const env = { STEWARD_DATA_DIR: emptyData('no-nats'), NATS_SERVER_BIN: '/nowhere/nats-server' };
  expect(await refusal(env)).toContain('NATS_SERVER_BIN=/nowhere/nats-server is not a program that can be run');
});

test('a database server and a broker that do not answer', async () => {
  const port = await freePort();
  const database = {
    STEWARD_DATA_DIR: emptyData('no-database'),
    DATABASE_URL: `postgres://me:secret@127.0.0.1:${port}/x`,
  };
  const said = await refusal(database);
  expect(said).toContain('DATABASE_URL cannot be connected to');
  expect(said).not.toContain('secret');
  const broker = { STEWARD_DATA_DIR: emptyData('no-broker'), NATS_URL: `nats://127.0.0.1:${port}` };
  expect(await refusal(broker)).toContain('NATS_URL cannot be connected to');
});

test('production without a provider of identities', async () => {
  const env = { STEWARD_DATA_DIR: emptyData('production'), NODE_ENV: 'production' };
  expect(await refusal(env)).toContain('Set OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL');
});

test('a start that failed leaves no server, no claim and no run file behind', () => {
  const dataDir = path.join(directory, 'no-nats');
  expect(existsSync(path.join(dataDir, 'postgres', 'cluster'))).toBe(true);
  expect(existsSync(path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);
  expect(existsSync(path.join(dataDir, 'launcher.json'))).toBe(false);
  expect(existsSync(path.join(dataDir, 'run.json'))).toBe(false);
});
