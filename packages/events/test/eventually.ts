import { setTimeout as delay } from 'node:timers/promises';

/** Polls until `probe` answers something truthy or stops throwing; the one way tests wait. */
export async function eventually<T>(
  probe: () => Promise<T> | T,
  { timeoutMs = 15_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== false && answer !== null && answer !== undefined) return answer;
      if (Date.now() > deadline) throw new Error(`not in time: ${probe.toString()}`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(10);
  }
}
