import { ConfigError } from '@steward/core';
import { existsSync } from 'node:fs';
import { keepArchive } from '../backup/keep-archive.ts';
import { releaseDirectory } from '../embedded/data-directory.mjs';
import { LaunchError } from '../embedded/launch-error.mjs';
import { requireFreePort } from '../embedded/ports.mjs';
import { banner } from './banner.ts';
import { claimData, resetData } from './data-root.ts';
import { loadDemoData } from './demo-data.ts';
import { bringIssuer, bringServers, type Surroundings } from './infrastructure.ts';
import { loadKeys } from './keys.ts';
import { dataDir, dataPath, findServices } from './layout.ts';
import { createLifetime, messageOf, StopRequested, stopOnSignals, type Lifetime } from './lifetime.ts';
import { gatewayPortOf, parseOptions, usage, type StartOptions } from './options.ts';
import type { StartParts } from './parts.ts';
import type { Say } from './progress.ts';
import { openRunFile } from './run-file.ts';

/** The code of the services is loaded only where it runs. */
async function chooseStartParts(multi: boolean): Promise<StartParts> {
  if (multi) return (await import('./each-apart.ts')).startEachApart;
  return (await import('./in-process.ts')).startInProcess;
}

async function bringUp(options: StartOptions, gatewayPort: number, surroundings: Surroundings): Promise<void> {
  const { env, say, lifetime, runFile } = surroundings;
  const services = findServices();
  const keys = await loadKeys(dataPath('keys.json'), services, existsSync(dataPath('postgres', 'cluster')));
  const oidc = await bringIssuer(surroundings);
  const { databases, natsUrl } = await bringServers(services, keys, surroundings);
  const archive = keepArchive(say);
  lifetime.add('backup', () => archive.stop());
  lifetime.checkpoint();
  const startParts = await chooseStartParts(options.multi);
  const wiring = { keys, natsUrl, databases };
  const gatewayUrl = await startParts({ services, wiring, gatewayPort, oidc, env, say, lifetime, runFile });
  runFile.set({ mode: options.multi ? 'multi' : 'single', gatewayUrl, natsUrl, databases });
  lifetime.checkpoint();
  say(banner(gatewayUrl, { hasDemoAccounts: oidc.isDevelopment }));
  if (!options.empty && oidc.isDevelopment) void loadDemoData(gatewayUrl, say);
}

async function bringUpAndWait(options: StartOptions, say: Say, lifetime: Lifetime): Promise<void> {
  const gatewayPort = gatewayPortOf(process.env);
  const host = process.env['HOST'] ?? '127.0.0.1';
  await requireFreePort(gatewayPort, 'the gateway', 'choose another port, as in `GATEWAY_PORT=4001 npm start`', host);
  if (options.reset) resetData();
  const runFile = openRunFile();
  lifetime.add('run file', () => Promise.resolve(runFile.remove()));
  await bringUp(options, gatewayPort, { env: process.env, say, lifetime, runFile });
  await lifetime.requested;
}

/** Runs until a stop is asked for or the start fails. */
async function runUntilStopped(options: StartOptions, say: Say, lifetime: Lifetime): Promise<void> {
  claimData();
  try {
    await bringUpAndWait(options, say, lifetime);
  } catch (error) {
    if (!(error instanceof StopRequested)) throw error;
  } finally {
    await lifetime.stopAll();
    releaseDirectory(dataDir);
  }
}

const isForPeople = (error: unknown): boolean => error instanceof LaunchError || error instanceof ConfigError;

/** The platform on this machine, from `npm start`; answers its exit code once everything has stopped. */
export async function runPlatform(args: readonly string[]): Promise<number> {
  // Whoever reads our output may leave (`npm start | head`); the platform stays.
  process.stdout.on('error', () => undefined);
  const say: Say = (line) => console.log(line);
  try {
    const options = parseOptions(args);
    if (options.help) {
      say(usage);
      return 0;
    }
    const lifetime = createLifetime(say);
    stopOnSignals(lifetime, say);
    await runUntilStopped(options, say, lifetime);
    return 0;
  } catch (error) {
    if (!isForPeople(error)) throw error;
    console.error(`steward: ${messageOf(error)}`);
    return 1;
  }
}

if (import.meta.main) {
  // What a library left open must not keep a stopped platform alive.
  process.exit(await runPlatform(process.argv.slice(2)));
}
