import { chownSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

import type pg from 'pg';

import { LaunchError } from '../embedded/launch-error.mjs';
import type { BackupStore } from './backup-store.ts';

/** A segment leaves for the archive at the latest after so long, so no more than that is lost with the machine. */
export const archiveEverySeconds = 240;

export type ServerFacts = {
  systemIdentifier: string;
  serverVersion: number;
  timeline: number;
  segmentBytes: number;
  cluster: string;
  archiveMode: string;
};

export async function readServerFacts(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<ServerFacts>(`
    select (select system_identifier::text from pg_control_system()) as "systemIdentifier",
           current_setting('server_version_num')::int as "serverVersion",
           (('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int) as timeline,
           (select setting::int from pg_settings where name = 'wal_segment_size') as "segmentBytes",
           current_setting('data_directory') as cluster, current_setting('archive_mode') as "archiveMode"`);
  const [facts] = rows;
  if (facts === undefined) throw new Error('PostgreSQL did not describe itself');
  return facts;
}

/** The archive belongs to the user that PostgreSQL runs as, who writes into it; the folders above let that user pass. */
export function makeArchive(store: BackupStore, cluster: string): void {
  mkdirSync(path.dirname(store.root), { recursive: true, mode: 0o711 });
  mkdirSync(store.root, { recursive: true, mode: 0o711 });
  mkdirSync(store.wal, { recursive: true, mode: 0o700 });
  const { uid, gid } = statSync(cluster);
  chownSync(store.wal, uid, gid);
}

/**
 * Has the server archive its log from now on and over restarts. PostgreSQL's own module writes beside the place,
 * syncs and renames, and takes a second copy of the same segment for what it is.
 */
export async function turnArchivingOn(client: pg.Client, store: BackupStore, facts: ServerFacts): Promise<void> {
  if (facts.archiveMode !== 'on') {
    throw new LaunchError('PostgreSQL runs without an archive: restart the platform, then make the backup.');
  }
  makeArchive(store, facts.cluster);
  const settings = {
    archive_command: '',
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': store.wal,
    archive_timeout: `${archiveEverySeconds}s`,
  };
  // The server knows the module's own setting only once the module is loaded.
  await client.query(`load 'basic_archive'`);
  for (const [name, value] of Object.entries(settings)) {
    await client.query(`alter system set ${name} = ${client.escapeLiteral(value)}`);
  }
  await client.query('select pg_reload_conf()');
}

export type ArchiverState = { archived: string | null; failed: string | null; failedAt: Date | null };

/** The archiver's last success, and its failure when that came after it. */
export async function readArchiver(client: pg.ClientBase): Promise<ArchiverState> {
  const { rows } = await client.query<ArchiverState>(`
    select last_archived_wal as archived,
           case when last_failed_time > coalesce(last_archived_time, '-infinity') then last_failed_wal end as failed,
           case when last_failed_time > coalesce(last_archived_time, '-infinity') then last_failed_time end as "failedAt"
    from pg_stat_archiver`);
  return rows[0] ?? { archived: null, failed: null, failedAt: null };
}
