import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readReport, removeReport, reportingArguments, stopped, type RunTests } from './run-jest.ts';

/** Runs tests that need no server many times over: one process for all runs instead of a start for each. */
export type PureJest = { run: RunTests; close(): void };

const worker = fileURLToPath(new URL('pure-jest-worker.ts', import.meta.url));

/** What was loaded once is never given back, so now and then a new process goes on. */
const runsPerProcess = 100;

/** Nothing listens there: a test that wants a server is red, which is how it is known not to be pure. */
const noServers = {
  STEWARD_TEST_PG_URL: 'postgres://127.0.0.1:1/none',
  STEWARD_TEST_NATS_URL: 'nats://127.0.0.1:1',
};

export function openPureJest(root: string): PureJest {
  const args = ['-c', 'infra/jest/jest.config.mjs', ...reportingArguments(root)];
  let child: ChildProcess | null = null;
  let runs = 0;
  const close = (): void => {
    child?.kill('SIGKILL');
    child = null;
  };
  const run: RunTests = async (options, timeoutSeconds) => {
    if (runs % runsPerProcess === 0) close();
    runs += 1;
    child ??= fork(worker, {
      cwd: root,
      env: { ...process.env, ...noServers },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    removeReport(root);
    const failure = await answerOf(child, [...args, ...options], timeoutSeconds);
    if (failure !== null) close();
    return failure === timedOut ? stopped : readReport(root, failure ?? '');
  };
  return { run, close };
}

const timedOut = 'timed out';

function answerOf(child: ChildProcess, args: string[], timeoutSeconds: number): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (failure: string | null): void => {
      clearTimeout(timer);
      child.off('message', end).off('exit', onExit);
      resolve(failure);
    };
    const onExit = (): void => end('its process ended');
    const timer = setTimeout(() => end(timedOut), timeoutSeconds * 1000);
    child.on('message', end).on('exit', onExit);
    child.send(args);
  });
}
