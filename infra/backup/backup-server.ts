import { existsSync, readFileSync } from 'node:fs';

import pg from 'pg';
import { z } from 'zod';

import { readSecret, releaseDirectory } from '../embedded/data-directory.mjs';
import { LaunchError } from '../embedded/launch-error.mjs';
import { inspectProcess } from '../embedded/processes.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { claimData } from '../start/data-root.ts';
import { dataDir, dataPath } from '../start/layout.ts';
import type { Say } from '../start/progress.ts';

const runSchema = z.object({
  pid: z.int(),
  processes: z.object({ postgres: z.object({ port: z.int() }).optional() }),
});

/** The port of the PostgreSQL of the platform that runs on the data directory; null when none runs. */
function runningPort(): number | null {
  try {
    const { pid, processes } = runSchema.parse(JSON.parse(readFileSync(dataPath('run.json'), 'utf8')));
    if (inspectProcess(pid) === null) return null;
    if (processes.postgres !== undefined) return processes.postgres.port;
  } catch {
    return null;
  }
  throw new LaunchError(
    'The platform uses a PostgreSQL server of yours, which is backed up by its own means: see infra/docs/backup.md.',
  );
}

/** Work with an administrator's connection, on the running platform or else on a server started for it. */
export async function withServer<T>(say: Say, work: (client: pg.Client) => Promise<T>): Promise<T> {
  if (!existsSync(dataPath('postgres', 'cluster'))) {
    throw new LaunchError(`${dataDir} holds no databases yet: start the platform once with \`npm start\`.`);
  }
  const port = runningPort();
  if (port !== null) {
    const password = readSecret(dataPath('postgres', 'password')) ?? '';
    return connected(`postgres://steward:${password}@127.0.0.1:${port}/postgres`, work);
  }
  claimData();
  try {
    const server = await startPostgres({ dataDir: dataPath('postgres'), onProgress: say });
    try {
      return await connected(server.url, work);
    } finally {
      await server.stop();
    }
  } finally {
    releaseDirectory(dataDir);
  }
}

export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'steward-backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
