import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { treeFiles } from '../check/workspaces.ts';

/** A copy of the tree in which files may be changed, with the packages of the original. */
export type Lane = { root: string; write(file: string, text: string): void; remove(): void };

export function openLane(root: string): Lane {
  const copy = mkdtempSync(join(tmpdir(), 'steward-mutants-'));
  for (const file of treeFiles(root)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(root, file), join(copy, file));
  }
  linkPackages(join(root, 'node_modules'), join(copy, 'node_modules'));
  return {
    root: copy,
    write: (file, text) => writeFileSync(join(copy, file), text),
    // When one lane fails, the other may still be writing its report.
    remove: () => rmSync(copy, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/** Other people's packages are links to the original; ours have to be the copy's, as their relative links say. */
function linkPackages(original: string, copy: string): void {
  mkdirSync(join(copy, '@steward'), { recursive: true });
  for (const name of readdirSync(original)) {
    if (name !== '@steward') symlinkSync(join(original, name), join(copy, name));
  }
  for (const name of readdirSync(join(original, '@steward'))) {
    symlinkSync(readlinkSync(join(original, '@steward', name)), join(copy, '@steward', name));
  }
}
