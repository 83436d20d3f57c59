import { expect, test } from '@jest/globals';
import { isFullRun } from './full-run.ts';

const jest = ['node', 'jest.js', '-c', 'infra/jest/jest.config.mjs'];

test.each([[[]], [['-i']], [['--maxWorkers', '1']], [['--maxWorkers=1', '--ci']]])('%j runs all tests', (options) => {
  expect(isFullRun([...jest, ...options])).toBe(true);
});

test.each([
  [['services/hr']],
  [['-t', 'A072']],
  [['--testNamePattern=A072']],
  [['--selectProjects', 'infra']],
  [['--runTestsByPath', 'a.test.ts']],
  [['--shard=1/2']],
  [['-o']],
  [['--bail']],
])('%j may leave some out', (options) => {
  expect(isFullRun([...jest, ...options])).toBe(false);
});
