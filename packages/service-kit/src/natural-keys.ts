import { rows, txScope, type Tx } from '@steward/db';

/**
 * Holds back other transactions of the tenant that hand out natural keys of the same kind until this one is committed,
 * so that looking one up and inserting it cannot be overtaken.
 */
export async function lockNaturalKeys(tx: Tx, kind: string): Promise<void> {
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${txScope(tx).tenantId}/${kind}`]);
}
