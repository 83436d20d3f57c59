import { spawnSync } from 'node:child_process';
import { repoRoot } from '../check/workspaces.ts';
import { jestArguments } from './run-jest.ts';
import { readTestResults, writeTestResults } from './test-results.ts';
import { filesToTryAgain, passedAtLast } from './unsteady.ts';

// Continuous integration runs on machines that others share. What fails there is tried once more, alone, and is said
// to have needed it: a test that is wrong fails twice, one that is unsteady is named to be mended.
const results = readTestResults(repoRoot);
const files = results === null ? null : filesToTryAgain(results);
if (results === null || files === null) process.exit(1);

console.log(`trying again, alone: ${files.join(', ')}`);
const { status } = spawnSync(process.execPath, [...jestArguments, '-i', '--runTestsByPath', ...files], {
  cwd: repoRoot,
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);
const { results: atLast, unsteady } = passedAtLast(results);
writeTestResults(repoRoot, atLast);
for (const { file, name } of unsteady) console.log(`UNSTEADY, passed only when run again: ${file}: ${name}`);
