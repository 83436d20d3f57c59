import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startNats } from '../embedded/nats.mjs';
import { startPostgres } from '../embedded/postgres.mjs';

export type OwnServers = {
  directory: string;
  postgres: string;
  nats: string;
  pids: { postgres: number; nats: number };
  stop(): Promise<void>;
};

/** PostgreSQL and a broker in a directory of their own, which goes with this process; so do they. */
export async function startOwnServers(onProgress: (line: string) => void): Promise<OwnServers> {
  const directory = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  // Under root PostgreSQL runs as another user, who has to pass through here.
  await chmod(directory, 0o711);
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir: join(directory, 'postgres'), onProgress });
  const nats = await startNats({ storeDir: join(directory, 'nats'), onProgress });
  const stop = async (): Promise<void> => {
    await nats.stop();
    await postgres.stop();
  };
  const pids = { postgres: postgres.pid, nats: nats.pid };
  return { directory, postgres: postgres.url, nats: nats.url, pids, stop };
}
