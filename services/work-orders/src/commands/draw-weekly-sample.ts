import { addDays, localDate, newId, startOfLocalDay, startOfWeek } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderSampleCompleted, workOrderSampleDrawn } from '@steward/events';
import {
  communityOfTimer,
  insertAggregate,
  nextNumber,
  notify,
  publish,
  resolvePolicy,
  schedule,
  startDeadlines,
  type DueTimer,
} from '@steward/service-kit';

import { workOrderSampleAggregate } from '../db/aggregates.ts';
import { insertEntries, isDrawn } from '../db/sample-queries.ts';
import { completedBetween } from '../db/statistics-queries.ts';
import { sampleClock } from '../domain/deadline-rules.ts';
import { drawSample } from '../domain/review-rules.ts';
import type { CommunityReference } from '../domain/references.ts';
import type { WorkOrderSample } from '../domain/review.ts';
import { addHours } from '../domain/time-rules.ts';
import { customerServiceDepartment, numberPrefixes, reviewPolicy, workPolicy } from '../domain/work-order-policy.ts';

export const weeklySampleTimer = 'weekly-sample';

type Week = { weekStartsOn: string };
type Place = Pick<CommunityReference, 'id' | 'timeZone'>;

const endOfWeek = ({ weekStartsOn }: Week, zone: string): Date => startOfLocalDay(addDays(weekStartsOn, 7), zone);

/** The week that an instant belongs to, by the community's calendar. */
export const weekOf = (at: Date, zone: string): Week => ({ weekStartsOn: startOfWeek(localDate(at, zone)) });

/** The timer of a week's sample, at the time from which nothing more can be recorded for that week. */
export async function sampleTimer(tx: Tx, { id: communityId, timeZone }: Place, week: Week) {
  const { backdatingHours } = await resolvePolicy(tx, workPolicy, communityId);
  const dueAt = addHours(endOfWeek(week, timeZone), backdatingHours);
  return { kind: weeklySampleTimer, communityId, dueAt, payload: week };
}

/** Timer: draws the sample of a week that is over (A242) and sets itself for the next. */
export async function drawWeeklySample(tx: Tx, due: DueTimer<Partial<Week>>): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone: zone } = community;
  // A timer without a week comes from before weeks were named, and was due at the end of its own.
  const { weekStartsOn = addDays(localDate(due.dueAt, zone), -7) } = due.payload;
  const timer = await sampleTimer(tx, community, { weekStartsOn });
  // The figure may have grown since the timer was set.
  if (timer.dueAt > txScope(tx).now) return void (await schedule(tx, timer));
  const endsAt = endOfWeek({ weekStartsOn }, zone);
  await schedule(tx, await sampleTimer(tx, community, weekOf(endsAt, zone)));
  if (await isDrawn(tx, communityId, weekStartsOn)) return;
  const completed = await completedBetween(tx, communityId, startOfLocalDay(weekStartsOn, zone), endsAt);
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
  await startDeadlines(tx, workOrderSampleAggregate, sample, [sampleClock(review, work)], zone);
  const to = { role: 'clerk', departmentCode: customerServiceDepartment } as const;
  const params = { number, orders: drawn.length };
  await notify(tx, { communityId, to, template: 'workOrderSampleDrawn', params, aggregateId: sample.id });
}
