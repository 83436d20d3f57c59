import type { TestResults } from './test-results.ts';

type Test = TestResults['tests'][number];

/** More than this is no bad luck. */
const MOST_FILES = 5;

/**
 * The test files with a failure, to be run once more; null where that would prove nothing: none of the failures is a
 * test's (a file that could not be loaded), or too many files failed.
 */
export function filesToTryAgain({ tests, failed }: TestResults): string[] | null {
  const unsteady = tests.filter(({ passed }) => !passed);
  const files = [...new Set(unsteady.map(({ file }) => file))];
  return unsteady.length === failed && files.length > 0 && files.length <= MOST_FILES ? files : null;
}

/** The results as they are once all that failed has passed, and what needed the second try. */
export function passedAtLast(results: TestResults): { results: TestResults; unsteady: Test[] } {
  const unsteady = results.tests.filter(({ passed }) => !passed);
  const tests = results.tests.map((test) => ({ ...test, passed: true }));
  return { results: { ...results, passed: results.passed + unsteady.length, failed: 0, tests }, unsteady };
}
