import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from './lifetime.ts';
import type { Say } from './progress.ts';

/** A process that can be told to stop and tells when it ended. */
export type Supervised = { pid?: number | undefined; exited: Promise<unknown>; stop(): Promise<void> };

const firstDelayMilliseconds = 250;
const longestDelayMilliseconds = 10_000;
/** After that long the next death counts as the first again. */
const stableMilliseconds = 10_000;

export type KeepRunningOptions<T extends Supervised> = {
  name: string;
  /** Must start it where it was before: same port, same data. */
  start: () => Promise<T>;
  say: Say;
  onStarted?: (running: T) => void;
};

/** Starts a process and starts it again whenever it dies, with growing pauses, until stopped. */
export async function keepRunning<T extends Supervised>(
  options: KeepRunningOptions<T>,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  let current = await options.start();
  options.onStarted?.(current);
  const watch = async (): Promise<void> => {
    let pause = firstDelayMilliseconds;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      await current.exited;
      if (Date.now() - startedAt > stableMilliseconds) pause = firstDelayMilliseconds;
      pause = await restart(pause);
    }
  };
  const restart = async (pause: number): Promise<number> => {
    for (let next = pause; ; next = Math.min(next * 2, longestDelayMilliseconds)) {
      if (stopping.signal.aborted) return next;
      options.say(`${options.name} ended; starting it again in ${next / 1_000} s`);
      await delay(next, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return next;
      try {
        current = await options.start();
        options.onStarted?.(current);
        options.say(`${options.name} runs again`);
        return Math.min(next * 2, longestDelayMilliseconds);
      } catch (error) {
        options.say(`${options.name} does not start: ${messageOf(error)}`);
      }
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
      // A restart that was under way has finished by now and left a new process.
      await current.stop();
    },
  };
}
