import { afterEach } from '@jest/globals';

import { leaksInAnswer } from './leaks-in-answer.ts';

/**
 * Looks into every error answer that any test of the run gets over HTTP, whatever the test itself looks at, and fails
 * the test whose answer tells something of the inside.
 */
const ask = globalThis.fetch;
const found: string[] = [];
const reading = new Set<Promise<void>>();

async function scan(answer: Response): Promise<void> {
  try {
    found.push(...leaksInAnswer(await answer.json()));
  } catch {
    // No JSON, or given up half way: no error answer that a client could read.
  }
}

globalThis.fetch = async (...request) => {
  const response = await ask(...request);
  if (/\bjson\b/.test(response.headers.get('content-type') ?? '')) {
    const scanned = scan(response.clone()).finally(() => reading.delete(scanned));
    reading.add(scanned);
  }
  return response;
};

/** An answer that never ends is not waited for. */
const PATIENCE_MS = 1_000;

afterEach(async () => {
  let bound: NodeJS.Timeout | undefined;
  await Promise.race([Promise.all(reading), new Promise((resolve) => (bound = setTimeout(resolve, PATIENCE_MS)))]);
  clearTimeout(bound);
  const leaks = found.splice(0);
  if (leaks.length > 0) throw new Error(`an error answer tells of the inside:\n${leaks.join('\n')}`);
});
