import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { arrearsStatistics, collectionStatistics } from '../db/collection-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import type { ArrearsStatistics, CollectionStatistics } from '../domain/collection-report.ts';
import { collectionPolicy } from '../domain/ledger-policy.ts';

type Days = { communityId: string; startsOn: string; endsOn: string };

/** The figures of a range of days by the ages of the community's policy. */
export async function statisticsIn(tx: Tx, days: Days): Promise<CollectionStatistics> {
  if (days.endsOn <= days.startsOn) throw new DomainError('BAD_USER_INPUT', 'PERIOD_ENDS_BEFORE', { path: 'to' });
  return collectionStatistics(tx, days, await resolvePolicy(tx, collectionPolicy, days.communityId));
}

/** What is overdue at the start of a day, or today. */
export async function arrearsOn(tx: Tx, communityId: string, onDay: string | null): Promise<ArrearsStatistics> {
  const day = onDay ?? (await todayIn(tx, communityId));
  return arrearsStatistics(tx, communityId, day, await resolvePolicy(tx, collectionPolicy, communityId));
}
