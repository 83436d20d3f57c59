import { txScope, type Tx } from '@steward/db';
import { communityEventsPolicy } from '@steward/events';
import { authorize, managedCommunity, setPolicyFigure } from '@steward/service-kit';

import { policies } from '../domain/policies.ts';
import type { SetCommunityEventsPolicyInput } from '../graphql/generated.ts';

export async function setCommunityEventsPolicy(
  tx: Tx,
  input: SetCommunityEventsPolicyInput,
): Promise<{ communityId: string }> {
  await authorize(tx, { communityId: input.communityId });
  await managedCommunity(tx, input.communityId);
  await setPolicyFigure(tx, policies, communityEventsPolicy.changed, input, txScope(tx).now);
  return { communityId: input.communityId };
}
