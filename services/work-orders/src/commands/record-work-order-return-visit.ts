import { txScope, type Tx } from '@steward/db';
import { workOrderClosed, workOrderReturnVisited } from '@steward/events';
import {
  lockAuthorized,
  meetDeadline,
  publish,
  recordReturnVisit,
  resolvePolicy,
  saveAggregate,
  sealOptional,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { lastVisitAttempt } from '../db/work-order-queries.ts';
import { requireVisit, visit, type Visit } from '../domain/after-work-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { closedFact, returnVisitedFact } from '../domain/work-order-facts.ts';
import { afterWorkPolicy, workPolicy, type AfterWorkValues } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { RecordWorkOrderReturnVisitInput } from '../graphql/generated.ts';
import { sendBack } from './send-back.ts';

export async function recordWorkOrderReturnVisit(
  tx: Tx,
  input: RecordWorkOrderReturnVisitInput,
): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { backdatingHours } = await resolvePolicy(tx, workPolicy, order.communityId);
  const afterWork = await resolvePolicy(tx, afterWorkPolicy, order.communityId);
  const round = order.reworkCount + 1;
  const notBefore = order.waterTestedAt ?? order.completedAt;
  const at = fieldTime(input.occurredAt, { now: txScope(tx).now, backdatingHours, notBefore, rule: 'A069' });
  const made: Visit = { outcome: input.outcome, rating: input.rating, opinion: input.opinion, at };
  requireVisit(order, made, { lastAttemptAt: await lastVisitAttempt(tx, order.id, round), afterWork });
  const saved = made.outcome === 'UNSATISFIED' ? await again(tx, order, made) : await done(tx, order, made, afterWork);
  publish(tx, saved, workOrderReturnVisited, returnVisitedFact(saved, made));
  if (saved.closedAt !== null) publish(tx, saved, workOrderClosed, closedFact(saved, saved.closedAt));
  const opinion = sealOptional(tx, input.opinion);
  const { outcome } = made;
  await recordReturnVisit(tx, workOrderAggregate, saved, {
    round,
    outcome,
    means: input.means,
    visitedAt: at,
    opinion,
  });
  return { id: saved.id };
}

/** Not satisfied: the visit is done, and so is the work, once more (A073). */
const again = (tx: Tx, order: WorkOrder, made: Visit): Promise<WorkOrder> =>
  sendBack(tx, order, {
    action: 'recordWorkOrderReturnVisit',
    at: made.at,
    reason: made.outcome,
    changes: { opinionRating: made.rating ?? null, opinionSealed: sealOptional(tx, made.opinion) },
  });

async function done(tx: Tx, order: WorkOrder, made: Visit, afterWork: AfterWorkValues): Promise<WorkOrder> {
  const note = { action: 'recordWorkOrderReturnVisit', reasonCode: made.outcome, rule: 'A069' };
  const opinionSealed = sealOptional(tx, made.opinion) ?? order.opinionSealed;
  const after = { ...visit(order, made, afterWork), opinionSealed };
  const saved = await saveAggregate(tx, workOrderAggregate, order, after, note);
  if (saved.returnVisitOutcome !== null) await meetDeadline(tx, saved, 'RETURN_VISIT', made.at);
  return saved;
}
