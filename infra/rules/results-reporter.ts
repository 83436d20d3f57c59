import { relative } from 'node:path';
import { repoRoot } from '../check/workspaces.ts';
import { isFullRun } from './full-run.ts';
import { writeTestResults } from './test-results.ts';
import { treeHash } from './tree-hash.ts';

/** The part of jest's results that is kept. */
type RunResults = {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  wasInterrupted: boolean;
  testResults: {
    testFilePath: string;
    testResults: { ancestorTitles: string[]; title: string; status: string }[];
  }[];
};

/** Keeps what a run of all tests showed, with the tree that it showed it of, for `npm run rules` and `.ci/run`. */
export default class ResultsReporter {
  readonly #hashAtStart = isFullRun(process.argv) ? treeHash(repoRoot) : null;

  onRunComplete(_contexts: unknown, results: RunResults): void {
    if (this.#hashAtStart === null || results.wasInterrupted) return;
    writeTestResults(repoRoot, {
      treeHash: treeHash(repoRoot) === this.#hashAtStart ? this.#hashAtStart : null,
      passed: results.numPassedTests,
      // A file that could not even be loaded proves nothing and counts as one failure.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      tests: results.testResults.flatMap(({ testFilePath, testResults }) =>
        testResults.map(({ ancestorTitles, title, status }) => ({
          file: relative(repoRoot, testFilePath),
          name: [...ancestorTitles, title].join(' > '),
          passed: status === 'passed',
        })),
      ),
    });
  }
}
