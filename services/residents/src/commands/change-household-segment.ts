import type { Tx } from '@steward/db';
import { householdSegmentChanged } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { householdAggregate } from '../db/aggregates.ts';
import { requireChange } from '../domain/household-rules.ts';
import type { ChangeHouseholdSegmentInput } from '../graphql/generated.ts';
import { rescheduleVisits } from './schedule-key-account-visits.ts';

export async function changeHouseholdSegment(tx: Tx, input: ChangeHouseholdSegmentInput): Promise<{ id: string }> {
  const { segment } = input;
  const household = await lockAuthorized(tx, householdAggregate, input);
  requireChange(household.segment, segment);
  const note = { action: 'changeHouseholdSegment', rule: 'A204' };
  const saved = await saveAggregate(tx, householdAggregate, household, { ...household, segment }, note);
  publish(tx, saved, householdSegmentChanged, { householdId: household.id, segment });
  await rescheduleVisits(tx, saved);
  return { id: household.id };
}
