import { txScope, type Tx } from '@steward/db';
import { workOrderWaterTested } from '@steward/events';
import {
  lockAuthorized,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
  startDeadlines,
  zoneOf,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellDesk } from '../db/notices.ts';
import { insertWaterTest } from '../db/work-order-queries.ts';
import { passWaterTest } from '../domain/after-work-rules.ts';
import { returnVisitClock } from '../domain/deadline-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import { afterWorkPolicy, workPolicy, type WorkValues } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { RecordWorkOrderWaterTestInput } from '../graphql/generated.ts';
import { sendBack } from './send-back.ts';

export async function recordWorkOrderWaterTest(tx: Tx, input: RecordWorkOrderWaterTestInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  requireAction(order, 'recordWorkOrderWaterTest');
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const { backdatingHours } = figures;
  const bounds = { now: txScope(tx).now, backdatingHours, notBefore: order.completedAt, rule: 'A071' };
  const testedAt = fieldTime(input.occurredAt, bounds);
  const fact = { workOrderId: order.id, testedAt: testedAt.toISOString(), isPassed: input.isPassed };
  const saved = input.isPassed
    ? await saveAggregate(tx, workOrderAggregate, order, passWaterTest(order, testedAt), {
        action: 'recordWorkOrderWaterTest',
        rule: 'A071',
      })
    : await sendBack(tx, order, { action: 'recordWorkOrderWaterTest', at: testedAt, reason: 'WATER_TEST_FAILED' });
  publish(tx, saved, workOrderWaterTested, fact);
  await insertWaterTest(tx, saved.id, { testedAt, isPassed: input.isPassed });
  if (input.isPassed) await startVisitClock(tx, saved, testedAt, figures);
  return { id: saved.id };
}

/** For a leak the return visit is counted from the test (A071). */
async function startVisitClock(tx: Tx, order: WorkOrder, testedAt: Date, figures: WorkValues): Promise<void> {
  const afterWork = await resolvePolicy(tx, afterWorkPolicy, order.communityId);
  await meetDeadline(tx, order, 'WATER_TEST', testedAt);
  const clock = returnVisitClock(order, testedAt, figures, afterWork);
  await startDeadlines(tx, workOrderAggregate, order, [clock], await zoneOf(tx, order.communityId));
  await tellDesk(tx, order, 'workOrderReturnVisitDue');
}
