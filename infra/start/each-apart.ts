import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LaunchError } from '../embedded/launch-error.mjs';
import { freePort } from '../embedded/ports.mjs';
import { spawnServer } from '../embedded/server-process.mjs';
import { gatewayEnvironment, serviceEnvironment } from './environment.ts';
import { keepRunning } from './keep-running.ts';
import { dataPath, root, servicePath } from './layout.ts';
import type { PartsOptions, StartParts } from './parts.ts';
import { step } from './progress.ts';

type Part = { name: string; main: string; url: string; health: string; env: NodeJS.ProcessEnv };

const readyMilliseconds = 60_000;
const stopSteps: [string, number][] = [
  ['SIGTERM', 15_000],
  ['SIGKILL', 5_000],
];

async function isLive(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

function tellingLine(log: string): string {
  const lines = log.trim().split('\n');
  return (lines.findLast((line) => /^\w*Error: /.test(line)) ?? lines.at(-1) ?? '').trim();
}

async function startOnce(part: Part) {
  const logFile = dataPath('logs', `${part.name}.log`);
  const child = await spawnServer({
    command: process.execPath,
    args: [part.main],
    env: part.env,
    cwd: root,
    logFile,
    deathSignal: 'TERM',
    stopSteps,
  });
  const begun = Date.now();
  while (!(await isLive(part.health))) {
    if (!child.isRunning()) {
      throw new LaunchError(`${part.name} does not start (${tellingLine(child.logSinceStart())}): see ${logFile}.`);
    }
    if (Date.now() - begun > readyMilliseconds) {
      await child.stop();
      throw new LaunchError(`${part.name} was not ready after a minute: see ${logFile}.`);
    }
    await delay(50);
  }
  return child;
}

async function startPart(part: Part, { say, lifetime, runFile }: PartsOptions): Promise<void> {
  const running = await step(say, part.name, () =>
    keepRunning({
      name: part.name,
      say,
      start: () => startOnce(part),
      onStarted: ({ pid }) => runFile.note(part.name, { pid, url: part.url }),
    }),
  );
  lifetime.add(part.name, () => running.stop());
}

/** Each service and the gateway in a process of its own, started again where it was when it dies. */
export const startEachApart: StartParts = async (options) => {
  const { services, wiring, gatewayPort, oidc, env, lifetime } = options;
  mkdirSync(dataPath('logs'), { recursive: true, mode: 0o700 });
  const subgraphs: Record<string, string> = {};
  const parts: Part[] = [];
  for (const name of services) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    subgraphs[name] = url;
    const serviceEnv = serviceEnvironment(name, wiring, port, env);
    parts.push({ name, main: servicePath(name, 'main.ts'), url, health: `${url}/health/live`, env: serviceEnv });
  }
  const started = await Promise.allSettled(parts.map((part) => startPart(part, options)));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  lifetime.checkpoint();
  const gatewayEnv = gatewayEnvironment({ keys: wiring.keys, subgraphs, port: gatewayPort, oidc }, env);
  const url = `http://${gatewayEnv['HOST']}:${gatewayPort}`;
  const main = path.join(root, 'gateway', 'src', 'main.ts');
  await startPart({ name: 'gateway', main, url, health: `${url}/health/live`, env: gatewayEnv }, options);
  return url;
};
