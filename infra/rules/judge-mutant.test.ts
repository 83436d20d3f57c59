import { expect, test } from '@jest/globals';
import { testFilesByRule } from './judge-mutant.ts';

// No title here may carry a rule in brackets: it would pass for a proof of that rule.
const proves = (file: string, ...rules: string[]) =>
  rules.map((rule) => ({ file, name: `[${rule}] something`, passed: true }));

test('a rule is tried on its quick files at once, then on each slow one alone, the quicker first', () => {
  const tests = [
    ...proves('service.test.ts', 'A072', 'A109'),
    ...proves('rules.test.ts', 'A072'),
    ...proves('table.test.ts', 'A072'),
    ...proves('restart.test.ts', 'A072'),
  ];
  const seconds = new Map([
    ['service.test.ts', 20],
    ['rules.test.ts', 0.1],
    ['table.test.ts', 0.3],
    ['restart.test.ts', 4],
  ]);
  expect(Object.fromEntries(testFilesByRule({ tests, seconds }))).toEqual({
    A072: [['rules.test.ts', 'table.test.ts'], ['restart.test.ts'], ['service.test.ts']],
    A109: [['service.test.ts']],
  });
});
