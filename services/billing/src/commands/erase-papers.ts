import { txScope, type Tx } from '@steward/db';
import { eraseFiles, removalOfErased } from '@steward/files';
import { schedule, type OutsideWork } from '@steward/service-kit';

export const erasedFilesTimer = 'erased-files';

/** Nobody is given these files from now on; their bytes go by a timer that is kept with it, whatever happens between. */
export async function erasePapers(tx: Tx, fileIds: readonly string[]): Promise<void> {
  const erased = await eraseFiles(tx, fileIds);
  if (erased.length > 0) await schedule(tx, { kind: erasedFilesTimer, dueAt: txScope(tx).now });
}

/** Timer: takes the bytes of erased files out of the store. */
export const removeErasedFiles = (tx: Tx): Promise<OutsideWork | null> => removalOfErased(tx);
