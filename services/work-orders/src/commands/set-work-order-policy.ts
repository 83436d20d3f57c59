import { txScope, type Tx } from '@steward/db';
import { workOrderPolicy } from '@steward/events';
import { authorize, setPolicyFigure } from '@steward/service-kit';

import { communityOf } from '../db/reference-queries.ts';
import { policies } from '../domain/policies.ts';
import type { SetWorkOrderPolicyInput } from '../graphql/generated.ts';

export async function setWorkOrderPolicy(tx: Tx, input: SetWorkOrderPolicyInput): Promise<{ communityId: string }> {
  await authorize(tx, { communityId: input.communityId });
  await communityOf(tx, input.communityId);
  await setPolicyFigure(tx, policies, workOrderPolicy.changed, input, txScope(tx).now);
  return { communityId: input.communityId };
}
