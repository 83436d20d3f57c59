import { rows, type Database, type Scope } from '@steward/db';

import { settingsOfDatabase } from './file-settings.ts';
import type { FileStore } from './file-store.ts';

const perTenantAndCall = 500;

async function deleteOfTenant(database: Database, store: FileStore, scope: Scope): Promise<number> {
  return database.write(scope, async (tx) => {
    // The lock keeps an upload that ends right now from being marked; one that was marked first is no longer pending.
    const expired = await rows<{ id: string }>(
      tx,
      `select id from file where state = 'PENDING' and expires_at < $1
        order by expires_at limit ${perTenantAndCall} for update skip locked`,
      [scope.now],
    );
    const ids = expired.map(({ id }) => id);
    for (const id of ids) await store.delete(id);
    await rows(tx, 'delete from file where id = any($1::uuid[])', [ids]);
    return ids.length;
  });
}

/**
 * Removes announced files whose ten minutes passed without a complete upload, with whatever of them reached the
 * store; answers how many. Safe to run by several at once.
 */
export async function deleteExpiredUploads(database: Database, store: FileStore): Promise<number> {
  const now = settingsOfDatabase(database).clock.now();
  const { rows: tenants } = await database.system.query<{ tenantId: string }>(
    `select distinct tenant_id as "tenantId" from file where state = 'PENDING' and expires_at < $1`,
    [now],
  );
  let deleted = 0;
  for (const { tenantId } of tenants) {
    const scope: Scope = { tenantId, now, actor: { kind: 'system', id: null, sub: 'files' } };
    deleted += await deleteOfTenant(database, store, scope);
  }
  return deleted;
}
