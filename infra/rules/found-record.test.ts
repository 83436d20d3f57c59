import { afterEach, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryTree, writeTree } from '../check/temporary-tree.ts';
import { openFoundRecord } from './found-record.ts';

const testFile = 'services/toy/src/toy.test.ts';
const files = {
  [testFile]: 'the proof',
  'services/toy/src/other.test.ts': 'another proof',
  'services/toy/src/rules.ts': 'the rules',
  'services/other/src/rules.ts': 'the rules of another service',
  'packages/kit/src/index.ts': 'the kit',
};
const change = { file: 'services/toy/src/toy-policy.ts', rule: 'A072', source: 'changed', original: 'as it was' };

const tree = temporaryTree({});
afterEach(() => tree.remove());

const record = join(tree.root, '.data/mutants/toy');
const open = (resume = true) => openFoundRecord(tree.root, 'toy', { record, resume });

function keepOne(): void {
  writeTree(tree.root, files);
  open(false).add(change, testFile);
}

test('a change is known to be found, and no other one', () => {
  keepOne();
  const known = open();
  expect(known.has(change)).toBe(true);
  expect(known.has({ ...change, source: 'changed otherwise' })).toBe(false);
  expect(known.has({ ...change, rule: 'A073' })).toBe(false);
});

test.each([
  [testFile, false],
  ['services/toy/src/rules.ts', false],
  ['packages/kit/src/index.ts', false],
  ['services/toy/src/other.test.ts', true],
  ['services/other/src/rules.ts', true],
])('after %s was touched, that a change is known is %s', (file, isKnown) => {
  keepOne();
  writeTree(tree.root, { [file]: 'something else' });
  expect(open().has(change)).toBe(isKnown);
});

test('a line that a kill cut off says nothing, and spoils nothing after it', () => {
  keepOne();
  writeFileSync(record, readFileSync(record, 'utf8').slice(0, -1));
  expect(open().has(change)).toBe(false);
  open().add(change, testFile);
  expect(open().has(change)).toBe(true);
});

test('who does not resume begins anew, and spoils nothing for who does', () => {
  keepOne();
  expect(open(false).has(change)).toBe(false);
  expect(open().has(change)).toBe(true);
});
