import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { roles } from '@steward/auth';
import { openFoundRecord } from './found-record.ts';
import { testFilesByRule } from './judge-mutant.ts';
import { openBench } from './mutation-bench.ts';
import { readPolicy } from './policy-mutants.ts';
import { describePlace, survivors, type Place, type PlacedChange } from './survivors.ts';

export type MutationReport = {
  service: string;
  mutants: number;
  /** How many of them were known from an earlier run to be found, and were not tried again. */
  known: number;
  /** Changes with which all tests of their rule stayed green: those tests are hollow. */
  survived: Place[];
  /** Rows of a rule that no test of the service names. */
  untested: Place[];
  /** Values that are not written out in their row, so that nothing can be changed there. */
  unreadable: Place[];
};

export type MutationOptions = {
  rule: string | null;
  /** Whether changes that an earlier run found are left alone. */
  resume: boolean;
  onProgress: (line: string) => void;
};

/** Changes every policy figure, role and transition of a service by one and runs the tests of its rule each time. */
export async function mutateService(root: string, service: string, options: MutationOptions): Promise<MutationReport> {
  const { changes, rows, unreadable } = readPolicies(root, service, options.rule);
  const benches = Array.from({ length: Math.min(2, availableParallelism()) }, () => openBench(root, service));
  const [first] = benches;
  if (first === undefined) throw new Error('nothing to run on');
  const close = (): void => benches.forEach((bench) => bench.close());
  process.once('exit', close);
  try {
    const testFiles = testFilesByRule(await first.runWithoutServers());
    const testable = changes.filter(({ rule }) => testFiles.has(rule));
    // The copy is read, not the tree: that may change while the run goes on.
    const record = openFoundRecord(first.root, service, { ...options, record: join(root, `.data/mutants/${service}`) });
    const tried = testable.filter((change) => !record.has(change));
    const survived = await survivors({ benches, testFiles, record, note: options.onProgress }, tried);
    const untested = rows.filter(({ rule }) => !testFiles.has(rule));
    const known = testable.length - tried.length;
    return { service, mutants: testable.length, known, survived, untested, unreadable };
  } finally {
    close();
    process.off('exit', close);
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

export function isClean({ survived, untested, unreadable }: MutationReport): boolean {
  return survived.length + untested.length + unreadable.length === 0;
}

export function describeMutations(report: MutationReport): string {
  const lines = (word: string, places: readonly Place[]): string[] =>
    places.map((place) => `${word}  ${describePlace(place)}`);
  const { service, mutants, known, survived } = report;
  return [
    ...lines('SURVIVED', survived),
    ...lines('UNTESTED', report.untested),
    ...lines('UNREADABLE', report.unreadable),
    `${service}: ${mutants} changes of policy, ${mutants - survived.length} found by the tests of their rule` +
      `${known > 0 ? ` (${known} of them in an earlier run)` : ''}, ${survived.length} survived`,
  ].join('\n');
}
