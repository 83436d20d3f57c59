import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startNats } from '../../embedded/nats.mjs';
import { startPostgres } from '../../embedded/postgres.mjs';

type Server = Awaited<ReturnType<typeof startNats>>;
type ServerName = 'postgres' | 'nats';

export type KillableServers = {
  postgres: string;
  nats: string;
  /** SIGKILL, then started again on the same data and port. */
  crash(server: ServerName): Promise<void>;
  /** Stops a server, lets `work` have its data directory, and starts it again on the same port. */
  whileStopped(server: ServerName, how: 'stop' | 'kill', work: (directory: string) => void): Promise<void>;
  stop(): Promise<void>;
};

/** Servers as the platform runs them, with nobody else on them. */
export async function startKillableServers(): Promise<KillableServers> {
  const directory = mkdtempSync(path.join(tmpdir(), 'steward-faults-'));
  chmodSync(directory, 0o711);
  const directories = { postgres: path.join(directory, 'postgres'), nats: path.join(directory, 'nats') };
  const start = {
    postgres: (port?: number): Promise<Server> => startPostgres({ dataDir: directories.postgres, port }),
    nats: (port?: number): Promise<Server> => startNats({ storeDir: directories.nats, port }),
  };
  const servers = { postgres: await start.postgres(), nats: await start.nats() };
  const whileStopped: KillableServers['whileStopped'] = async (name, how, work) => {
    const { pid, port, exited } = servers[name];
    if (how === 'stop') await servers[name].stop();
    else process.kill(pid, 'SIGKILL');
    await exited;
    work(directories[name]);
    servers[name] = await start[name](port);
  };
  return {
    postgres: servers.postgres.url,
    nats: servers.nats.url,
    crash: (name) => whileStopped(name, 'kill', () => undefined),
    whileStopped,
    stop: async () => {
      await servers.nats.stop();
      await servers.postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
