import type { Lane } from './mutation-lane.ts';
import { namePatternOf, rulesNamedBy } from './rule-catalog.ts';
import type { JestRun, JestTest, RunTests } from './run-jest.ts';

/** Longer than any test file takes; a change can make code run for ever, and then the mutant is found out as well. */
export const timeoutSeconds = 120;

/** Which files have tests of a rule: those that need no server, the quickest first, and the others. */
export type TestFiles = { pure: string[]; others: string[] };

/** Rule -> files with a test that names it, from a run of all tests of the service without servers. */
export function testFilesByRule({ tests, broken, seconds }: Omit<JestRun, 'timedOut'>): Map<string, TestFiles> {
  const red = new Set(tests.filter(({ passed }) => !passed).map(({ file }) => file));
  const files = new Map<string, TestFiles>();
  for (const { file, name } of tests) {
    for (const rule of rulesNamedBy(name)) {
      const { pure, others } = files.get(rule) ?? { pure: [], others: [] };
      const list = red.has(file) || broken.some((line) => line.startsWith(`${file}:`)) ? others : pure;
      if (!list.includes(file)) list.push(file);
      files.set(rule, { pure, others });
    }
  }
  const took = (file: string): number => seconds.get(file) ?? 0;
  for (const { pure } of files.values()) pure.sort((one, other) => took(one) - took(other));
  return files;
}

export type Change = { file: string; rule: string; source: string; original: string };

/**
 * Which of these changes of one rule turn its tests in these files red. Red counts only if the same tests are green
 * when all changes are taken back: tests that came to be red for another reason prove nothing.
 */
export async function found<C extends Change>(
  lane: Lane,
  run: RunTests,
  changes: readonly C[],
  files: readonly string[],
): Promise<C[]> {
  const [{ rule } = { rule: '' }] = changes;
  const options = ['-t', namePatternOf(rule), '--runTestsByPath', ...files];
  const red: C[] = [];
  for (const change of changes) {
    lane.write(change.file, change.source);
    try {
      if (!isGreen(await run(options, timeoutSeconds))) red.push(change);
    } finally {
      lane.write(change.file, change.original);
    }
  }
  if (red.length === 0) return [];
  const unchanged = await run(options, timeoutSeconds);
  return unchanged.tests.length > 0 && isGreen(unchanged) ? red : [];
}

export const redTests = (tests: readonly JestTest[]): JestTest[] => tests.filter(({ passed }) => !passed);

export function isGreen({ tests, broken, timedOut }: JestRun): boolean {
  return !timedOut && broken.length === 0 && redTests(tests).length === 0;
}
