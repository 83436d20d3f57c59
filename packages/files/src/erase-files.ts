import { rows, txScope, type Tx } from '@steward/db';

import { settingsOfTx } from './file-settings.ts';

/** What a file is called whose own name told of somebody. */
const neutralName = 'file';

/**
 * Erases files for good: from the commit on nobody is given their name or a byte of them, a download is refused with
 * FILE_ERASED. The rows stay for whoever holds their ids. The bytes are removed by `removalOfErased`, for which the kit's
 * `eraseFilesForGood` sets a timer in the same transaction. Answers the files that were there; a repetition answers none.
 */
export async function eraseFiles(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { tenantId, now } = txScope(tx);
  const erased = await rows<{ id: string }>(
    tx,
    `update file set state = 'ERASED', sha256 = null, name_sealed = $2, erased_at = $3
      where id = any($1::uuid[]) and state = 'UPLOADED' returning id`,
    [ids, settingsOfTx(tx).names.seal(tenantId, ''), now],
  );
  return erased.map(({ id }) => id);
}

/** Takes the names from files whose content has to be kept: people put names and addresses into them. */
export async function forgetFileNames(tx: Tx, ids: readonly string[]): Promise<void> {
  const { tenantId } = txScope(tx);
  const name = settingsOfTx(tx).names.seal(tenantId, neutralName);
  const named = `update file set name_sealed = $2 where id = any($1::uuid[]) and state = 'UPLOADED'`;
  await rows(tx, named, [ids, name]);
}

/** Work that leaves the database: `carryOut` while no transaction is open, then `keep` in one. */
export type FileRemoval = { carryOut(): Promise<void>; keep(tx: Tx): Promise<void> };

/**
 * The bytes of the tenant's erased files that are still in the store; null if there are none. It may be cut off anywhere and
 * done again: a file counts as removed once the store has said so.
 */
export async function removalOfErased(tx: Tx): Promise<FileRemoval | null> {
  const { store } = settingsOfTx(tx);
  if (store === undefined) throw new Error('this database has file settings without a store');
  const left = await rows<{ id: string }>(tx, `select id from file where state = 'ERASED' and removed_at is null`);
  if (left.length === 0) return null;
  const ids = left.map(({ id }) => id);
  return {
    carryOut: async () => {
      for (const id of ids) await store.delete(id);
    },
    keep: async (later) => {
      const removed = `update file set removed_at = $2 where id = any($1::uuid[]) and removed_at is null`;
      await rows(later, removed, [ids, txScope(later).now]);
    },
  };
}
