import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { claimDirectory, makePrivateDirectory, readSecret, releaseDirectory } from './data-directory.mjs';
import { LaunchError } from './launch-error.mjs';
import { findNatsServer } from './nats-binary.mjs';
import { startOnPort } from './ports.mjs';
import { inspectProcess, stopProcess } from './processes.mjs';
import { spawnServer } from './server-process.mjs';

const USER = 'steward';
const READY_MILLISECONDS = 60_000;
const STOP_STEPS = [
  ['SIGINT', 10_000],
  ['SIGKILL', 5_000],
];

// With the server's own default of two minutes a power cut loses acknowledged messages. Tests take that default:
// it loses nothing when only the process is killed, and their data is thrown away anyway.
const SYNC_INTERVAL = { durable: 'always', test: '2m' };

function passwordOf(storeDir) {
  const file = path.join(storeDir, 'password');
  const kept = readSecret(file);
  if (kept) return kept;
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

function writeConfiguration(storeDir, { port, password, test }) {
  const file = path.join(storeDir, 'nats.conf');
  const quote = JSON.stringify;
  const text = `listen: "127.0.0.1:${port}"
pid_file: ${quote(path.join(storeDir, 'nats.pid'))}
authorization { user: ${USER}, password: ${quote(password)} }
jetstream {
  store_dir: ${quote(storeDir)}
  sync_interval: ${quote(test ? SYNC_INTERVAL.test : SYNC_INTERVAL.durable)}
}
`;
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** Ends the server that a launcher which is gone left behind on this directory. */
async function stopLeftover(storeDir, onProgress) {
  const pidFile = path.join(storeDir, 'nats.pid');
  const pid = Number.parseInt(readSecret(pidFile) ?? '', 10);
  const found = inspectProcess(pid);
  if (found?.command.includes('nats-server') && found.command.includes(storeDir)) {
    onProgress(`stopping a nats-server left behind by an earlier run (process ${pid})`);
    await stopProcess(pid, STOP_STEPS);
  }
  rmSync(pidFile, { force: true });
}

/** The server greets with an INFO line, and only after JetStream has been recovered from disk. */
function isGreeting(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
    socket.once('data', (chunk) => answer(chunk.toString().startsWith('INFO ')));
  });
}

function reasonIn(log) {
  const line = log.split('\n').findLast((each) => each.includes('[FTL]')) ?? log.trim().split('\n').at(-1);
  return line?.replace(/^.*\[FTL\]\s*/, '') || 'no message';
}

async function waitUntilReady(server, { port, storeDir, onProgress }) {
  const begun = Date.now();
  let nextReport = begun + 1_000;
  while (!(await isGreeting(port))) {
    if (!server.isRunning()) {
      const { error } = await server.exited;
      throw new LaunchError(
        `nats-server does not start on ${storeDir} (${error?.message ?? reasonIn(server.logSinceStart())}): ` +
          'remove that directory (events are kept in PostgreSQL and published again), or run `npm start -- --reset`.',
      );
    }
    if (Date.now() - begun > READY_MILLISECONDS) {
      await server.stop();
      throw new LaunchError(`nats-server was not ready after a minute: see ${storeDir}/nats.log.`);
    }
    if (Date.now() > nextReport) {
      onProgress('waiting for nats-server');
      nextReport += 5_000;
    }
    await delay(10);
  }
}

async function startOn(port, { command, storeDir, password, test, onProgress }) {
  const server = await spawnServer({
    command,
    args: ['-c', writeConfiguration(storeDir, { port, password, test })],
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    cwd: '/',
    logFile: path.join(storeDir, 'nats.log'),
    deathSignal: 'TERM',
    stopSteps: STOP_STEPS,
  });
  await waitUntilReady(server, { port, storeDir, onProgress });
  return { server, port };
}

/**
 * Starts nats-server with JetStream in `storeDir` and answers when it accepts connections. It listens on 127.0.0.1
 * only, asks for the generated password in `<storeDir>/password`, and dies with this process. Every acknowledged
 * message is on the disk.
 * @param {{ storeDir: string, port?: number, test?: boolean, onProgress?: (line: string) => void }} options
 *   `test`: the disk is synchronised by the system's leave, which a power cut would show.
 * @returns {Promise<{ url: string, port: number, pid: number, exited: Promise<object>, stop(): Promise<void> }>}
 *   `url` carries user and password.
 * @throws {LaunchError} with one sentence that says what to do
 */
export async function startNats({ storeDir: given, port: wanted, test = false, onProgress = () => {} }) {
  const storeDir = path.resolve(given);
  const command = await findNatsServer(onProgress);
  makePrivateDirectory(storeDir, 'NATS');
  claimDirectory(storeDir, 'NATS');
  const password = passwordOf(storeDir);
  await stopLeftover(storeDir, onProgress);
  const shared = { command, storeDir, password, test, onProgress };
  const { server, port } = await startOnPort(wanted, 'NATS', (each) => startOn(each, shared));
  return {
    url: `nats://${USER}:${password}@127.0.0.1:${port}`,
    port,
    pid: server.pid,
    exited: server.exited,
    async stop() {
      await server.stop();
      releaseDirectory(storeDir);
    },
  };
}
