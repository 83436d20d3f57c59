import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { LaunchError } from '../embedded/launch-error.mjs';
import { dataDir } from '../start/layout.ts';

/** The major version whose backups this platform can restore: a base backup is the server's own files. */
export const serverMajor = 18;

const manifestSchema = z.object({
  format: z.literal(1),
  name: z.string(),
  startedAt: z.iso.datetime(),
  /** From this instant on the cluster can be brought to any point. */
  finishedAt: z.iso.datetime(),
  /** Names the cluster: segments of another one must never be replayed into it. */
  systemIdentifier: z.string(),
  serverVersion: z.int(),
  timeline: z.int(),
  segmentBytes: z.int(),
  startSegment: z.string(),
  stopSegment: z.string(),
  /** Which field keys open the sealed values: the start of a hash, which tells nothing about them. */
  keysFingerprint: z.string().nullable(),
  bytes: z.int(),
  /** Path below `cluster`, bytes, CRC-32 of what was copied. */
  files: z.array(z.tuple([z.string(), z.int(), z.int()])),
});

export type Manifest = z.infer<typeof manifestSchema>;

/**
 * Where the backups of one cluster are:
 * `wal/` the archived log, `base/NAME/{manifest.json,cluster/}`, `content/{files,outgoing}/` a copy of what the
 * services keep beside their databases, `gone/NAME/` what was deleted there before the backup of that name.
 */
export type BackupStore = { root: string; wal: string; base: string; content: string; gone: string };

export const backupsRoot = (): string => path.resolve(process.env['STEWARD_BACKUP_DIR'] ?? `${dataDir}-backups`);

export function storeOf(root: string, systemIdentifier: string): BackupStore {
  const own = path.join(root, systemIdentifier);
  const below = (name: string): string => path.join(own, name);
  return { root: own, wal: below('wal'), base: below('base'), content: below('content'), gone: below('gone') };
}

export const manifestFile = (store: BackupStore, name: string): string => path.join(store.base, name, 'manifest.json');

/** What the services keep beside their databases, as folders of the data directory and of the store. */
export const contentFolders = ['files', 'outgoing'] as const;

function readManifest(file: string): Manifest {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new LaunchError(`${file} cannot be read as a backup's manifest: remove that backup or choose another one.`);
  }
  const version = z.object({ serverVersion: z.int() }).safeParse(text).data?.serverVersion;
  if (version !== undefined && Math.floor(version / 10_000) !== serverMajor) {
    throw new LaunchError(
      `${file} is of PostgreSQL ${Math.floor(version / 10_000)} and this is ${serverMajor}: ` +
        'restore it with the release of Steward that made it.',
    );
  }
  const manifest = manifestSchema.safeParse(text);
  if (manifest.success) return manifest.data;
  throw new LaunchError(`${file} is no manifest of this release: restore it with the release that made it.`);
}

/** Names of the finished backups, oldest first: the manifest is written last, so half a backup has none. */
export function backupNames(store: BackupStore): string[] {
  if (!existsSync(store.base)) return [];
  return readdirSync(store.base)
    .filter((name) => existsSync(manifestFile(store, name)))
    .toSorted();
}

export const loadManifest = (store: BackupStore, name: string): Manifest => readManifest(manifestFile(store, name));

export type FoundBackup = { store: BackupStore; manifest: Manifest };

function storesIn(root: string): BackupStore[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => storeOf(root, name));
}

const missing = (root: string): LaunchError =>
  new LaunchError(
    `There is no backup in ${root}: make one with \`npm run backup\`, or name the directory with --from.`,
  );

/** The backup to begin with: the one named, else the newest that was finished by the instant wanted. */
export function chooseBackup(
  root: string,
  wanted: { name?: string | undefined; until?: Date | undefined },
): FoundBackup {
  const all = storesIn(root).flatMap((store) => backupNames(store).map((name) => ({ store, name })));
  if (all.length === 0) throw missing(root);
  const named = all.filter(({ name }) => wanted.name === undefined || name === wanted.name);
  if (named.length === 0) {
    throw new LaunchError(`${root} has no backup ${wanted.name}: it has ${all.map(({ name }) => name).join(', ')}.`);
  }
  const found = named
    .toSorted((a, b) => (a.name < b.name ? 1 : -1))
    .map(({ store, name }) => ({ store, manifest: loadManifest(store, name) }));
  const { until } = wanted;
  const usable = found.find(({ manifest }) => until === undefined || new Date(manifest.finishedAt) <= until);
  if (usable !== undefined) return usable;
  const oldest = found.at(-1)?.manifest.finishedAt;
  throw new LaunchError(`No backup reaches back to ${until?.toISOString()}: the oldest begins at ${oldest}.`);
}
