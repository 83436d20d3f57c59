import { setTimeout as pause } from 'node:timers/promises';

/** Asks again while a server is away. */
export async function insist<T>(ask: () => Promise<T>, timeoutMs = 30_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(20);
    }
  }
}

/** Fails with the story when it does not come true in time. */
export async function within<T>(timeoutMs: number, what: string, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = pause(timeoutMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`${what} did not come true within ${timeoutMs} ms`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
