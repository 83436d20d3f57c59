import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';

import { dataPath } from '../start/layout.ts';
import { contentFolders, type BackupStore } from './backup-store.ts';
import { copyFile, listTree } from './copy-tree.ts';

/** What is only half written, or about to vanish. */
const isPassing = (relative: string): boolean =>
  relative.split(path.sep).includes('incoming') || relative.endsWith('.part');

/** Copies what is not there yet; the services write a file once and never change it. Answers how many were copied. */
export async function addMissing(from: string, to: string): Promise<number> {
  let copied = 0;
  for (const file of listTree(from, isPassing).files) {
    const target = path.join(to, file);
    if (existsSync(target)) continue;
    mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    const result = await copyFile(path.join(from, file), `${target}.part`);
    if (result === null) continue;
    renameSync(`${target}.part`, target);
    copied += 1;
  }
  return copied;
}

/** Brings the store's copy of files and outgoing messages up to date. */
export async function mirrorContent(store: BackupStore): Promise<number> {
  let copied = 0;
  for (const folder of contentFolders) copied += await addMissing(dataPath(folder), path.join(store.content, folder));
  return copied;
}

/**
 * Lays aside, under the name of a backup, what was deleted before it: a restore to an earlier point needs it, and it
 * goes for good together with the last backup that is older.
 */
export function layAsideDeleted(store: BackupStore, backup: string): void {
  for (const folder of contentFolders) {
    for (const file of listTree(path.join(store.content, folder)).files) {
      if (existsSync(dataPath(folder, file))) continue;
      const target = path.join(store.gone, backup, folder, file);
      mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
      renameSync(path.join(store.content, folder, file), target);
    }
  }
}
