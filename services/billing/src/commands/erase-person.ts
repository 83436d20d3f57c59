import type { Tx } from '@steward/db';
import type { EventDefinition, personErased, StewardEvent } from '@steward/events';
import { forgetHistory } from '@steward/service-kit';

import { accountsOfErased, endMemberships, eraseFromAccounts } from '../db/erasure-queries.ts';

type Erased = typeof personErased extends EventDefinition<infer T> ? T : never;

/** Reaction: the books keep what was owed and paid, by ids alone, and no longer whose name stood on it. */
export async function erasePerson(tx: Tx, { data }: StewardEvent<Erased>): Promise<void> {
  const accounts = await accountsOfErased(tx, data.personId, data.vacatedHouseholdIds);
  await forgetHistory(tx, await eraseFromAccounts(tx, accounts), ['contactNameMasked']);
  await endMemberships(tx, data.personId, data.erasedAt.slice(0, 10));
}
