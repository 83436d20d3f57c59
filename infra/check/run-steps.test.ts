import { expect, test } from '@jest/globals';
import { describeStep, runStep } from './run-steps.ts';
import { repoRoot } from './workspaces.ts';

const step = (script: string) => ({ name: 'trial', command: [process.execPath, '-e', script] });

test('a step that passes is one line with its time', async () => {
  const result = await runStep(repoRoot, step('console.log("fine")'));
  expect(result.passed).toBe(true);
  expect(describeStep(result)).toMatch(/^ok {4}trial +\d+\.\d s$/);
});

test('a step that fails shows what it said, output and errors', async () => {
  const result = await runStep(repoRoot, step('console.log("one"); console.error("two"); process.exit(3)'));
  expect(result.passed).toBe(false);
  expect(describeStep(result)).toMatch(/^FAIL {2}trial .* s\n {6}one\n {6}two$/);
});

test('a program that is not there is a failed step', async () => {
  const result = await runStep(repoRoot, { name: 'trial', command: ['no-such-program'] });
  expect(result).toMatchObject({ passed: false, output: expect.stringContaining('cannot be started') });
});

test('steps find the tools of the repository first and turbo asks nobody', async () => {
  const result = await runStep(repoRoot, step('console.log(process.env.PATH, process.env.TURBO_TELEMETRY_DISABLED)'));
  expect(result.output.startsWith(`${repoRoot}/node_modules/.bin`)).toBe(true);
  expect(result.output.endsWith(' 1')).toBe(true);
});
