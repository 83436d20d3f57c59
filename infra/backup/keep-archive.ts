import { createReadStream, createWriteStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chown, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

import { z } from 'zod';

import { LaunchError } from '../embedded/launch-error.mjs';
import { dataPath } from '../start/layout.ts';
import { messageOf } from '../start/lifetime.ts';
import type { Say } from '../start/progress.ts';
import { storeOf, type BackupStore } from './backup-store.ts';
import { mirrorContent } from './content-mirror.ts';

/** Written by the first backup: where the running platform keeps its copies. */
export const noteFile = (): string => dataPath('backup.json');

const everyMilliseconds = 60_000;
/** PostgreSQL may hold a segment that it has just archived against a second copy of it. */
const settledMilliseconds = 60_000;
/** More than a moment: the five minutes that may be lost are then at risk. */
const lateMilliseconds = 120_000;
const segmentName = /^[0-9A-F]{24}$/;

/** Makes an archived segment small: one that was ended by the clock is mostly empty. */
async function compress(file: string): Promise<void> {
  const unfinished = `${file}.gz.part`;
  const { uid, gid } = statSync(file);
  await pipeline(createReadStream(file), createGzip({ level: 1 }), createWriteStream(unfinished, { mode: 0o600 }));
  const written = await open(unfinished, 'r+');
  try {
    await written.sync();
  } finally {
    await written.close();
  }
  await chown(unfinished, uid, gid);
  await rename(unfinished, `${file}.gz`);
  await rm(file);
}

/** Compresses what was archived a while ago; answers how many segments. */
export async function compressArchive(store: BackupStore, olderThan: number): Promise<number> {
  if (!existsSync(store.wal)) return 0;
  const files = readdirSync(store.wal)
    .filter((name) => segmentName.test(name))
    .map((name) => path.join(store.wal, name));
  const settled = files.filter((file) => statSync(file).mtimeMs < olderThan);
  for (const file of settled) await compress(file);
  return settled.length;
}

function storeInUse(): BackupStore | null {
  if (!existsSync(noteFile())) return null;
  const { root } = z.object({ root: z.string() }).parse(JSON.parse(readFileSync(noteFile(), 'utf8')));
  const control = readFileSync(dataPath('postgres', 'cluster', 'global', 'pg_control'));
  return storeOf(root, control.readBigUInt64LE(0).toString());
}

/** How many segments have waited for longer than they may; the archive has then stopped, and losses grow. */
export function lateSegments(cluster: string, before: number): number {
  const status = path.join(cluster, 'pg_wal', 'archive_status');
  const waiting = readdirSync(status).filter((name) => name.endsWith('.ready'));
  const since = waiting.map(
    (name) => statSync(path.join(status, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity,
  );
  return since.filter((at) => at < before).length;
}

/** While the platform runs, and once a backup was made: copies new files and makes the archived log small. */
export function keepArchive(say: Say): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let failed = '';
  const keep = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await delay(everyMilliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
      try {
        const store = storeInUse();
        if (store === null) continue;
        await mirrorContent(store);
        if (!stopping.signal.aborted) await compressArchive(store, Date.now() - settledMilliseconds);
        const late = lateSegments(dataPath('postgres', 'cluster'), Date.now() - lateMilliseconds);
        if (late > 0) throw new LaunchError(`the log cannot be archived in ${store.wal}: see postgres.log`);
        failed = '';
      } catch (error) {
        // Said once, not every minute.
        if (failed !== messageOf(error)) say(`  backup: it has stopped (${messageOf(error)})`);
        failed = messageOf(error);
      }
    }
  };
  const keeping = keep();
  return {
    stop: async () => {
      stopping.abort();
      await keeping;
    },
  };
}
