import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type pg from 'pg';

import { LaunchError } from '../embedded/launch-error.mjs';
import type { Say } from '../start/progress.ts';
import { readArchiver, readServerFacts, turnArchivingOn, type ServerFacts } from './archiving.ts';
import { manifestFile, storeOf, type BackupStore, type Manifest } from './backup-store.ts';
import { isLeftOut } from './cluster-files.ts';
import { bytesOf, copyFile, forEachFile, listTree, makeFolders, progress, type CopiedFile } from './copy-tree.ts';
import { keysFingerprint } from './key-bundle.ts';
import { stampOf } from './stamp.ts';

const archiveMilliseconds = 120_000;

/** Copies the files of a running cluster; what changes meanwhile is put right from the log. */
async function copyCluster(cluster: string, target: string, say: Say): Promise<CopiedFile[]> {
  const { files, folders } = listTree(cluster, isLeftOut);
  if (folders.some((folder) => path.dirname(folder) === 'pg_tblspc')) {
    throw new LaunchError('The cluster has tablespaces outside its directory: move their tables back first.');
  }
  await makeFolders(target, folders);
  const tick = progress(say, 'copying the database files', bytesOf(cluster, files));
  const copied: CopiedFile[] = [];
  await forEachFile(files, async (file, buffer) => {
    const result = await copyFile(path.join(cluster, file), path.join(target, file), {}, buffer);
    if (result === null) return;
    copied.push([file, ...result]);
    tick(result[0]);
  });
  return copied;
}

type Stopped = { stopSegment: string; label: string; map: string; finishedAt: Date };

/** Ends the backup and waits until the log that it needs is in the archive. */
async function stopBackup(client: pg.Client, store: BackupStore): Promise<Stopped> {
  await client.query(`set statement_timeout = ${archiveMilliseconds}`);
  try {
    const { rows } = await client.query<Stopped>(`
      select pg_walfile_name(lsn - 1) as "stopSegment", labelfile as label, coalesce(spcmapfile, '') as map,
             clock_timestamp() as "finishedAt"
      from pg_backup_stop(true)`);
    const [stopped] = rows;
    if (stopped === undefined) throw new Error('PostgreSQL did not end the backup');
    return stopped;
  } catch (error) {
    if ((error as { code?: string }).code !== '57014') throw error;
    const { failed } = await readArchiver(client);
    throw new LaunchError(
      `PostgreSQL cannot archive its log in ${store.wal}${failed === null ? '' : ` (${failed})`}: ` +
        'see .data/postgres/postgres.log for the reason, free or repair that directory and begin again.',
    );
  }
}

function writeManifest(store: BackupStore, manifest: Manifest): void {
  const file = manifestFile(store, manifest.name);
  // The copies reach the disk before the manifest that vouches for them.
  spawnSync('sync', { stdio: 'ignore' });
  writeFileSync(`${file}.new`, JSON.stringify(manifest), { mode: 0o600 });
  spawnSync('sync', { stdio: 'ignore' });
  renameSync(`${file}.new`, file);
}

async function copyBetween(client: pg.Client, store: BackupStore, facts: ServerFacts, say: Say): Promise<Manifest> {
  say('  waiting for a checkpoint');
  const { rows } = await client.query<{ startedAt: Date; startSegment: string }>(
    `select clock_timestamp() as "startedAt", pg_walfile_name(pg_backup_start('steward', true)) as "startSegment"`,
  );
  const { startedAt, startSegment } = rows[0] ?? { startedAt: new Date(), startSegment: '' };
  const name = stampOf(startedAt);
  const target = path.join(store.base, name, 'cluster');
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  try {
    const files = await copyCluster(facts.cluster, target, say);
    say('  waiting until the log of the copy is archived');
    const { stopSegment, label, finishedAt } = await stopBackup(client, store);
    writeFileSync(path.join(target, 'backup_label'), label, { mode: 0o600 });
    const manifest: Manifest = {
      format: 1,
      name,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt.toISOString(),
      systemIdentifier: facts.systemIdentifier,
      serverVersion: facts.serverVersion,
      timeline: facts.timeline,
      segmentBytes: facts.segmentBytes,
      startSegment,
      stopSegment,
      keysFingerprint: keysFingerprint(),
      bytes: files.reduce((sum, [, bytes]) => sum + bytes, 0),
      files,
    };
    writeManifest(store, manifest);
    return manifest;
  } catch (error) {
    rmSync(path.dirname(target), { recursive: true, force: true });
    throw error;
  }
}

/** A base backup of the running cluster; from its end on every point in time can be restored. */
export async function takeBaseBackup(
  client: pg.Client,
  root: string,
  say: Say,
): Promise<{ store: BackupStore; manifest: Manifest }> {
  const facts = await readServerFacts(client);
  const store = storeOf(root, facts.systemIdentifier);
  await turnArchivingOn(client, store, facts);
  return { store, manifest: await copyBetween(client, store, facts, say) };
}
