import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { stopProcess } from './processes.mjs';

const LOG_BYTES_KEPT = 5_000_000;

let deathSignalWorks;

/**
 * Whether the kernel can be asked to signal the server when this process dies. The wish is tied to the thread that
 * starts the server, so a worker thread must not use it: the server would end with that thread.
 */
function canTieByKernel() {
  if (process.platform !== 'linux' || !isMainThread) return false;
  deathSignalWorks ??= spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true'], { stdio: 'ignore' }).status === 0;
  return deathSignalWorks;
}

/** A prefix that makes the kernel signal the program when we die; empty where that cannot be had. */
export function tiedToParent(signal) {
  return canTieByKernel() ? ['setpriv', '--pdeathsig', signal, '--'] : [];
}

// Reads a pipe that only this process holds: when this process dies, however it dies, the pipe ends.
const WATCH_SCRIPT = 'while read -r line; do :; done; kill -s "$1" "$2" 2>/dev/null';

function watchByPipe(pid, signal) {
  const watcher = spawn('/bin/sh', ['-c', WATCH_SCRIPT, 'watch', signal, String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  watcher.on('error', () => {});
  watcher.unref();
  watcher.stdin.on('error', () => {});
  watcher.stdin.unref?.();
  return () => watcher.kill('SIGKILL');
}

function openLog(file) {
  if (existsSync(file) && statSync(file).size > LOG_BYTES_KEPT) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** What the log file holds from `offset` on. */
export function readLogFrom(file, offset) {
  try {
    return readFileSync(file).subarray(offset).toString('utf8');
  } catch {
    return '';
  }
}

/**
 * Starts a server that dies with this process, SIGKILL included, in a process group of its own (so that Ctrl-C in a
 * terminal reaches only us and we stop things in our order).
 * `prefix` is a command that executes the server in its own place; `account` a uid and gid to start it with;
 * `deathSignal` (without SIG) is what it gets when we die, `stopSteps` are [signal, milliseconds] pairs.
 * @param {{ command: string, args: string[], prefix?: string[], account?: { uid?: number, gid?: number },
 *   env: NodeJS.ProcessEnv, cwd: string, logFile: string, deathSignal: string, stopSteps: [string, number][] }} options
 */
export async function spawnServer(options) {
  const { command, args, prefix = [], account = {}, env, cwd, logFile, deathSignal, stopSteps } = options;
  const tie = tiedToParent(deathSignal);
  const [program, ...rest] = [...prefix, ...tie, command, ...args];
  const log = openLog(logFile);
  const logOffset = statSync(logFile).size;
  const child = spawn(program, rest, { ...account, env, cwd, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  // 'exit' and not 'close': nothing of ours is attached to the streams.
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
  });
  await Promise.race([once(child, 'spawn'), exited]).catch(() => {});
  const unwatch = tie.length > 0 || !child.pid ? () => {} : watchByPipe(child.pid, deathSignal);
  void exited.then(unwatch);
  const state = { stopping: false };
  return {
    pid: child.pid,
    exited,
    isRunning: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    isStopping: () => state.stopping,
    logSinceStart: () => readLogFrom(logFile, logOffset),
    async stop() {
      state.stopping = true;
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
        await stopProcess(child.pid, stopSteps);
      }
      await exited;
    },
  };
}
