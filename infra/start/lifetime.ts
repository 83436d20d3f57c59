import type { Say } from './progress.ts';

/** Thrown out of a running start when the user asks to stop. */
export class StopRequested extends Error {}

type Part = { name: string; stop: () => Promise<void> };

/** What has been started, to be stopped in the opposite order. */
export type Lifetime = {
  add(name: string, stop: () => Promise<void>): void;
  /** Leaves the start when a stop was asked for in the meantime. */
  checkpoint(): void;
  /** Resolves when a stop is asked for. */
  requested: Promise<void>;
  requestStop(): void;
  stopAll(): Promise<void>;
};

export function createLifetime(say: Say): Lifetime {
  const parts: Part[] = [];
  let isRequested = false;
  let answer = (): void => undefined;
  const requested = new Promise<void>((resolve) => {
    answer = resolve;
  });
  return {
    add: (name, stop) => void parts.push({ name, stop }),
    checkpoint: () => {
      if (isRequested) throw new StopRequested();
    },
    requested,
    requestStop: () => {
      isRequested = true;
      answer();
    },
    stopAll: async () => {
      for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
        // One part that refuses to stop must not keep the others running.
        await part.stop().catch((error: unknown) => say(`  ${part?.name}: ${messageOf(error)}`));
      }
    },
  };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

// A terminal sends Ctrl-C to every process of its group and npm passes it on, so one key press arrives several times.
const sameKeyPressMilliseconds = 1_000;

/** Ctrl-C, SIGTERM and the end of the launcher ask for an orderly stop; a second Ctrl-C ends without order. */
export function stopOnSignals(lifetime: Lifetime, say: Say): void {
  let first = 0;
  const ask = (): void => {
    if (first === 0) {
      first = Date.now();
      say('Stopping');
      lifetime.requestStop();
    } else if (Date.now() - first > sameKeyPressMilliseconds) {
      // The servers are tied to this process and end with it.
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  process.on('disconnect', ask);
}
