import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { claimDirectory, makePrivateDirectory, readSecret, releaseDirectory } from './data-directory.mjs';
import { LaunchError } from './launch-error.mjs';
import { startOnPort } from './ports.mjs';
import { ensureArchiveCommand } from './postgres-archiving.mjs';
import { chooseAccount } from './postgres-account.mjs';
import { findNativeDirectory, restoreLinks } from './postgres-files.mjs';
import { inspectProcess, processesIn, stopProcess, waitUntilGone } from './processes.mjs';
import { spawnServer, tiedToParent } from './server-process.mjs';

const ADMIN = 'steward';
const READY_MILLISECONDS = 60_000;
const MAX_CONNECTIONS = 200;

// SIGINT is PostgreSQL's fast shutdown (sessions are ended, data is flushed), SIGQUIT the one that needs recovery.
const FAST_STOP = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];
const DISCARD_STOP = [
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: String(MAX_CONNECTIONS),
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Changed by a restart only, so it is on before the first backup asks for it.
  archive_mode: 'on',
};

// Data of a test run is thrown away, so nothing has to survive a crash.
const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  jit: 'off',
  archive_mode: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

const environment = () => ({ PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' });

function runInitdb(native, { account, prefix }, target, passwordFile, test) {
  const args = [
    `--pgdata=${target}`,
    `--username=${ADMIN}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    // The provider that is part of PostgreSQL: the same order and case rules on every machine.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(test ? ['--no-sync', '--no-data-checksums'] : []),
  ];
  const [program, ...rest] = [...prefix, ...tiedToParent('KILL'), path.join(native, 'bin', 'initdb'), ...args];
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, rest, { ...account, cwd: '/', env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => resolve({ failed: true, output: error.message }));
    child.once('close', (code) => resolve({ failed: code !== 0, output }));
  });
}

function lastLine(text) {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const telling = lines.filter((line) => /FATAL|PANIC|error:/.test(line));
  return (telling.at(-1) ?? lines.at(-1) ?? 'no message').replace(/^.*?(FATAL|PANIC|error):\s*/, '');
}

function brokenDirectory(dataDir, detail) {
  return new LaunchError(
    `The PostgreSQL data directory ${dataDir} is broken (${detail}): ` +
      'restore it from a backup, or run `npm start -- --reset` to begin with an empty one.',
  );
}

/** Makes the cluster in a directory of its own first, so that an interrupted initdb leaves nothing that looks ready. */
async function createCluster({ native, run, dataDir, cluster, passwordFile, test, onProgress }) {
  onProgress('creating the PostgreSQL data directory');
  const unfinished = `${cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  const { uid, gid } = run.account;
  if (uid !== undefined) chownSync(passwordFile, uid, gid);
  const { failed, output } = await runInitdb(native, run, unfinished, passwordFile, test);
  if (failed)
    throw new LaunchError(
      `PostgreSQL could not set up ${dataDir} (${lastLine(output)}): free or repair that directory.`,
    );
  renameSync(unfinished, cluster);
}

/**
 * Ends what an earlier launcher left behind on this directory: the server named in the pid file and, where its
 * sessions outlived it, those. A pid file that names a zombie or a stranger would stop the new server; it goes.
 */
async function stopLeftovers(cluster, onProgress) {
  const pidFile = path.join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  const found = inspectProcess(pid);
  const isOurs = found?.command.includes('postgres') && found.command.includes(cluster);
  if (isOurs) {
    onProgress(`stopping a PostgreSQL left behind by an earlier run (process ${pid})`);
    await stopProcess(pid, FAST_STOP);
  }
  for (const session of processesIn(cluster)) {
    if (!(await waitUntilGone(session, 3_000))) await stopProcess(session, [['SIGKILL', 2_000]]);
  }
  if (!isOurs) rmSync(pidFile, { force: true });
}

function isReady(cluster, pid) {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    // The first line is the server's process id, the eighth its state.
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

async function waitUntilReady(server, { cluster, dataDir, onProgress, readyMilliseconds }) {
  const begun = Date.now();
  let nextReport = begun + 1_000;
  while (!isReady(cluster, server.pid)) {
    if (!server.isRunning()) {
      const { error } = await server.exited;
      throw brokenDirectory(dataDir, error?.message ?? lastLine(server.logSinceStart()));
    }
    if (Date.now() - begun > readyMilliseconds) {
      await server.stop();
      throw new LaunchError(
        `PostgreSQL was not ready after ${readyMilliseconds / 1_000} s: see ${dataDir}/postgres.log.`,
      );
    }
    if (Date.now() > nextReport) {
      onProgress('waiting for PostgreSQL');
      nextReport += 5_000;
    }
    await delay(10);
  }
}

function checkCluster(dataDir, cluster, passwordFile) {
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) throw brokenDirectory(dataDir, 'it has no PG_VERSION');
  const version = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== '18') throw brokenDirectory(dataDir, `made by PostgreSQL ${version}, this is 18`);
  const password = readSecret(passwordFile);
  if (!password) throw brokenDirectory(dataDir, 'its password file is missing or unreadable');
  return password;
}

function spawnPostgres({ native, run, cluster, dataDir, port, test, settings: more }) {
  const settings = { ...SETTINGS, port: String(port), ...(test ? TEST_SETTINGS : {}), ...more };
  return spawnServer({
    command: path.join(native, 'bin', 'postgres'),
    args: ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    ...run,
    env: environment(),
    cwd: '/',
    logFile: path.join(dataDir, 'postgres.log'),
    deathSignal: test ? 'QUIT' : 'INT',
    stopSteps: test ? DISCARD_STOP : FAST_STOP,
  });
}

async function startOn(port, shared) {
  const server = await spawnPostgres({ ...shared, port });
  await waitUntilReady(server, shared);
  return { server, port };
}

/**
 * Starts PostgreSQL on `dataDir` (made when it does not exist) and answers when it accepts connections.
 * It listens on 127.0.0.1 only, asks for the generated password in `<dataDir>/password`, and dies with this process.
 * @param {{ dataDir: string, port?: number, test?: boolean, settings?: Record<string, string>,
 *   readyMilliseconds?: number, onProgress?: (line: string) => void }} options
 *   `test`: nothing survives a crash and stopping throws unsaved data away. `settings` and `readyMilliseconds` are for
 *   a recovery, which needs commands of its own and minutes.
 * @returns {Promise<{ url: string, port: number, pid: number, exited: Promise<object>, stop(): Promise<void> }>}
 *   `url` is the administrator's, for the database `postgres`.
 * @throws {LaunchError} with one sentence that says what to do
 */
export async function startPostgres({
  dataDir: given,
  port: wanted,
  test = false,
  settings = {},
  readyMilliseconds = READY_MILLISECONDS,
  onProgress = () => {},
}) {
  const dataDir = path.resolve(given);
  const cluster = path.join(dataDir, 'cluster');
  const passwordFile = path.join(dataDir, 'password');
  const native = findNativeDirectory();
  restoreLinks(native);
  makePrivateDirectory(dataDir, 'PostgreSQL');
  claimDirectory(dataDir, 'PostgreSQL');
  const run = chooseAccount({ cluster, dataDir, nativeDir: native });
  const shared = { native, run, dataDir, cluster, passwordFile, test, settings, readyMilliseconds, onProgress };
  if (!existsSync(cluster)) await createCluster(shared);
  const password = checkCluster(dataDir, cluster, passwordFile);
  await stopLeftovers(cluster, onProgress);
  ensureArchiveCommand(cluster);
  const { server, port } = await startOnPort(wanted, 'PostgreSQL', (each) => startOn(each, shared));
  return {
    url: `postgres://${ADMIN}:${password}@127.0.0.1:${port}/postgres`,
    port,
    pid: server.pid,
    exited: server.exited,
    async stop() {
      await server.stop();
      releaseDirectory(dataDir);
    },
  };
}
