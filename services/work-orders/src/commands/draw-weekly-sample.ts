import { addDays, localDate, newId, startOfLocalDay, startOfWeek } from '@steward/core';
import type { Tx } from '@steward/db';
import { workOrderSampleCompleted, workOrderSampleDrawn } from '@steward/events';
import {
  insertAggregate,
  nextNumber,
  notify,
  publish,
  resolvePolicy,
  schedule,
  type DueTimer,
} from '@steward/service-kit';

import { workOrderSampleAggregate } from '../db/aggregates.ts';
import { startClocks } from '../db/clocks.ts';
import { communityReference } from '../db/community-queries.ts';
import { insertEntries, isDrawn } from '../db/sample-queries.ts';
import { completedBetween } from '../db/statistics-queries.ts';
import { sampleClock } from '../domain/deadline-rules.ts';
import { drawSample } from '../domain/review-rules.ts';
import type { WorkOrderSample } from '../domain/review.ts';
import { customerServiceDepartment, numberPrefixes, reviewPolicy, workPolicy } from '../domain/work-order-policy.ts';

export const weeklySampleTimer = 'weekly-sample';

/** When the week that an instant belongs to is over: Monday 00:00 in the community's zone. */
export const endOfWeek = (at: Date, zone: string): Date =>
  startOfLocalDay(addDays(startOfWeek(localDate(at, zone)), 7), zone);

/** Timer: draws the sample of the week that has just ended (A242) and sets itself for the next. */
export async function drawWeeklySample(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId, timeZone: zone } = community;
  const weekStartsOn = addDays(localDate(due.dueAt, zone), -7);
  await schedule(tx, { kind: weeklySampleTimer, communityId, dueAt: endOfWeek(due.dueAt, zone) });
  if (await isDrawn(tx, communityId, weekStartsOn)) return;
  const completed = await completedBetween(tx, communityId, startOfLocalDay(weekStartsOn, zone), due.dueAt);
  const review = await resolvePolicy(tx, reviewPolicy, communityId);
  const drawn = drawSample(completed, `${communityId}/${weekStartsOn}`, review);
  const number = await nextNumber(tx, communityId, numberPrefixes.sample, zone);
  // A week without a completed order has nobody to ask; the record says so.
  const status: WorkOrderSample['status'] = drawn.length === 0 ? 'COMPLETED' : 'OPEN';
  const fresh = { id: newId(), communityId, number, status, weekStartsOn, completedCount: completed.length };
  const sample = await insertAggregate(tx, workOrderSampleAggregate, fresh, {
    action: 'drawWeeklySample',
    rule: 'A242',
  });
  await insertEntries(tx, sample.id, drawn);
  const data = { sampleId: sample.id, weekStartsOn, completedCount: completed.length, workOrderIds: drawn };
  publish(tx, sample, workOrderSampleDrawn, data);
  if (drawn.length === 0) return publish(tx, sample, workOrderSampleCompleted, { sampleId: sample.id });
  const work = await resolvePolicy(tx, workPolicy, communityId);
  await startClocks(tx, workOrderSampleAggregate, sample, [sampleClock(review, work)], zone);
  const to = { role: 'clerk', departmentCode: customerServiceDepartment } as const;
  const params = { number, orders: drawn.length };
  await notify(tx, { communityId, to, template: 'workOrderSampleDrawn', params, aggregateId: sample.id });
}
