import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repoRoot = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** Directories of all workspaces, relative to the root. The patterns are those of the root package.json. */
export function workspaces(root = repoRoot): string[] {
  return globSync(['packages/*', 'services/*', 'gateway', 'infra'], { cwd: root })
    .filter((directory) => existsSync(join(root, directory, 'package.json')))
    .toSorted();
}

/** Directories of the services that have a schema, relative to the root. */
export function serviceDirectories(root = repoRoot): string[] {
  return workspaces(root).filter((directory) => existsSync(join(root, directory, 'schema.graphql')));
}

/**
 * Every file that belongs to the tree: committed, staged or new, but not ignored. An unpacked archive has no git;
 * there everything counts except what the build and the running platform leave behind.
 */
export function treeFiles(root = repoRoot): string[] {
  const files = existsSync(join(root, '.git')) ? gitFiles(root) : walk(root);
  return files.filter((file) => existsSync(join(root, file))).toSorted();
}

function gitFiles(root: string): string[] {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return output.split('\0').filter((file) => file !== '');
}

const notOurs = new Set(['node_modules', '.data', '.turbo', '.git', 'coverage']);

function walk(root: string, directory = ''): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    return entry.isDirectory() ? walk(root, path) : [path];
  });
}
