import type { Tx } from '@steward/db';
import type { householdRegistered, householdSegmentChanged, StewardEvent } from '@steward/events';
import { keepHousehold } from '@steward/service-kit';

import { keepSegment } from '../db/survey-queries.ts';

type HouseholdData = ReturnType<(typeof householdRegistered)['data']['parse']>;
type SegmentData = ReturnType<(typeof householdSegmentChanged)['data']['parse']>;

/** Reaction: keeps a household with the segment that surveys go to. */
export async function keepOurHousehold(tx: Tx, event: StewardEvent<HouseholdData>): Promise<void> {
  await keepHousehold(tx, event);
  await keepSegment(tx, event.data.householdId, event.tenantid, event.data.segment);
}

/** Reaction: keeps that a household moved to another segment. */
export async function keepHouseholdSegment(tx: Tx, event: StewardEvent<SegmentData>): Promise<void> {
  await keepSegment(tx, event.data.householdId, event.tenantid, event.data.segment);
}
