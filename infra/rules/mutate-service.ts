import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { roles } from '@steward/auth';
import { survives, testFilesByRule, type Change, type TestFiles } from './judge-mutant.ts';
import { openLane, type Lane } from './mutation-lane.ts';
import { readPolicy } from './policy-mutants.ts';
import { namePatternOf } from './rule-catalog.ts';
import { runJest } from './run-jest.ts';

/** A place in a policy file and what is the matter with it. */
export type Place = { file: string; line: number; rule: string; change: string };

export type MutationReport = {
  service: string;
  mutants: number;
  /** Changes with which all tests of their rule stayed green: those tests are hollow. */
  survived: Place[];
  /** Rows of a rule that no test of the service names. */
  untested: Place[];
  /** Values that are not written out in their row, so that nothing can be changed there. */
  unreadable: Place[];
};

export type MutationOptions = { rule: string | null; onProgress: (line: string) => void };

type PlacedChange = Change & Place;

/** Changes every policy figure, role and transition of a service by one and runs the tests of its rule each time. */
export async function mutateService(root: string, service: string, options: MutationOptions): Promise<MutationReport> {
  const { changes, rows, unreadable } = readPolicies(root, service, options.rule);
  const lanes = Array.from({ length: Math.min(2, availableParallelism()) }, () => openLane(root));
  const removeLanes = (): void => lanes.forEach((lane) => lane.remove());
  process.once('exit', removeLanes);
  try {
    const testFiles = await greenTestFiles(lanes, service, options.rule);
    const testable = changes.filter(({ rule }) => testFiles.has(rule));
    const survived = await survivors(lanes, `services/${service}`, testable, testFiles, options.onProgress);
    const untested = rows.filter(({ rule }) => !testFiles.has(rule));
    return { service, mutants: testable.length, survived, untested, unreadable };
  } finally {
    removeLanes();
    process.off('exit', removeLanes);
  }
}

type Policies = { changes: PlacedChange[]; rows: Place[]; unreadable: Place[] };

function readPolicies(root: string, service: string, only: string | null): Policies {
  const policies: Policies = { changes: [], rows: [], unreadable: [] };
  for (const file of globSync(`services/${service}/src/domain/*-policy.ts`, { cwd: root }).toSorted()) {
    const original = readFileSync(join(root, file), 'utf8');
    const { rows, mutants, unreadable } = readPolicy(original, file, roles);
    const wanted = <T extends { rule: string }>(entries: T[]): T[] =>
      entries.filter(({ rule }) => only === null || rule === only);
    policies.rows.push(...wanted(rows).map((row) => ({ ...row, file, change: 'no test names the rule of this row' })));
    policies.changes.push(...wanted(mutants).map((mutant) => ({ ...mutant, file, original })));
    policies.unreadable.push(
      ...unreadable.map(({ line, key }) => ({ file, line, rule: '', change: `${key} is not written out in its row` })),
    );
  }
  return policies;
}

/** All tests have to be green before the first change: a test that is red anyway would condemn every mutant. */
async function greenTestFiles(lanes: readonly Lane[], service: string, only: string | null): Promise<TestFiles> {
  const [lane] = lanes;
  if (lane === undefined) throw new Error('no lane to run in');
  const names = only === null ? [] : ['-t', namePatternOf(only)];
  const run = await runJest(lane.root, ['--selectProjects', `services/${service}`, ...names], 600);
  const red = [
    ...run.broken,
    ...run.tests.filter(({ passed }) => !passed).map(({ file, name }) => `${file} > ${name}`),
  ];
  if (run.timedOut) throw new Error(`the tests of services/${service} do not end`);
  if (red.length > 0)
    throw new Error(`tests of services/${service} fail before anything is changed:\n${red.join('\n')}`);
  return testFilesByRule(run);
}

async function survivors(
  lanes: readonly Lane[],
  project: string,
  changes: readonly PlacedChange[],
  testFiles: TestFiles,
  onProgress: (line: string) => void,
): Promise<Place[]> {
  const queue = changes.entries();
  const found = new Map<number, Place>();
  const work = async (lane: Lane): Promise<void> => {
    for (const [index, entry] of queue) {
      if (index > 0 && index % 10 === 0) onProgress(`${index} of ${changes.length} changes, ${found.size} survived`);
      const { file, line, rule, change } = entry;
      if (!(await survives(lane, project, entry, testFiles))) continue;
      found.set(index, { file, line, rule, change });
      onProgress(`SURVIVED  ${file}:${line}  ${rule}  ${change}`);
    }
  };
  await Promise.all(lanes.map(work));
  // In the order of the policy files, whichever lane was faster.
  return changes.flatMap((_change, index) => found.get(index) ?? []);
}

export function isClean({ survived, untested, unreadable }: MutationReport): boolean {
  return survived.length + untested.length + unreadable.length === 0;
}

export function describeMutations(report: MutationReport): string {
  const lines = (word: string, places: readonly Place[]): string[] =>
    places.map(({ file, line, rule, change }) => `${word}  ${file}:${line}  ${rule}  ${change}`);
  return [
    ...lines('SURVIVED', report.survived),
    ...lines('UNTESTED', report.untested),
    ...lines('UNREADABLE', report.unreadable),
    `${report.service}: ${report.mutants} changes of policy, ${report.mutants - report.survived.length} found by the tests ` +
      `of their rule, ${report.survived.length} survived`,
  ].join('\n');
}
