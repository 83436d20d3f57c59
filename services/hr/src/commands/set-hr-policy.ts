import { txScope, type Tx } from '@steward/db';
import { hrPolicy } from '@steward/events';
import { setPolicyFigure } from '@steward/service-kit';

import { hrPolicyTables } from '../domain/hr-policy-tables.ts';
import type { SetHrPolicyInput } from '../graphql/generated.ts';

export async function setHrPolicy(tx: Tx, input: SetHrPolicyInput): Promise<{ communityId: string }> {
  await setPolicyFigure(tx, hrPolicyTables, hrPolicy.changed, input, txScope(tx).now);
  return { communityId: input.communityId };
}
