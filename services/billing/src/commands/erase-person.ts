import type { Tx } from '@steward/db';
import type { EventOf, personErased } from '@steward/events';
import { forgetFileNames } from '@steward/files';
import { eraseFilesForGood, forgetHistory } from '@steward/service-kit';

import {
  endMemberships,
  eraseFromAccounts,
  keepErased,
  lockAccountsOfErased,
  papersOf,
  vouchersOf,
} from '../db/erasure-queries.ts';

/**
 * Reaction: the books keep what was owed and paid, by ids alone, and no longer whose name stood on it. Papers go, because
 * each can be printed again from the books; vouchers of payments stay, under no name.
 */
export async function erasePerson(tx: Tx, { data }: EventOf<typeof personErased>): Promise<void> {
  const { personId, vacatedHouseholdIds, erasedAt } = data;
  await keepErased(tx, personId, erasedAt);
  const accounts = await lockAccountsOfErased(tx, personId, vacatedHouseholdIds);
  await forgetHistory(tx, await eraseFromAccounts(tx, accounts), ['contactNameMasked']);
  await eraseFilesForGood(tx, await papersOf(tx, accounts));
  await forgetFileNames(tx, await vouchersOf(tx, accounts));
  await endMemberships(tx, personId, erasedAt.slice(0, 10));
}
