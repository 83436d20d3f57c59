import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { LaunchError } from '../embedded/launch-error.mjs';
import { chooseAccount } from '../embedded/postgres-account.mjs';
import { findNativeDirectory, restoreLinks } from '../embedded/postgres-files.mjs';
import { startPostgres } from '../embedded/postgres.mjs';
import { messageOf } from '../start/lifetime.ts';
import type { Say } from '../start/progress.ts';
import type { FoundBackup, Manifest } from './backup-store.ts';
import { neededFolders } from './cluster-files.ts';
import { copyFile, forEachFile, listTree, makeFolders, progress, type Owner } from './copy-tree.ts';
import { nameOf, requireWholeLog, restoreCommand } from './wal-archive.ts';

export type Recovered = Awaited<ReturnType<typeof startPostgres>>;

export type RecoverOptions = FoundBackup & {
  /** Where the cluster is made; must not exist. */
  directory: string;
  password: string;
  until?: Date | undefined;
  timeline?: number | undefined;
  /** The log of the cluster that is replaced: what it had not archived yet. */
  unarchived: string | null;
  /** Whether the new cluster goes on archiving in the store: not one that is only read and thrown away. */
  archives: boolean;
  say: Say;
};

const recoveryMilliseconds = 12 * 3_600_000;

async function copyBack({ store, manifest, directory, password, say }: RecoverOptions): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const nativeDir = findNativeDirectory();
  restoreLinks(nativeDir);
  const cluster = path.join(directory, 'cluster');
  const owner: Owner = chooseAccount({ cluster, dataDir: directory, nativeDir }).account;
  const from = path.join(store.base, manifest.name, 'cluster');
  const folders = [...listTree(from).folders, ...neededFolders];
  await makeFolders(cluster, folders.toSorted(), owner);
  const tick = progress(say, 'copying the database files', manifest.bytes);
  const known = new Map(manifest.files.map(([file, bytes, crc]) => [file, { bytes, crc }]));
  await forEachFile([...known.keys()], async (file, buffer) => {
    const copied = await copyFile(path.join(from, file), path.join(cluster, file), owner, buffer);
    const { bytes, crc } = known.get(file) ?? { bytes: -1, crc: -1 };
    if (copied === null || copied[0] !== bytes || copied[1] !== crc) {
      throw new LaunchError(
        `${path.join(from, file)} is damaged or missing: restore from another backup (--backup NAME).`,
      );
    }
    tick(bytes);
  });
  await copyFile(path.join(from, 'backup_label'), path.join(cluster, 'backup_label'), owner);
  writeFileSync(path.join(cluster, 'recovery.signal'), '');
  writeFileSync(path.join(directory, 'password'), password, { mode: 0o600 });
}

/** Read before PostgreSQL knows any zone by name. */
const timestampOf = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', '+00');

function recoverySettings(options: RecoverOptions): Record<string, string> {
  const { store, until, timeline, unarchived, archives } = options;
  return {
    restore_command: restoreCommand(store.wal, unarchived),
    recovery_target_action: 'promote',
    hot_standby: 'off',
    ...(until === undefined ? {} : { recovery_target_time: timestampOf(until) }),
    ...(timeline === undefined ? {} : { recovery_target_timeline: String(timeline) }),
    ...(archives
      ? { archive_command: '', archive_library: 'basic_archive', 'basic_archive.archive_directory': store.wal }
      : { archive_mode: 'off' }),
  };
}

/** How far the recovery has come, as the server's log tells. */
function lastRestored(directory: string): string {
  const log = path.join(directory, 'postgres.log');
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  return [...text.matchAll(/restored log file "(\w+)"/g)].at(-1)?.[1] ?? 'the first segment';
}

function explain(error: unknown, { until, directory }: RecoverOptions): unknown {
  const message = messageOf(error);
  if (message.includes('recovery ended before configured recovery target')) {
    const log = readFileSync(path.join(directory, 'postgres.log'), 'utf8');
    const last = /last completed transaction was at log time (\S+ \S+)/.exec(log)?.[1] ?? 'an earlier time';
    return new LaunchError(
      `The log ends at ${last}, before ${until?.toISOString()}: restore without --until to get everything there is.`,
    );
  }
  if (message.includes('could not locate required checkpoint record')) {
    return new LaunchError(
      'The log that the backup begins with is missing in the archive: choose a newer backup with --backup.',
    );
  }
  return error;
}

/** The place at which the log of the backup's timelines ended and the new timeline began. */
function endOf(directory: string, { segmentBytes }: Manifest): number {
  const wal = path.join(directory, 'cluster', 'pg_wal');
  const history = readdirSync(wal)
    .filter((name) => name.endsWith('.history'))
    .toSorted()
    .at(-1);
  const last =
    readFileSync(path.join(wal, history ?? ''), 'utf8')
      .trim()
      .split('\n')
      .at(-1) ?? '';
  const [, high = '0', low = '0'] = /^\d+\t([0-9A-F]+)\/([0-9A-F]+)/.exec(last) ?? [];
  return Math.floor((Number.parseInt(high, 16) * 0x1_0000_0000 + Number.parseInt(low, 16)) / segmentBytes);
}

/**
 * Makes a cluster from a backup and the archived log and answers it running, at the wanted point. When that fails,
 * nothing of it is left.
 */
export async function recover(options: RecoverOptions): Promise<Recovered> {
  const { store, manifest, directory, until, timeline, say } = options;
  const last = until === undefined ? requireWholeLog(store.wal, manifest, timeline) : 0;
  try {
    await copyBack(options);
    say('  replaying the log');
    const server = await startPostgres({
      dataDir: directory,
      settings: recoverySettings(options),
      readyMilliseconds: recoveryMilliseconds,
      onProgress: () => say(`  replaying the log: ${lastRestored(directory)}`),
    });
    const end = until === undefined ? endOf(directory, manifest) : Infinity;
    if (end >= last) return server;
    await server.stop();
    throw new LaunchError(
      `The segment ${nameOf(manifest.timeline, end, manifest.segmentBytes)} of the write-ahead log in ${store.wal} ` +
        'is damaged: put a whole copy in its place, or restore to a point before it with --until.',
    );
  } catch (error) {
    const explained = explain(error, options);
    rmSync(directory, { recursive: true, force: true });
    throw explained;
  }
}

/** The log of a cluster that is about to be replaced, when it is of the same making as the backup. */
export function unarchivedLog(cluster: string, { systemIdentifier }: Manifest): string | null {
  const control = path.join(cluster, 'global', 'pg_control');
  if (!existsSync(control) || statSync(control).size < 8) return null;
  // The file begins with the system identifier, in the machine's byte order, which is the same everywhere we run.
  const found = readFileSync(control).readBigUInt64LE(0).toString();
  return found === systemIdentifier ? path.join(cluster, 'pg_wal') : null;
}
