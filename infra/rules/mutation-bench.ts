import { found, isGreen, redTests, timeoutSeconds, type Change } from './judge-mutant.ts';
import { openLane } from './mutation-lane.ts';
import { openPureJest } from './pure-jest.ts';
import { anyNamePatternOf } from './rule-catalog.ts';
import { runJest, type JestRun, type RunTests } from './run-jest.ts';

/** A copy of the tree on which one change after the other is judged. */
export type Bench = {
  root: string;
  /** All tests of the service, with no server to be had: what is green needs none. */
  runWithoutServers(): Promise<JestRun>;
  /** The tests of these rules in these files with nothing changed: how long each file took. */
  runUnchanged(rules: readonly string[], files: readonly string[]): Promise<Map<string, number>>;
  /** Those of these changes of one rule that its tests in these files find, when no server is to be had. */
  foundWithoutServers<C extends Change>(changes: readonly C[], files: readonly string[]): Promise<C[]>;
  foundWithServers<C extends Change>(changes: readonly C[], files: readonly string[]): Promise<C[]>;
  close(): void;
};

export function openBench(root: string, service: string): Bench {
  const lane = openLane(root);
  const project = `services/${service}`;
  const pure = openPureJest(lane.root);
  const ofService =
    (run: RunTests): RunTests =>
    (options, seconds) =>
      run(['--selectProjects', project, ...options], seconds);
  const withoutServers = ofService(pure.run);
  const withServers = ofService((options, seconds) => runJest(lane.root, options, seconds));
  return {
    root: lane.root,
    async runWithoutServers() {
      const run = await withoutServers([], 10 * timeoutSeconds);
      if (run.timedOut) throw new Error(`the tests of ${project} do not end`);
      return run;
    },
    async runUnchanged(rules, files) {
      if (files.length === 0) return new Map();
      const options = ['-t', anyNamePatternOf(rules), '--runTestsByPath', ...files];
      const run = await withServers(options, timeoutSeconds * files.length);
      if (run.timedOut) throw new Error(`the tests of ${project} do not end`);
      const red = [...run.broken, ...redTests(run.tests).map(({ file, name }) => `${file} > ${name}`)];
      // A test that is red anyway would condemn every change.
      if (!isGreen(run)) throw new Error(`tests of ${project} fail before anything is changed:\n${red.join('\n')}`);
      return run.seconds;
    },
    foundWithoutServers: (changes, files) => found(lane, withoutServers, changes, files),
    foundWithServers: (changes, files) => found(lane, withServers, changes, files),
    close() {
      pure.close();
      lane.remove();
    },
  };
}
