import { txScope, type Tx } from '@steward/db';
import { eraseFiles, removalOfErased } from '@steward/files';
import { schedule, type OutsideWork } from '@steward/service-kit';

import { slipFilesOf } from '../db/dispatch-slip-queries.ts';

/** The timer that takes the bytes of erased files out of the store. */
export const erasedFilesTimer = 'erased-files';

/** Nobody is given the printed slips of these orders from now on; that they were printed stays. */
export async function eraseSlips(tx: Tx, workOrderIds: readonly string[]): Promise<void> {
  const erased = await eraseFiles(tx, await slipFilesOf(tx, workOrderIds));
  if (erased.length > 0) await schedule(tx, { kind: erasedFilesTimer, dueAt: txScope(tx).now });
}

/** Timer: takes the bytes of erased files out of the store. */
export const removeErasedFiles = (tx: Tx): Promise<OutsideWork | null> => removalOfErased(tx);
