import path from 'node:path';

/** Folders whose content belongs to one run of the server; the folders themselves must exist. */
const emptied = [
  'pg_wal',
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
];
const leftOut = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map', 'recovery.signal']);

/** Folders that PostgreSQL needs although a copy has nothing to put into them. */
export const neededFolders = ['pg_wal/archive_status', 'pg_wal/summaries', ...emptied];

/** What PostgreSQL's documentation says to leave out of a base backup. */
export function isLeftOut(relative: string, isFolder: boolean): boolean {
  const [top = '', ...rest] = relative.split(path.sep);
  if (leftOut.has(relative)) return true;
  if (emptied.includes(top) && rest.length > 0) return true;
  const name = path.basename(relative);
  if (name.startsWith('pgsql_tmp')) return true;
  // A relation cache made for speed, and relations of sessions that will not exist.
  return !isFolder && (name.startsWith('pg_internal.init') || /^t\d+_\d+/.test(name));
}
