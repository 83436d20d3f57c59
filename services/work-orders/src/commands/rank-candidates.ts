import type { Tx } from '@steward/db';

import { findCandidates } from '../db/dispatch-queries.ts';
import { rankCandidates as rank, type Candidate } from '../domain/dispatch-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import { dispatchRoles } from '../domain/work-order-policy.ts';

/** Who could carry out an order, best first: what `dispatchWorkOrder` chooses from. */
export const rankCandidates = async (tx: Tx, order: WorkOrder): Promise<Candidate[]> =>
  rank(await findCandidates(tx, order, dispatchRoles.value));
