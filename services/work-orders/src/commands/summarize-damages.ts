import type { Tx } from '@steward/db';

import { damageSummary } from '../db/statistics-queries.ts';
import type { WorkOrderDamage } from '../domain/review.ts';
import { noDamageReasons } from '../domain/work-order-policy.ts';

/** The damages of a community's month, for whoever asks and for the month's report alike (A244). */
export const summarizeDamages = (
  tx: Tx,
  month: { communityId: string; month: string; zone: string },
): Promise<WorkOrderDamage[]> => damageSummary(tx, month, noDamageReasons);
