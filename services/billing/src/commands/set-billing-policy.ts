import { txScope, type Tx } from '@steward/db';
import { billingPolicy } from '@steward/events';
import { authorize, managedCommunity, setPolicyFigure } from '@steward/service-kit';

import { policies } from '../domain/policies.ts';
import type { SetBillingPolicyInput } from '../graphql/generated.ts';

export async function setBillingPolicy(tx: Tx, input: SetBillingPolicyInput): Promise<{ communityId: string }> {
  await authorize(tx, { communityId: input.communityId });
  await managedCommunity(tx, input.communityId);
  await setPolicyFigure(tx, policies, billingPolicy.changed, input, txScope(tx).now);
  return { communityId: input.communityId };
}
