import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startNats } from '../../embedded/nats.mjs';
import { startPostgres } from '../../embedded/postgres.mjs';

type Server = Awaited<ReturnType<typeof startNats>>;

export type KillableServers = {
  postgres: string;
  nats: string;
  /** SIGKILL, then started again on the same data and port. */
  crash(server: 'postgres' | 'nats'): Promise<void>;
  stop(): Promise<void>;
};

/** Servers as the platform runs them, with nobody else on them. */
export async function startKillableServers(): Promise<KillableServers> {
  const directory = mkdtempSync(path.join(tmpdir(), 'steward-faults-'));
  chmodSync(directory, 0o711);
  const start = {
    postgres: (port?: number): Promise<Server> => startPostgres({ dataDir: path.join(directory, 'postgres'), port }),
    nats: (port?: number): Promise<Server> => startNats({ storeDir: path.join(directory, 'nats'), port }),
  };
  const servers = { postgres: await start.postgres(), nats: await start.nats() };
  return {
    postgres: servers.postgres.url,
    nats: servers.nats.url,
    crash: async (name) => {
      const { pid, port, exited } = servers[name];
      process.kill(pid, 'SIGKILL');
      await exited;
      servers[name] = await start[name](port);
    },
    stop: async () => {
      await servers.nats.stop();
      await servers.postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
