import type { Tx } from '@steward/db';
import type { householdMembershipStarted, StewardEvent } from '@steward/events';
import { keepLatest } from '@steward/service-kit';

import { householdMemberEntity } from '../db/reference-entities.ts';

type MembershipData = ReturnType<(typeof householdMembershipStarted)['data']['parse']>;

/** Reaction: keeps which persons belong to a household on which days; organisations have no login of their own. */
export async function keepHouseholdMembers(tx: Tx, events: readonly StewardEvent<MembershipData>[]): Promise<void> {
  const members = events.flatMap(({ tenantid: tenantId, data }) => {
    const { membershipId: id, householdId, personId, validFrom, validTo } = data;
    return personId === null ? [] : [{ id, tenantId, householdId, personId, validFrom, validTo }];
  });
  await keepLatest(tx, householdMemberEntity, members);
}
