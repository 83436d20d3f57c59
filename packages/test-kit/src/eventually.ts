import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is truthy; fails with the last answer's story when the time is over. */
export async function eventually<T>(
  ask: () => Promise<T>,
  options: { timeoutMs?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  const { timeoutMs = 30_000, what = 'the condition' } = options;
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what} did not come true within ${timeoutMs} ms`);
    await pause(10);
  }
}
