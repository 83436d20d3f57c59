import { txScope, type Tx } from '@steward/db';
import { complaintPolicy } from '@steward/events';
import { authorize, managedCommunity, setPolicyFigure } from '@steward/service-kit';

import { policies } from '../domain/complaint-policy.ts';
import type { SetComplaintPolicyInput } from '../graphql/generated.ts';

export async function setComplaintPolicy(tx: Tx, input: SetComplaintPolicyInput): Promise<{ communityId: string }> {
  await authorize(tx, { communityId: input.communityId });
  await managedCommunity(tx, input.communityId);
  await setPolicyFigure(tx, policies, complaintPolicy.changed, input, txScope(tx).now);
  return { communityId: input.communityId };
}
