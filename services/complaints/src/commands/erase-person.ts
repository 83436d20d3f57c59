import type { Tx } from '@steward/db';
import type { EventOf, personErased } from '@steward/events';
import { eraseMemberships, forgetHistory } from '@steward/service-kit';

import { eraseFromComplaints } from '../db/erasure-queries.ts';

/** Reaction: complaints keep what was wrong and what became of it, and no longer whose they were. */
export async function erasePerson(tx: Tx, { data }: EventOf<typeof personErased>): Promise<void> {
  const complaints = await eraseFromComplaints(tx, data.personId, data.vacatedHouseholdIds);
  await forgetHistory(tx, complaints, ['contactNameMasked', 'contactPhoneMasked']);
  await eraseMemberships(tx, data.personId);
}
