import type { Tx } from '@steward/db';
import type { EventDefinition, personErased, StewardEvent } from '@steward/events';
import { eraseMemberships, forgetHistory } from '@steward/service-kit';

import { eraseFromOrders } from '../db/erasure-queries.ts';

type Erased = typeof personErased extends EventDefinition<infer T> ? T : never;

/** Reaction: orders keep what was done and what it cost, and no longer whose it was. Repeating it changes nothing. */
export async function erasePerson(tx: Tx, { data }: StewardEvent<Erased>): Promise<void> {
  const orders = await eraseFromOrders(tx, data.personId, data.vacatedHouseholdIds);
  await forgetHistory(tx, orders, ['contactNameMasked', 'contactPhoneMasked']);
  await eraseMemberships(tx, data.personId);
}
