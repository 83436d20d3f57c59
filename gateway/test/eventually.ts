import { setImmediate as turn } from 'node:timers/promises';

/** Within seconds: tried again until it holds or the time is over. */
export async function eventually(assertion: () => Promise<void>): Promise<void> {
  const end = performance.now() + 20_000;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > end) throw error;
      await turn();
    }
  }
}
