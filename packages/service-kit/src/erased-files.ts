import { txScope, type Tx } from '@steward/db';
import { eraseFiles } from '@steward/files';

import { schedule } from './timers.ts';

/** The timer that takes the bytes of erased files out of the store; every service has it. */
export const erasedFilesTimer = 'erased-files';

/** Nobody is given these files from now on; their bytes go by a timer that is kept with it, whatever happens between. */
export async function eraseFilesForGood(tx: Tx, fileIds: readonly string[]): Promise<void> {
  const erased = await eraseFiles(tx, fileIds);
  if (erased.length > 0) await schedule(tx, { kind: erasedFilesTimer, dueAt: txScope(tx).now });
}
