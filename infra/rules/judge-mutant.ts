import type { Lane } from './mutation-lane.ts';
import { namePatternOf, rulesNamedBy } from './rule-catalog.ts';
import { runJest, type JestTest } from './run-jest.ts';

/** Longer than any test file takes; a change can make code run for ever, and then the mutant is found out as well. */
const timeoutSeconds = 120;

/** Rule -> test files with a test that names it; those of rules alone come first, they take milliseconds. */
export type TestFiles = Map<string, string[][]>;

/** Which files prove which rule, from a run of all tests of the service. */
export function testFilesByRule(service: string, tests: readonly JestTest[]): TestFiles {
  const files = new Map<string, Set<string>>();
  for (const { file, name } of tests) {
    for (const rule of rulesNamedBy(name)) files.set(rule, (files.get(rule) ?? new Set()).add(file));
  }
  const isOfRules = (file: string): boolean => file.startsWith(`services/${service}/src/`);
  return new Map(
    [...files].map(([rule, set]) => {
      const all = [...set].toSorted();
      const groups = [all.filter(isOfRules), all.filter((file) => !isOfRules(file))];
      return [rule, groups.filter((group) => group.length > 0)];
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
