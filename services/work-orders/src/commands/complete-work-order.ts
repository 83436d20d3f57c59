import { txScope, type Tx } from '@steward/db';
import { workOrderCompleted } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  lockAuthorized,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
  sealOptional,
  startDeadlines,
  zoneOf,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellDesk, tellHousehold } from '../db/notices.ts';
import { insertPhotos } from '../db/work-order-queries.ts';
import { acceptanceClock, returnVisitClock, waterTestClock } from '../domain/deadline-rules.ts';
import { complete } from '../domain/field-work-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { completedFact } from '../domain/work-order-facts.ts';
import { afterWorkPolicy, workPolicy, type WorkValues } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { CompleteWorkOrderInput } from '../graphql/generated.ts';

export async function completeWorkOrder(tx: Tx, input: CompleteWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const fileIds = [...new Set(input.photoFileIds)];
  const { backdatingHours } = figures;
  const completed = complete(order, fileIds.length);
  const completedAt = fieldTime(input.occurredAt, {
    now: txScope(tx).now,
    backdatingHours,
    notBefore: order.arrivedAt,
  });
  const photos = await requireUploaded(tx, fileIds, 'photo', 'input.photoFileIds');
  const completionNoteSealed = sealOptional(tx, input.note);
  const note = { action: 'completeWorkOrder', rule: 'A109' };
  const after = { ...completed, completedAt, completionNoteSealed };
  const saved = await saveAggregate(tx, workOrderAggregate, order, after, note);
  publish(tx, saved, workOrderCompleted, completedFact(saved, completedAt));
  await insertPhotos(
    tx,
    saved.id,
    'AFTER',
    photos.map(({ id }) => id),
  );
  await meetDeadline(tx, saved, 'COMPLETION', completedAt);
  await startNextClocks(tx, saved, completedAt, figures);
  return { id: saved.id };
}

/** What follows the work: its acceptance (A110), and the water test of a leak, else the return visit (A070-A072). */
async function startNextClocks(tx: Tx, order: WorkOrder, completedAt: Date, figures: WorkValues): Promise<void> {
  const afterWork = await resolvePolicy(tx, afterWorkPolicy, order.communityId);
  const isLeak = order.returnVisitKind === 'LEAK';
  const clock = isLeak ? waterTestClock : returnVisitClock;
  const zone = await zoneOf(tx, order.communityId);
  const clocks = [clock(order, completedAt, figures, afterWork), acceptanceClock(completedAt, figures, afterWork)];
  await startDeadlines(tx, workOrderAggregate, order, clocks, zone);
  await tellDesk(tx, order, isLeak ? 'workOrderWaterTestDue' : 'workOrderReturnVisitDue');
  await tellHousehold(tx, order, 'workOrderCompleted');
}
