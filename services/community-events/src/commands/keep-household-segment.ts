import type { Tx } from '@steward/db';
import type { householdRegistered, householdSegmentChanged, StewardEvent } from '@steward/events';
import { keepHouseholds } from '@steward/service-kit';

import { keepSegments } from '../db/survey-queries.ts';

type HouseholdData = ReturnType<(typeof householdRegistered)['data']['parse']>;
type SegmentData = ReturnType<(typeof householdSegmentChanged)['data']['parse']>;

/** Reaction: keeps households with the segments that surveys go to. */
export async function keepOurHouseholds(tx: Tx, events: readonly StewardEvent<HouseholdData>[]): Promise<void> {
  await keepHouseholds(tx, events);
  await keepSegments(tx, events);
}

/** Reaction: keeps that a household moved to another segment. */
export async function keepHouseholdSegment(tx: Tx, event: StewardEvent<SegmentData>): Promise<void> {
  await keepSegments(tx, [event]);
}
