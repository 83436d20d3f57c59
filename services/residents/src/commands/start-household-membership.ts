import { isId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { householdMembershipStarted } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findHoldings, findMemberships, insertMemberships } from '../db/household-queries.ts';
import { findOrganisations, findPersons, visibleIds } from '../db/party-queries.ts';
import { membershipFact } from '../domain/household-facts.ts';
import { partyViolations } from '../domain/household-import-rules.ts';
import { membershipViolations } from '../domain/household-rules.ts';
import type { StartHouseholdMembershipInput } from '../graphql/generated.ts';

const ids = (id: string | null | undefined): string[] => (id != null && isId(id) ? [id] : []);

export async function startHouseholdMembership(tx: Tx, input: StartHouseholdMembershipInput): Promise<{ id: string }> {
  const { personId = null, organisationId = null, role, validFrom, validTo = null } = input;
  const household = await lockAuthorized(tx, householdAggregate, input);
  const visiblePersonIds = visibleIds(await findPersons(tx, ids(personId)));
  const visibleOrganisationIds = visibleIds(await findOrganisations(tx, ids(organisationId)));
  refuseAll(partyViolations(input, { visiblePersonIds, visibleOrganisationIds }, 'input'));
  const holdings = await findHoldings(tx, household.id);
  const terms = { personId, organisationId, role, validFrom, validTo };
  const own = await findMemberships(tx, household.id);
  refuseAll(membershipViolations(terms, { holdings, own }, 'input'));
  const [membership] = await insertMemberships(tx, [{ ...terms, householdId: household.id }]);
  const note = { action: 'startHouseholdMembership', rule: 'B016' };
  const saved = await saveAggregate(tx, householdAggregate, household, household, note);
  if (membership !== undefined) publish(tx, saved, householdMembershipStarted, membershipFact(membership, holdings));
  return { id: household.id };
}
