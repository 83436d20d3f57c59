import { localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';

import { findCandidates } from '../db/dispatch-queries.ts';
import { zoneOf } from '../db/reference-queries.ts';
import { rankCandidates as rank, type Candidate } from '../domain/dispatch-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** Who could carry out an order, best first: what `dispatchWorkOrder` chooses from. */
export async function rankCandidates(tx: Tx, order: WorkOrder): Promise<Candidate[]> {
  const day = localDate(txScope(tx).now, await zoneOf(tx, order.communityId));
  return rank(await findCandidates(tx, order, day));
}
