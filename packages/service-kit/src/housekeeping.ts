import type { Log } from '@steward/core';
import type { Database } from '@steward/db';
import { deleteExpiredUploads, type FileStore } from '@steward/files';

type Options = { database: Database; store: FileStore; log: Log; everyMs?: number };

const hour = 3_600_000;

/** Removes what has expired for good: idempotency keys after their week, uploads that never came. Real time. */
export function startHousekeeping({ database, store, log, everyMs = hour }: Options): () => void {
  const sweep = async (): Promise<void> => {
    await database.system.query('delete from idempotency_key where expires_at < now()');
    await deleteExpiredUploads(database, store);
  };
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => log.warn({ err: error }, 'housekeeping failed'));
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
