import { txScope, type Tx } from '@steward/db';
import { hrPolicy } from '@steward/events';
import { setPolicyFigure } from '@steward/service-kit';

import { dutyPolicy } from '../domain/staff-policy.ts';
import type { SetHrPolicyInput } from '../graphql/generated.ts';

export async function setHrPolicy(tx: Tx, input: SetHrPolicyInput): Promise<{ communityId: string }> {
  await setPolicyFigure(tx, [dutyPolicy], hrPolicy.changed, input, txScope(tx).now);
  return { communityId: input.communityId };
}
