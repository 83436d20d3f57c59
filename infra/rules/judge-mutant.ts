import type { Lane } from './mutation-lane.ts';
import { namePatternOf, rulesNamedBy } from './rule-catalog.ts';
import { runJest, type JestRun } from './run-jest.ts';

/** Longer than any test file takes; a change can make code run for ever, and then the mutant is found out as well. */
const timeoutSeconds = 120;

/** Rule -> runs of test files with a test that names it: the quick ones together, then the others one by one. */
export type TestFiles = Map<string, string[][]>;

/** Tables beside the rules take less, whatever starts a service takes more. */
const quickSeconds = 1.5;

/** Which files prove which rule, from a run of all tests of the service. */
export function testFilesByRule({ tests, seconds }: Pick<JestRun, 'tests' | 'seconds'>): TestFiles {
  const files = new Map<string, Set<string>>();
  for (const { file, name } of tests) {
    for (const rule of rulesNamedBy(name)) files.set(rule, (files.get(rule) ?? new Set()).add(file));
  }
  const took = (file: string): number => seconds.get(file) ?? 0;
  return new Map(
    [...files].map(([rule, set]) => {
      const all = [...set].toSorted((one, other) => took(one) - took(other));
      const quick = all.filter((file) => took(file) <= quickSeconds);
      const slow = all.filter((file) => took(file) > quickSeconds).map((file) => [file]);
      return [rule, quick.length > 0 ? [quick, ...slow] : slow];
    }),
  );
}

export type Change = { file: string; rule: string; source: string; original: string };

/** Whether all tests of the change's rule stay green with the change in place. */
export async function survives(lane: Lane, project: string, change: Change, testFiles: TestFiles): Promise<boolean> {
  lane.write(change.file, change.source);
  try {
    for (const files of testFiles.get(change.rule) ?? []) {
      const options = ['--selectProjects', project, '-t', namePatternOf(change.rule), '--runTestsByPath', ...files];
      const { tests, broken, timedOut } = await runJest(lane.root, options, timeoutSeconds);
      if (timedOut || broken.length > 0 || tests.some(({ passed }) => !passed)) return false;
    }
    return true;
  } finally {
    lane.write(change.file, change.original);
  }
}
