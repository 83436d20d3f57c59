import type { Tx } from '@steward/db';
import type { EventOf, personErased } from '@steward/events';
import { eraseMemberships, forgetHistory } from '@steward/service-kit';

import { eraseFromRegistrations, eraseWords } from '../db/erasure-queries.ts';

/** Reaction: activities keep how many came and surveys what was answered, and no longer who it was in which words. */
export async function erasePerson(tx: Tx, { data }: EventOf<typeof personErased>): Promise<void> {
  const { personId, vacatedHouseholdIds } = data;
  const registrations = await eraseFromRegistrations(tx, personId, vacatedHouseholdIds);
  await forgetHistory(tx, registrations, ['contactNameMasked', 'contactPhoneMasked']);
  await eraseWords(tx, vacatedHouseholdIds);
  await eraseMemberships(tx, personId);
}
