import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is truthy; fails with the last answer's story when the time is over. */
export async function eventually<T>(
  ask: () => Promise<T>,
  options: { timeoutMs?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  const { timeoutMs = 30_000, what = 'the condition' } = options;
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`${what} did not come true within ${timeoutMs} ms`);
    await pause(10);
  }
}

/** Within seconds: an assertion is tried again until it holds; fails as it failed last when the time is over. */
export async function eventuallyHolds(assertion: () => Promise<void>): Promise<void> {
  let failure: unknown;
  const holds = (): Promise<boolean> =>
    assertion().then(
      () => true,
      (error: unknown) => {
        failure = error;
        return false;
      },
    );
  await eventually(holds, { timeoutMs: 20_000 }).catch(() => {
    throw failure;
  });
}
