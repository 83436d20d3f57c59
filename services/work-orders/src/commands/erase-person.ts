import type { Tx } from '@steward/db';
import type { EventOf, personErased } from '@steward/events';
import { eraseFilesForGood, eraseMemberships, forgetHistory } from '@steward/service-kit';

import { slipFilesOf } from '../db/dispatch-slip-queries.ts';
import { eraseFromOrders } from '../db/erasure-queries.ts';

/** Reaction: orders keep what was done and what it cost, and no longer whose it was. Repeating it changes nothing. */
export async function erasePerson(tx: Tx, { data }: EventOf<typeof personErased>): Promise<void> {
  const orders = await eraseFromOrders(tx, data.personId, data.vacatedHouseholdIds);
  await forgetHistory(tx, orders, ['contactNameMasked', 'contactPhoneMasked']);
  // That slips were printed stays.
  await eraseFilesForGood(tx, await slipFilesOf(tx, orders));
  await eraseMemberships(tx, data.personId);
}
