import type { Tx } from '@steward/db';
import type { EventDefinition, personErased, StewardEvent } from '@steward/events';
import { eraseMemberships, forgetHistory } from '@steward/service-kit';

import { eraseFromComplaints } from '../db/erasure-queries.ts';

type Erased = typeof personErased extends EventDefinition<infer T> ? T : never;

/** Reaction: complaints keep what was wrong and what became of it, and no longer whose they were. */
export async function erasePerson(tx: Tx, { data }: StewardEvent<Erased>): Promise<void> {
  const complaints = await eraseFromComplaints(tx, data.personId, data.vacatedHouseholdIds);
  await forgetHistory(tx, complaints, ['contactNameMasked', 'contactPhoneMasked']);
  await eraseMemberships(tx, data.personId);
}
