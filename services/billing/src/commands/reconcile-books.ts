import type { Tx } from '@steward/db';
import { authorize, managedCommunity } from '@steward/service-kit';

import type { ReconcileBooksInput } from '../graphql/generated.ts';
import { recordReconciliation } from './compare-books.ts';

export async function reconcileBooks(tx: Tx, { communityId }: ReconcileBooksInput): Promise<{ id: string }> {
  await authorize(tx, { communityId });
  await managedCommunity(tx, communityId);
  const { id } = await recordReconciliation(tx, communityId);
  return { id };
}
