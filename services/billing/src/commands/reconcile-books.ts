import type { Tx } from '@steward/db';
import { authorize, managedCommunity } from '@steward/service-kit';

import { requireMost } from '../domain/period-rules.ts';
import type { ReconcileBooksInput } from '../graphql/generated.ts';
import { recordReconciliation } from './compare-books.ts';

export async function reconcileBooks(tx: Tx, input: ReconcileBooksInput): Promise<{ id: string }> {
  const { communityId } = input;
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  const { id } = await recordReconciliation(tx, communityId, requireMost(input.most, 'input.most'));
  return { id };
}
