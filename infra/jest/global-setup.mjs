import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LaunchError } from '../embedded/launch-error.mjs';
import { startNats } from '../embedded/nats.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { inspectProcess } from '../embedded/processes.mjs';

const PREFIX = 'steward-test-';
const NAMED_BY_PROCESS = new RegExp(`^${PREFIX}(\\d+)-`);

/** A run that was killed could not remove its directory; its servers died with it. */
function removeDirectoriesOfDeadRuns() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(NAMED_BY_PROCESS.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || inspectProcess(pid)) continue;
    try {
      rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

/** One PostgreSQL and one nats-server for the whole run; both die with it, SIGKILL included. */
export default async function globalSetup() {
  // Whoever runs jest again and again (the mutants of `npm run rules`) keeps one pair of servers for all runs.
  if (process.env.STEWARD_TEST_PG_URL && process.env.STEWARD_TEST_NATS_URL) return;
  removeDirectoriesOfDeadRuns();
  const directory = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Under root PostgreSQL runs as another user, who has to pass through here; the data directories are private.
  chmodSync(directory, 0o711);
  const options = { test: true, onProgress: (line) => process.stderr.write(`${line}\n`) };
  const started = await Promise.allSettled([
    startPostgres({ ...options, dataDir: path.join(directory, 'postgres') }),
    startNats({ ...options, storeDir: path.join(directory, 'nats') }),
  ]);
  const servers = started.filter((each) => each.status === 'fulfilled').map((each) => each.value);
  globalThis.stewardTestServers = { directory, servers };
  const failed = started.find((each) => each.status === 'rejected');
  if (failed) {
    const { default: globalTeardown } = await import('./global-teardown.mjs');
    await globalTeardown();
    if (failed.reason instanceof LaunchError) failed.reason.stack = failed.reason.message;
    throw failed.reason;
  }
  const [postgres, nats] = servers;
  process.env.STEWARD_TEST_PG_URL = postgres.url;
  process.env.STEWARD_TEST_NATS_URL = nats.url;
}
