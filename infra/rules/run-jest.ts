import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';

const jestReport = z.object({
  numRuntimeErrorTestSuites: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

export type JestTest = { file: string; name: string; passed: boolean };

export type JestRun = {
  /** Tests that ran; those not chosen by a name pattern are left out. */
  tests: JestTest[];
  /** Test files that could not be loaded, with the reason. */
  broken: string[];
  /** How long each test file took, in seconds. */
  seconds: Map<string, number>;
  /** Whether jest had to be stopped: a change can make code run for ever. */
  timedOut: boolean;
};

/** Runs the tests of a tree that the options of jest choose. */
export type RunTests = (options: readonly string[], timeoutSeconds: number) => Promise<JestRun>;

/** How every run of the tests calls Node. */
export const jestArguments = ['node_modules/jest/bin/jest.js', '-c', 'infra/jest/jest.config.mjs'];

export const stopped: JestRun = { tests: [], broken: [], seconds: new Map(), timedOut: true };

const reportOf = (root: string): string => join(root, 'jest-report.json');

/** For a silent run in one process that leaves a report. */
export const reportingArguments = (root: string): string[] => [
  '--runInBand',
  '--silent',
  '--json',
  `--outputFile=${reportOf(root)}`,
];

/** Runs some tests of the tree at `root` in one process, silently, and answers what they showed. */
export async function runJest(root: string, options: readonly string[], timeoutSeconds: number): Promise<JestRun> {
  removeReport(root);
  const args = [...jestArguments, ...reportingArguments(root), ...options];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutSeconds * 1000);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  if (timedOut) return stopped;
  return readReport(root, Buffer.concat(said).toString());
}

/** Before each run: one that dies must not leave the report of the run before it. */
export function removeReport(root: string): void {
  rmSync(reportOf(root), { force: true });
}

export function readReport(root: string, said: string): JestRun {
  if (!existsSync(reportOf(root))) throw new Error(`jest left no report:\n${said}`);
  const { testResults } = jestReport.parse(JSON.parse(readFileSync(reportOf(root), 'utf8')));
  const ran = new Set(['passed', 'failed']);
  return {
    tests: testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => ran.has(status))
        .map(({ ancestorTitles, title, status }) => ({
          file: relative(root, name),
          name: [...ancestorTitles, title].join(' > '),
          passed: status === 'passed',
        })),
    ),
    broken: testResults
      .filter(({ assertionResults, message }) => assertionResults.length === 0 && message !== '')
      .map(({ name, message }) => `${relative(root, name)}: ${message}`),
    seconds: new Map(
      testResults.map(({ name, startTime, endTime }) => [relative(root, name), (endTime - startTime) / 1_000]),
    ),
    timedOut: false,
  };
}
