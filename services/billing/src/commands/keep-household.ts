import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import type {
  householdMembershipStarted,
  householdRegistered,
  householdUnitAdded,
  StewardEvent,
} from '@steward/events';
import { householdReferenceEntity, keepHousehold, keepHouseholdMember } from '@steward/service-kit';

import { householdPartyEntity, householdUnitEntity, unitLiabilityEntity } from '../db/reference-entities.ts';
import { partiesOf } from '../db/reference-queries.ts';
import { liableDays } from '../domain/liability-rules.ts';
import { ensureBillingAccounts } from './ensure-billing-account.ts';

type HouseholdData = ReturnType<(typeof householdRegistered)['data']['parse']>;
type UnitData = ReturnType<(typeof householdUnitAdded)['data']['parse']>;
type MembershipData = ReturnType<(typeof householdMembershipStarted)['data']['parse']>;

/** Reaction: keeps a household. */
export async function keepOurHousehold(tx: Tx, event: StewardEvent<HouseholdData>): Promise<void> {
  await keepHousehold(tx, event);
}

/** Reaction: keeps which household holds which unit on which days, and who owes for it. */
export async function keepHouseholdUnit(tx: Tx, event: StewardEvent<UnitData>): Promise<void> {
  const { holdingId, householdId, unitId, tenure, validFrom, validTo } = event.data;
  const holding = { id: holdingId, tenantId: event.tenantid, householdId, unitId, tenure, validFrom, validTo };
  await tx.upsert(householdUnitEntity, holding, { conflictPaths: ['id'] });
  await keepLiabilities(tx, householdId);
}

/** Reaction: keeps who belongs to a household on which days, and who of them owes. */
export async function keepHouseholdParty(tx: Tx, event: StewardEvent<MembershipData>): Promise<void> {
  await keepHouseholdMember(tx, event);
  const { membershipId, householdId, personId, organisationId, role, validFrom, validTo } = event.data;
  const party = { id: membershipId, tenantId: event.tenantid, householdId, personId, organisationId, role };
  await tx.upsert(householdPartyEntity, { ...party, validFrom, validTo }, { conflictPaths: ['id'] });
  await keepLiabilities(tx, householdId);
}

/**
 * Who owes for the household's units on which days, worked out anew from its holdings and members. Debts that were
 * charged before stay where they are: this says who is charged next.
 */
async function keepLiabilities(tx: Tx, householdId: string): Promise<void> {
  const household = await tx.findOneBy(householdReferenceEntity, { id: householdId });
  if (household === null) throw new Error('a household is registered before it holds or has anything');
  const { communityId } = household;
  const holdings = await tx.findBy(householdUnitEntity, { householdId });
  const members = await partiesOf(tx, householdId);
  const days = holdings.flatMap((holding) => liableDays(holding, members).map((each) => ({ ...each, holding })));
  const liable = days.map(({ party, holding }) => ({ unitId: holding.unitId, householdId, party }));
  const accounts = await ensureBillingAccounts(tx, communityId, liable);
  const { tenantId } = txScope(tx);
  await tx.delete(unitLiabilityEntity, { householdId });
  const kept = days.map(({ holding, validFrom, validTo }, index) => ({
    id: newId(),
    tenantId,
    communityId,
    holdingId: holding.id,
    unitId: holding.unitId,
    householdId,
    billingAccountId: accounts[index] as string,
    tenure: holding.tenure,
    validFrom,
    validTo,
  }));
  if (kept.length > 0) await tx.insert(unitLiabilityEntity, kept);
}
