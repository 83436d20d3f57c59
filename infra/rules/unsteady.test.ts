import { expect, test } from '@jest/globals';
import type { TestResults } from './test-results.ts';
import { filesToTryAgain, passedAtLast } from './unsteady.ts';

const of = (failing: Record<string, number>, unloaded = 0): TestResults => {
  const failed = Object.entries(failing).flatMap(([file, times]) =>
    Array.from({ length: times }, (_, n) => ({ file, name: `fails ${n}`, passed: false })),
  );
  const tests = [{ file: 'good.test.ts', name: 'holds', passed: true }, ...failed];
  return { treeHash: 'abc', passed: 1, failed: failed.length + unloaded, tests };
};
const files = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.test.ts`, 1]));

test('a file with failures is tried again once, whole', () => {
  expect(filesToTryAgain(of({ 'a.test.ts': 3, 'b.test.ts': 1 }))).toEqual(['a.test.ts', 'b.test.ts']);
});

test('more than five files are no bad luck', () => {
  expect(filesToTryAgain(of(files(5)))).toHaveLength(5);
  expect(filesToTryAgain(of(files(6)))).toBeNull();
});

test('what is no failure of a test is not tried again: a file that cannot be loaded, a run without failures', () => {
  expect(filesToTryAgain(of({ 'a.test.ts': 1 }, 1))).toBeNull();
  expect(filesToTryAgain(of({}, 1))).toBeNull();
  expect(filesToTryAgain(of({}))).toBeNull();
});

test('what passes at last counts as passed and is named', () => {
  const { results, unsteady } = passedAtLast(of({ 'a.test.ts': 2 }));
  expect([results.passed, results.failed, results.tests.every(({ passed }) => passed)]).toEqual([3, 0, true]);
  expect(unsteady.map(({ name }) => name)).toEqual(['fails 0', 'fails 1']);
});
