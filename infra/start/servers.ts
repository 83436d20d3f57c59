import { connect } from 'node:net';
import { LaunchError } from '../embedded/launch-error.mjs';
import { startNats } from '../embedded/nats.mjs';
import { freePort } from '../embedded/ports.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { keepRunning } from './keep-running.ts';
import { dataPath } from './layout.ts';
import { step, type Say } from './progress.ts';
import type { RunFile } from './run-file.ts';

export type Server = { url: string; stop(): Promise<void> };

type Started = { url: string; port: number; pid: number | undefined; exited: Promise<unknown>; stop(): Promise<void> };

/** Starts a server on a port that it keeps for as long as we run, so that its clients find it again. */
async function supervised(
  name: string,
  start: (port: number, say: Say) => Promise<Started>,
  say: Say,
  runFile: RunFile,
): Promise<Server> {
  const port = await freePort();
  let url = '';
  const server = await step(say, name, (detail) =>
    keepRunning({
      name,
      say,
      start: () => start(port, detail),
      onStarted: (running) => {
        url = running.url;
        runFile.note(name, { pid: running.pid, port });
      },
    }),
  );
  return { url, stop: () => server.stop() };
}

/** The PostgreSQL of this installation. */
export const startEmbeddedPostgres = (say: Say, runFile: RunFile): Promise<Server> =>
  supervised(
    'postgres',
    (port, onProgress) => startPostgres({ dataDir: dataPath('postgres'), port, onProgress }),
    say,
    runFile,
  );

/** The nats-server of this installation. */
export const startEmbeddedNats = (say: Say, runFile: RunFile): Promise<Server> =>
  supervised('nats', (port, onProgress) => startNats({ storeDir: dataPath('nats'), port, onProgress }), say, runFile);

const answerMilliseconds = 5_000;

/** Refuses with one sentence when nobody answers at the broker that the user named. */
export async function requireNats(text: string): Promise<void> {
  const { hostname, port } = parseNatsUrl(text);
  const socket = connect({ host: hostname, port: Number(port || 4222), timeout: answerMilliseconds });
  const problem = await new Promise<string | null>((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('timeout', () => resolve('no answer'));
    socket.once('error', (error) => resolve(error.message));
  });
  socket.destroy();
  if (problem !== null)
    throw new LaunchError(`NATS_URL cannot be connected to (${problem}): correct it or start that server.`);
}

function parseNatsUrl(text: string): URL {
  // Several servers of one cluster are separated by commas; one that answers is enough to know the address is right.
  const first = text.split(',')[0] ?? '';
  try {
    return new URL(first.includes('://') ? first : `nats://${first}`);
  } catch {
    throw new LaunchError('NATS_URL is no address: write it as nats://host:port.');
  }
}
