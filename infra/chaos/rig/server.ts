import { signalAll } from './processes-under.ts';

type Running = { url: string; port: number; pid: number | undefined; exited: Promise<unknown>; stop(): Promise<void> };

/** nats-server or PostgreSQL with all its processes; killed, it is started again on the same data and port. */
export type Server = {
  url: string;
  up(): Promise<void>;
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  stop(): Promise<void>;
};

export async function startServer(start: (port?: number) => Promise<Running>): Promise<Server> {
  let running = await start();
  let restarting: Promise<void> = Promise.resolve();
  const startAgain = async (): Promise<void> => {
    await running.exited;
    running = await start(running.port);
  };
  return {
    url: running.url,
    up: () => restarting,
    signal: (signal) => {
      if (running.pid === undefined) throw new Error('the server does not run');
      signalAll(running.pid, signal);
      if (signal === 'SIGKILL') restarting = startAgain();
    },
    stop: async () => {
      await restarting.catch(() => undefined);
      if (running.pid !== undefined) signalAll(running.pid, 'SIGCONT');
      await running.stop();
    },
  };
}
