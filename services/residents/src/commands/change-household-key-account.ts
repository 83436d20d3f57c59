import type { Tx } from '@steward/db';
import { householdKeyAccountChanged } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { requireChange } from '../domain/household-rules.ts';
import type { ChangeHouseholdKeyAccountInput } from '../graphql/generated.ts';
import { rescheduleVisits } from './schedule-key-account-visits.ts';

export async function changeHouseholdKeyAccount(
  tx: Tx,
  input: ChangeHouseholdKeyAccountInput,
): Promise<{ id: string }> {
  const { isKeyAccount } = input;
  const household = await lockAuthorized(tx, householdAggregate, input);
  requireChange(household.isKeyAccount, isKeyAccount);
  const note = { action: 'changeHouseholdKeyAccount', rule: 'A204' };
  const saved = await saveAggregate(tx, householdAggregate, household, { ...household, isKeyAccount }, note);
  publish(tx, saved, householdKeyAccountChanged, { householdId: household.id, isKeyAccount });
  await rescheduleVisits(tx, saved);
  return { id: household.id };
}
