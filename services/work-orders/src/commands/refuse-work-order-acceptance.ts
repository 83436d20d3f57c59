import { txScope, type Tx } from '@steward/db';
import { lockAuthorized } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { insertRemark } from '../db/work-order-queries.ts';
import { requireReason } from '../domain/after-work-rules.ts';
import type { RefuseWorkOrderAcceptanceInput } from '../graphql/generated.ts';
import { sendBack } from './send-back.ts';

export async function refuseWorkOrderAcceptance(
  tx: Tx,
  input: RefuseWorkOrderAcceptanceInput,
): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  requireReason(input.reason, 'A073');
  const at = txScope(tx).now;
  const saved = await sendBack(tx, order, { action: 'refuseWorkOrderAcceptance', at, reason: 'NOT_ACCEPTED' });
  await insertRemark(tx, saved.id, 'refuseWorkOrderAcceptance', input.reason);
  return { id: saved.id };
}
