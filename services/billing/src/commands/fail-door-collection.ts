import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { doorCollectionFailed } from '@steward/events';
import { cancelDeadlines, saveAndTell } from '@steward/service-kit';

import { doorCollectionAggregate } from '../db/counter-aggregates.ts';
import { updateReceipt } from '../db/receipt-queries.ts';
import { statusAfter } from '../domain/counter-transition-rules.ts';
import { doorFailures } from '../domain/door-collection-rules.ts';
import type { FailDoorCollectionInput } from '../graphql/generated.ts';
import { lockForAction } from './lock-counter.ts';

/** Nothing was collected: the receipt comes back and is kept as void, its number is not used again (A077, A076). */
export async function failDoorCollection(tx: Tx, input: FailDoorCollectionInput): Promise<{ id: string }> {
  const agreed = await lockForAction(tx, doorCollectionAggregate, 'failDoorCollection', input);
  const { reasonCode } = input;
  if (!doorFailures.includes(reasonCode))
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', {
      path: 'input.reasonCode',
      params: { code: reasonCode },
    });
  await updateReceipt(tx, agreed.receiptId, { status: 'VOID', voidedAt: txScope(tx).now, voidReason: reasonCode });
  const after = { ...agreed, status: statusAfter('failDoorCollection') as 'FAILED', failReason: reasonCode };
  const note = { action: 'failDoorCollection', reasonCode, rule: 'A077' };
  const fact = { doorCollectionId: agreed.id, reasonCode };
  const saved = await saveAndTell(tx, doorCollectionAggregate, { before: agreed, after, note }, [
    doorCollectionFailed,
    () => fact,
  ]);
  await cancelDeadlines(tx, saved);
  return { id: saved.id };
}
