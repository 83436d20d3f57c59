import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeFiles } from '../check/workspaces.ts';

/** Names the tree as it lies on the disk, uncommitted changes included: the same hash, the same results of tests. */
export function treeHash(root: string): string {
  const hash = createHash('sha256');
  for (const file of treeFiles(root)) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}
