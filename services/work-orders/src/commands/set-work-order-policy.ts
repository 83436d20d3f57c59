import { txScope, type Tx } from '@steward/db';
import { workOrderPolicy } from '@steward/events';
import { authorize, managedCommunity, setPolicyFigure } from '@steward/service-kit';

import { policies } from '../domain/policies.ts';
import type { SetWorkOrderPolicyInput } from '../graphql/generated.ts';

export async function setWorkOrderPolicy(tx: Tx, input: SetWorkOrderPolicyInput): Promise<{ communityId: string }> {
  await authorize(tx, { communityId: input.communityId });
  await managedCommunity(tx, input.communityId);
  await setPolicyFigure(tx, policies, workOrderPolicy.changed, input, txScope(tx).now);
  return { communityId: input.communityId };
}
