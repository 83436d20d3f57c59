import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type { householdMembershipStarted, householdUnitAdded, StewardEvent } from '@steward/events';
import { householdReferenceEntity, keepHouseholdMembers, keepLatest } from '@steward/service-kit';
import { In } from 'typeorm';

import { dropLiabilities } from '../db/reference-queries.ts';
import { householdPartyEntity, householdUnitEntity, unitLiabilityEntity } from '../db/reference-entities.ts';
import { liableDays } from '../domain/liability-rules.ts';
import type { HouseholdUnit } from '../domain/references.ts';
import { ensureBillingAccounts } from './ensure-billing-account.ts';
import { followHolders } from './follow-holders.ts';
import { handOverMeters } from './hand-over-meters.ts';

type UnitData = ReturnType<(typeof householdUnitAdded)['data']['parse']>;
type MembershipData = ReturnType<(typeof householdMembershipStarted)['data']['parse']>;

/** Reaction: keeps which households hold which units on which days, and who owes for them. */
export async function keepHouseholdUnits(tx: Tx, events: readonly StewardEvent<UnitData>[]): Promise<void> {
  const holdings = events.map(({ tenantid: tenantId, data }) => {
    const { holdingId: id, householdId, unitId, tenure, validFrom, validTo } = data;
    return { id, tenantId, householdId, unitId, tenure, validFrom, validTo };
  });
  await keepLatest(tx, householdUnitEntity, holdings);
  await keepLiabilities(tx, holdings);
}

/** Reaction: keeps who belongs to households on which days, and who of them owes. */
export async function keepHouseholdParties(tx: Tx, events: readonly StewardEvent<MembershipData>[]): Promise<void> {
  await keepHouseholdMembers(tx, events);
  const parties = events.map(({ tenantid: tenantId, data }) => {
    const { membershipId: id, householdId, personId, organisationId, role, validFrom, validTo } = data;
    return { id, tenantId, householdId, personId, organisationId, role, validFrom, validTo };
  });
  await keepLatest(tx, householdPartyEntity, parties);
  await keepLiabilities(tx, parties);
}

/**
 * Who owes for the units of these households on which days, worked out anew from their holdings and members. This says who
 * is charged next; what was charged already follows where its days are somebody else's now.
 */
async function keepLiabilities(tx: Tx, changed: readonly { householdId: string }[]): Promise<void> {
  const ids = [...new Set(changed.map(({ householdId }) => householdId))];
  const households = await tx.findBy(householdReferenceEntity, { id: In(ids) });
  if (households.length < ids.length) throw new Error('a household is registered before it holds or has anything');
  const before = await dropLiabilities(tx, ids);
  const holdingsOf = Map.groupBy(
    await tx.findBy(householdUnitEntity, { householdId: In(ids) }),
    ({ householdId }) => householdId,
  );
  const membersOf = Map.groupBy(
    await tx.findBy(householdPartyEntity, { householdId: In(ids) }),
    ({ householdId }) => householdId,
  );
  for (const [communityId, together] of Map.groupBy(households, (household) => household.communityId)) {
    const days = together.flatMap(({ id }) =>
      (holdingsOf.get(id) ?? []).flatMap((holding) =>
        liableDays(holding, membersOf.get(id) ?? []).map((each) => ({ ...each, holding })),
      ),
    );
    await enterLiabilities(tx, communityId, days);
    const held = together.flatMap(({ id }) => [
      ...(before.get(id) ?? []),
      ...(holdingsOf.get(id) ?? []).map(({ unitId }) => unitId),
    ]);
    const unitIds = [...new Set(held)];
    await handOverMeters(tx, communityId, unitIds);
    await followHolders(tx, communityId, unitIds);
  }
}

type LiableDays = ReturnType<typeof liableDays>[number] & { holding: HouseholdUnit };

async function enterLiabilities(tx: Tx, communityId: string, days: readonly LiableDays[]): Promise<void> {
  const liable = days.map(({ party, holding: { unitId, householdId } }) => ({ unitId, householdId, party }));
  const accounts = await ensureBillingAccounts(tx, communityId, liable);
  const { tenantId } = txScope(tx);
  const kept = days.map(({ holding, validFrom, validTo }, index) => ({
    id: newId(),
    tenantId,
    communityId,
    holdingId: holding.id,
    unitId: holding.unitId,
    householdId: holding.householdId,
    billingAccountId: accounts[index] as string,
    tenure: holding.tenure,
    validFrom,
    validTo,
  }));
  await keepLatest(tx, unitLiabilityEntity, kept);
}
