import type { Tx } from '@steward/db';
import type { householdMembershipStarted, StewardEvent } from '@steward/events';

import { householdMemberEntity } from '../db/reference-entities.ts';

type MembershipData = ReturnType<(typeof householdMembershipStarted)['data']['parse']>;

/** Reaction: keeps which persons belong to a household on which days; organisations have no login of their own. */
export async function keepHouseholdMember(tx: Tx, event: StewardEvent<MembershipData>): Promise<void> {
  const { membershipId, householdId, personId, validFrom, validTo } = event.data;
  if (personId === null) return;
  const membership = { id: membershipId, tenantId: event.tenantid, householdId, personId, validFrom, validTo };
  await tx.upsert(householdMemberEntity, membership, { conflictPaths: ['id'] });
}
