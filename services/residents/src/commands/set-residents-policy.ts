import { txScope, type Tx } from '@steward/db';
import { residentsPolicy } from '@steward/events';
import { setPolicyFigure } from '@steward/service-kit';

import { policies } from '../domain/policies.ts';
import type { SetResidentsPolicyInput } from '../graphql/generated.ts';

export async function setResidentsPolicy(tx: Tx, input: SetResidentsPolicyInput): Promise<{ communityId: string }> {
  await setPolicyFigure(tx, policies, residentsPolicy.changed, input, txScope(tx).now);
  return { communityId: input.communityId };
}
