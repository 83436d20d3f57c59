import type { Tx } from '@steward/db';

import { openingSums } from '../db/opening-queries.ts';
import { reconcile } from '../domain/opening-rules.ts';
import type { OpeningImport, Reconciled } from '../domain/opening.ts';

/** The report of a take-over: old books, what was entered, what the ledger holds. */
export const openingReconciliation = async (tx: Tx, row: OpeningImport): Promise<Reconciled[]> =>
  reconcile(row, await openingSums(tx, row.id));
