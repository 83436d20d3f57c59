import { txScope, type Tx } from '@steward/db';
import { workOrderArrived } from '@steward/events';
import { lockAuthorized, meetDeadline, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { arrive } from '../domain/field-work-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { ArriveOnSiteInput } from '../graphql/generated.ts';

export async function arriveOnSite(tx: Tx, input: ArriveOnSiteInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { now } = txScope(tx);
  const { backdatingHours } = await resolvePolicy(tx, workPolicy, order.communityId);
  const arrivedAt = fieldTime(input.occurredAt, { now, backdatingHours, notBefore: order.receivedAt });
  const note = { action: 'arriveOnSite', rule: 'A068' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, arrive(order, arrivedAt), note);
  const assigneeId = saved.assigneeId ?? '';
  publish(tx, saved, workOrderArrived, { workOrderId: saved.id, assigneeId, arrivedAt: arrivedAt.toISOString() });
  await meetDeadline(tx, saved, 'ON_SITE', arrivedAt);
  return { id: saved.id };
}
