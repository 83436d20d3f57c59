import { newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderRegistered } from '@steward/events';
import { insertAggregates, nextNumbers, publish, startDeadlines } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { completionDueAt, intakeClocks, onSiteDueAt } from '../domain/deadline-rules.ts';
import { newWorkOrder, type Request } from '../domain/new-work-order.ts';
import type { CommunityReference } from '../domain/references.ts';
import { registeredFact } from '../domain/work-order-facts.ts';
import { numberPrefixes, type WorkValues } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';

type Intake = { action: string; community: CommunityReference; figures: WorkValues };

/** Enters requests that were judged before, whoever brings them: numbers, facts and clocks are the same for all. */
export async function enterWorkOrders(tx: Tx, intake: Intake, requests: readonly Request[]): Promise<WorkOrder[]> {
  const { community, figures } = intake;
  const { now } = txScope(tx);
  const numbering = { communityId: community.id, prefix: numberPrefixes.order, zone: community.timeZone };
  const numbers = requests.length === 0 ? [] : await nextNumbers(tx, { ...numbering, count: requests.length });
  const orders = requests.map((request, index) => {
    const order = newWorkOrder(request, { id: newId(), number: numbers[index] ?? '', community, dueAt: null });
    const dueAt = order.priority === 'EMERGENCY' ? completionDueAt(onSiteDueAt(order, now, figures), figures) : null;
    return { ...order, dueAt };
  });
  const saved = await insertAggregates(tx, workOrderAggregate, orders, { action: intake.action, rule: 'A066' });
  for (const order of saved) {
    publish(tx, order, workOrderRegistered, registeredFact(order));
    await startDeadlines(tx, workOrderAggregate, order, intakeClocks(order, now, figures), community.timeZone);
  }
  return saved;
}
