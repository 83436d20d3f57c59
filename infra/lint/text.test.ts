import { afterEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { temporaryTree } from '../check/temporary-tree.ts';
import { checkTexts } from './text.ts';

const words = readFileSync(new URL('./unfinished-words.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

let remove = (): void => {};
afterEach(() => remove());

function messages(files: Record<string, string>): string[] {
  const tree = temporaryTree(files);
  remove = tree.remove;
  return checkTexts(tree.root).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

test('kebab-case names and finished files have no findings', () => {
  const files = [
    'README.md',
    'src/assign-work-order.ts',
    '.ci/run',
    'src/labels.zh-CN.ts',
    'a/20261122-0001-create.ts',
  ];
  expect(messages(Object.fromEntries(files.map((file) => [file, 'export const x = 1;'])))).toEqual([]);
});

test.each(['src/assignWorkOrder.ts', 'src/assign_work_order.sql', 'WorkOrder/index.ts'])('%s is no name', (file) => {
  expect(messages({ [file]: '' })).toEqual([expect.stringContaining('is not kebab-case')]);
});

test.each(words)('"%s" in a comment is found with its line', (word) => {
  expect(messages({ 'a.ts': `const x = 1;\n// ${word.toUpperCase()}: later\n` })).toEqual([
    `a.ts:2: "${word.toUpperCase()}" tells of unfinished work`,
  ]);
});
