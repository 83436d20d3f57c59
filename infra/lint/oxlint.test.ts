import { afterEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repoRoot } from '../check/workspaces.ts';
import { temporaryTree } from '../check/temporary-tree.ts';

let remove = (): void => {};
afterEach(() => remove());

function rulesBroken(file: string, text: string): string[] {
  const tree = temporaryTree({
    [file]: text,
    'tsconfig.json': JSON.stringify({ extends: join(repoRoot, 'tsconfig.base.json'), compilerOptions: { types: [] } }),
  });
  remove = tree.remove;
  const oxlint = join(repoRoot, 'node_modules/.bin/oxlint');
  const run = spawnSync(oxlint, ['-c', join(repoRoot, '.oxlintrc.json'), '-f', 'unix', '.'], {
    cwd: tree.root,
    encoding: 'utf8',
  });
  return [...run.stdout.matchAll(/\[Error\/([^\]]+)\]/g)].map(([, rule]) => rule ?? '');
}

const lines = (count: number, text: string): string => `${text}\n`.repeat(count);

const cases: [string, string, string, string][] = [
  ['a floating promise', 'a.ts', 'export async function a() {}\na();', 'typescript(no-floating-promises)'],
  ['any', 'a.ts', 'export const a = (x: any) => x;', 'typescript(no-explicit-any)'],
  ['a silenced type', 'a.ts', '// @ts-ignore\nexport const a = 1;', 'typescript(ban-ts-comment)'],
  ['an unused name', 'a.ts', 'const a = 1;', 'eslint(no-unused-vars)'],
  ['a default export', 'a.ts', 'export default 1;', 'import(no-default-export)'],
  ['a skipped test', 'a.test.ts', `test.skip('x', () => {});`, 'jest(no-disabled-tests)'],
  ['a focused test', 'a.test.ts', `test.only('x', () => { expect(1).toBe(1); });`, 'jest(no-focused-tests)'],
  ['a test without expectation', 'a.test.ts', `test('x', () => {});`, 'jest(expect-expect)'],
  ['a file that is too long', 'a.ts', lines(301, 'export {};'), 'eslint(max-lines)'],
  [
    'a function that is too long',
    'a.ts',
    `export function a() {\n${lines(61, 'void 0;')}}`,
    'eslint(max-lines-per-function)',
  ],
  ['a name in camel case', 'workOrder.ts', 'export const a = 1;', 'unicorn(filename-case)'],
  [
    'a value imported for its type',
    'a.ts',
    `import { X } from './b.ts';\nexport type Y = X;`,
    'typescript(consistent-type-imports)',
  ],
];

test.each(cases)('%s is found', (_name, file, text, rule) => {
  expect(rulesBroken(file, text)).toContain(rule);
});

test('plain good code has no findings', () => {
  expect(rulesBroken('a.ts', 'export const double = (x: number): number => 2 * x;\n')).toEqual([]);
});
