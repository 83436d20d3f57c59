import type { Tx } from '@steward/db';
import { householdMembershipEnded } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { findHoldings, findMemberships, setMembershipEnd } from '../db/household-queries.ts';
import { membershipFact } from '../domain/household-facts.ts';
import { endRange, requireKnown } from '../domain/household-rules.ts';
import type { EndHouseholdMembershipInput } from '../graphql/generated.ts';

export async function endHouseholdMembership(tx: Tx, input: EndHouseholdMembershipInput): Promise<{ id: string }> {
  const household = await lockAuthorized(tx, householdAggregate, input);
  const current = requireKnown(await findMemberships(tx, household.id), input.membershipId, 'MEMBERSHIP_UNKNOWN');
  const ended = endRange(current, input.validTo);
  await setMembershipEnd(tx, ended);
  const note = { action: 'endHouseholdMembership', rule: 'B016' };
  const saved = await saveAggregate(tx, householdAggregate, household, household, note);
  publish(tx, saved, householdMembershipEnded, membershipFact(ended, await findHoldings(tx, household.id)));
  return { id: household.id };
}
