import type { Tx } from '@steward/db';

import { counterChecks } from '../db/counter-book-queries.ts';
import type { BookCheck } from '../domain/ledger-period.ts';

/** What the books of the counter and the ledger say of the same money. */
export const counterBookChecks = (tx: Tx, communityId: string): Promise<BookCheck[]> => counterChecks(tx, communityId);
