import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const testResults = z.object({
  /** Of the tree that was tested; null when it changed while the tests ran. */
  treeHash: z.string().nullable(),
  passed: z.int(),
  failed: z.int(),
  tests: z.array(z.object({ file: z.string(), name: z.string(), passed: z.boolean() })),
});

/** What the last run of all tests showed. */
export type TestResults = z.infer<typeof testResults>;

const resultsFile = '.data/test-results.json';

export function writeTestResults(root: string, results: TestResults): void {
  mkdirSync(dirname(join(root, resultsFile)), { recursive: true, mode: 0o711 });
  writeFileSync(join(root, resultsFile), JSON.stringify(results));
}

/** Null when no full run has left any. */
export function readTestResults(root: string): TestResults | null {
  const path = join(root, resultsFile);
  return existsSync(path) ? testResults.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

/** Before a new run: one that dies must not leave the results of the run before it. */
export function removeTestResults(root: string): void {
  rmSync(join(root, resultsFile), { force: true });
}
