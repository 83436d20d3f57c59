import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { backupNames, loadManifest, type BackupStore } from './backup-store.ts';
import { placeOf, segmentsIn } from './wal-archive.ts';

/** Removes all but the newest backups, and what only those needed; answers the names of those that went. */
export function prune(store: BackupStore, keep: number): string[] {
  const names = backupNames(store);
  const going = names.slice(0, Math.max(0, names.length - keep));
  for (const name of going) rmSync(path.join(store.base, name), { recursive: true, force: true });
  const [oldest] = backupNames(store);
  if (oldest === undefined) return going;
  const { startSegment, segmentBytes } = loadManifest(store, oldest);
  const first = placeOf(startSegment, segmentBytes);
  for (const segment of segmentsIn(store.wal, segmentBytes)) {
    if (segment.place < first) rmSync(path.join(store.wal, segment.file), { force: true });
  }
  for (const file of existsSync(store.wal) ? readdirSync(store.wal) : []) {
    // PostgreSQL's notes on backups that have gone.
    if (file.endsWith('.backup') && placeOf(file.slice(0, 24), segmentBytes) < first)
      rmSync(path.join(store.wal, file));
  }
  for (const name of existsSync(store.gone) ? readdirSync(store.gone) : []) {
    if (name <= oldest) rmSync(path.join(store.gone, name), { recursive: true, force: true });
  }
  return going;
}
