import { unitsHeldOn } from './household-rules.ts';
import type { HoldingTerms, Household, HouseholdHolding, HouseholdMembership } from './household.ts';

/** What events say about households. */
export const householdFact = ({ id, communityId, number, segment, isKeyAccount }: Household) => ({
  householdId: id,
  communityId,
  number,
  segment,
  isKeyAccount,
});

export const holdingFact = (holding: HouseholdHolding) => ({
  householdId: holding.householdId,
  holdingId: holding.id,
  unitId: holding.unitId,
  tenure: holding.tenure,
  validFrom: holding.validFrom,
  validTo: holding.validTo,
});

export const membershipFact = (membership: HouseholdMembership, holdings: readonly HoldingTerms[]) => ({
  householdId: membership.householdId,
  membershipId: membership.id,
  unitIds: unitsHeldOn(holdings, membership.validFrom),
  personId: membership.personId,
  organisationId: membership.organisationId,
  role: membership.role,
  validFrom: membership.validFrom,
  validTo: membership.validTo,
});
