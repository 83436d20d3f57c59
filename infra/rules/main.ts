import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repoRoot } from '../check/workspaces.ts';
import { describeMutations, isClean, mutateService } from './mutate-service.ts';
import { describeProvedRules, provedRules } from './proved-rules.ts';
import { readRules } from './rule-catalog.ts';
import { jestArguments } from './run-jest.ts';
import { readTestResults, removeTestResults, type TestResults } from './test-results.ts';
import { treeHash } from './tree-hash.ts';

// With --json standard output carries the document and nothing else, so everything else goes to standard error.
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    mutate: { type: 'string' },
    rule: { type: 'string' },
    resume: { type: 'boolean' },
  },
});
const note = (line: string): void => console.error(line);

async function listRules(): Promise<void> {
  const rules = readRules();
  const results = usable(readTestResults(repoRoot)) ?? (await testNow());
  const found = provedRules(rules, results);
  if (results.failed > 0) note(`${results.failed} tests failed`);
  if (found.unknown.length > 0) note(`named by tests and no rule of the standard: ${found.unknown.join(', ')}`);
  const { proved, unproved } = found;
  console.log(values.json ? JSON.stringify({ proved, unproved }, null, 2) : describeProvedRules(rules, found));
}

function usable(results: TestResults | null): TestResults | null {
  return results !== null && results.treeHash === treeHash(repoRoot) ? results : null;
}

async function testNow(): Promise<TestResults> {
  note('no results of this tree yet: running all tests');
  removeTestResults(repoRoot);
  const child = spawn(process.execPath, jestArguments, { cwd: repoRoot, stdio: ['ignore', 2, 2] });
  await new Promise((resolve) => child.once('close', resolve));
  const results = readTestResults(repoRoot);
  if (results === null) throw new Error('the tests left no results');
  return results;
}

async function mutate(service: string): Promise<void> {
  if (!existsSync(join(repoRoot, 'services', service, 'src/domain'))) throw new Error(`there is no service ${service}`);
  await withServers(async () => {
    const options = { rule: values.rule ?? null, resume: values.resume ?? false, onProgress: note };
    const report = await mutateService(repoRoot, service, options);
    console.log(values.json ? JSON.stringify(report, null, 2) : describeMutations(report));
    if (!isClean(report)) process.exitCode = 1;
  });
}

/** One PostgreSQL and one nats-server for all the runs of jest: started here, found by them in the environment. */
async function withServers(work: () => Promise<void>): Promise<void> {
  const hook = async (file: string): Promise<void> => {
    const module: { default: () => Promise<void> } = await import(new URL(`../jest/${file}`, import.meta.url).href);
    await module.default();
  };
  await hook('global-setup.mjs');
  try {
    await work();
  } finally {
    await hook('global-teardown.mjs');
  }
}

// Leaves through the exit handlers, which remove the copies of the tree.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  await (values.mutate === undefined ? listRules() : mutate(values.mutate));
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
