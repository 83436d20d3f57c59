import { afterEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeHash } from '../rules/tree-hash.ts';
import { temporaryTree, writeTree } from './temporary-tree.ts';
import { repoRoot, serviceDirectories, treeFiles, workspaces } from './workspaces.ts';

let remove = (): void => {};
afterEach(() => remove());

function tree(files: Record<string, string>): string {
  const made = temporaryTree(files);
  remove = made.remove;
  return made.root;
}

test('turbo checks the types of every workspace: each has the script', () => {
  const without = workspaces().filter((directory) => {
    const { scripts }: { scripts?: { types?: string } } = JSON.parse(
      readFileSync(join(repoRoot, directory, 'package.json'), 'utf8'),
    );
    return scripts?.types !== 'tsc -p .';
  });
  expect(without).toEqual([]);
});

test('services are the workspaces with a schema', () => {
  const root = tree({
    'services/hr/package.json': '{}',
    'services/hr/schema.graphql': '',
    'services/new/package.json': '{}',
    'gateway/package.json': '{}',
  });
  expect(workspaces(root)).toEqual(['gateway', 'services/hr', 'services/new']);
  expect(serviceDirectories(root)).toEqual(['services/hr']);
});

test('new files count and ignored or deleted ones do not, with git', () => {
  const root = tree({ 'a.ts': '1', 'b.ts': '2', 'c.log': '3', '.gitignore': '*.log' });
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['add', 'a.ts'], { cwd: root });
  expect(treeFiles(root)).toEqual(['.gitignore', 'a.ts', 'b.ts']);
  execFileSync('rm', ['a.ts'], { cwd: root });
  expect(treeFiles(root)).toEqual(['.gitignore', 'b.ts']);
});

test('without git everything counts but what tools leave behind', () => {
  const root = tree({ 'a/b.ts': '1', 'node_modules/x/index.js': '', '.data/run.json': '', '.turbo/log': '' });
  expect(treeFiles(root)).toEqual(['a/b.ts']);
});

test('the hash names the content of the tree', () => {
  const root = tree({ 'a.ts': '1' });
  const before = treeHash(root);
  writeTree(root, { 'a.ts': '2' });
  expect(treeHash(root)).not.toBe(before);
  writeTree(root, { 'a.ts': '1' });
  expect(treeHash(root)).toBe(before);
  writeTree(root, { 'b.ts': '' });
  expect(treeHash(root)).not.toBe(before);
});
