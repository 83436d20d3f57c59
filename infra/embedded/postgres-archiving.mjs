import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MARK = '# steward: archiving';

/**
 * Archiving without a command would keep every segment of the write-ahead log for ever. Until a backup names where
 * they go (by ALTER SYSTEM, which overrides this file) the command says that they are kept and keeps none.
 */
export function ensureArchiveCommand(cluster) {
  const file = path.join(cluster, 'postgresql.conf');
  // Without the file the cluster is broken, and the server says so itself.
  if (!existsSync(file) || readFileSync(file, 'utf8').includes(MARK)) return;
  appendFileSync(file, `\n${MARK}\narchive_command = 'true'\n`);
}
