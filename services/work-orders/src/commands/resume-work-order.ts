import { txScope, type Tx } from '@steward/db';
import { workOrderResumed } from '@steward/events';
import { cancelScheduled, lockAuthorized, publish, resumeDeadlines, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee } from '../db/notices.ts';
import { resume } from '../domain/field-work-rules.ts';
import { pauseEndTimer } from '../domain/work-order-policy.ts';
import type { ResumeWorkOrderInput } from '../graphql/generated.ts';

export async function resumeWorkOrder(tx: Tx, input: ResumeWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const resumed = resume(order, txScope(tx).now);
  const saved = await saveAggregate(tx, workOrderAggregate, order, resumed, {
    action: 'resumeWorkOrder',
    rule: 'B015',
  });
  publish(tx, saved, workOrderResumed, { workOrderId: saved.id, dueAt: saved.dueAt?.toISOString() ?? null });
  await cancelScheduled(tx, saved.id, pauseEndTimer);
  await resumeDeadlines(tx, saved);
  await tellAssignee(tx, saved, 'workOrderResumed');
  return { id: saved.id };
}
