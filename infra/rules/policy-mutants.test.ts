import { describe, expect, test } from '@jest/globals';
import { stripTypeScriptTypes } from 'node:module';
import { readPolicy } from './policy-mutants.ts';

const roles = ['director', 'supervisor', 'clerk', 'resident'];

const changes = (source: string): string[] =>
  readPolicy(source, 'x-policy.ts', roles).mutants.map(({ rule, change }) => `${rule} ${change}`);

describe('every way to change a row by one is a mutant', () => {
  test.each([
    ['a figure', `{ value: 2, unit: 'day', rule: 'A072' }`, ['A072 value 2 -> 3', 'A072 value 2 -> 1']],
    ['a share', `{ value: 0.8, unit: 'share', rule: 'A072' }`, ['A072 value 0.8 -> 0.9', 'A072 value 0.8 -> 0.7']],
    ['a yes', `{ value: true, unit: 'yes or no', rule: 'A072' }`, ['A072 value true -> false']],
    ['a role', `{ role: 'clerk', rule: 'A072' }`, ['A072 role clerk -> director']],
    [
      'roles',
      `{ roles: ['clerk', 'supervisor'], rule: 'A072' }`,
      ['A072 roles without clerk', 'A072 roles without supervisor', 'A072 roles with director'],
    ],
    [
      'a transition',
      `{ from: ['OPEN'], to: 'DONE', rule: 'A072' }`,
      ['A072 from without OPEN', 'A072 from with DONE', 'A072 to DONE -> OPEN'],
    ],
    [
      'targets',
      `{ from: ['OPEN'], to: ['same', 'DONE'], rule: 'A072' }`,
      ['A072 from without OPEN', 'A072 from with DONE', 'A072 to without same', 'A072 to without DONE'],
    ],
    [
      'a row of two rules',
      `{ value: true, rule: ['A070', 'A071'] }`,
      ['A070 value true -> false', 'A071 value true -> false'],
    ],
    [
      'figures inside',
      `{ steps: [{ afterShare: 1 }], rule: 'A072' }`,
      ['A072 afterShare 1 -> 2', 'A072 afterShare 1 -> 0'],
    ],
    [
      'own roles',
      `{ roles: ['director'], own: [], rule: 'A072' }`,
      ['A072 roles without director', 'A072 roles with supervisor', 'A072 own with supervisor'],
    ],
    [
      'a day',
      `{ value: '11-15', unit: 'day', rule: 'A072' }`,
      ['A072 value 11-15 -> 11-16', 'A072 value 11-15 -> 11-14'],
    ],
    ['a row in a row', `{ rule: 'A070', inner: { value: true, rule: 'A071' } }`, ['A071 value true -> false']],
    ['an object without a rule', `{ value: 2, unit: 'day' }`, []],
  ])('%s', (_name, row, expected) => {
    expect(changes(`export const policy = { row: ${row} } as const;`)).toEqual(expected);
  });
});

const table = `import type { X } from './x.ts';
export const transitions = {
  assign: { from: ['OPEN', 'PAUSED',], to: ['DONE'], rule: 'A109' },
  pause: {
    from: ['OPEN'],
    to: ['PAUSED'],
    rule: 'B015',
  },
} as const satisfies Record<string, X>;`;

test('each mutant is the file with that one change, and still a program', () => {
  const { rows, mutants } = readPolicy(table, 'x-policy.ts', roles);
  expect(rows).toEqual([
    { rule: 'A109', line: 3 },
    { rule: 'B015', line: 4 },
  ]);
  for (const { source } of mutants) {
    expect(source).not.toBe(table);
    expect(() => stripTypeScriptTypes(source)).not.toThrow();
  }
  expect(mutants.find(({ change }) => change === 'from without PAUSED')?.source).toContain(`from: ['OPEN',], to`);
  expect(mutants.find(({ change }) => change === 'from without OPEN')?.source).toContain(`from: ['PAUSED',], to`);
  expect(mutants.find(({ line, change }) => line === 5 && change === 'from with PAUSED')?.source).toContain(
    `from: ['OPEN', 'PAUSED'],\n    to: ['PAUSED']`,
  );
});

test.each([
  ['a name', `{ from: openStates, to: ['DONE'], rule: 'A072' }`, 'from'],
  ['a sum', `{ value: 24 * 60, rule: 'A072' }`, 'value'],
  ['a spread', `{ from: [...openStates, 'DONE'], rule: 'A072' }`, 'from'],
])('%s in a row cannot be read there and is reported', (_name, row, key) => {
  const { unreadable } = readPolicy(`\nexport const policy = ${row};`, 'x-policy.ts', roles);
  expect(unreadable).toEqual([{ line: 2, key }]);
});
