import type { Tx } from '@steward/db';
import type { EventDefinition, personErased, StewardEvent } from '@steward/events';
import { eraseMemberships, forgetHistory } from '@steward/service-kit';

import { eraseFromRegistrations, eraseWords } from '../db/erasure-queries.ts';

type Erased = typeof personErased extends EventDefinition<infer T> ? T : never;

/** Reaction: activities keep how many came and surveys what was answered, and no longer who it was in which words. */
export async function erasePerson(tx: Tx, { data }: StewardEvent<Erased>): Promise<void> {
  const { personId, vacatedHouseholdIds } = data;
  const registrations = await eraseFromRegistrations(tx, personId, vacatedHouseholdIds);
  await forgetHistory(tx, registrations, ['contactNameMasked', 'contactPhoneMasked']);
  await eraseWords(tx, vacatedHouseholdIds);
  await eraseMemberships(tx, personId);
}
