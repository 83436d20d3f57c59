import type { Tx } from '@steward/db';
import { resolvePolicy, type Policy } from '@steward/service-kit';

import { policies } from '../domain/policies.ts';
import type { ResidentsPolicyFigure } from '../graphql/generated.ts';

/** Reading: every figure as it holds in the community now. */
export async function listResidentsPolicies(tx: Tx, communityId: string): Promise<ResidentsPolicyFigure[]> {
  const found: ResidentsPolicyFigure[] = [];
  for (const policy of policies as readonly Policy[]) {
    const values: Record<string, unknown> = await resolvePolicy(tx, policy, communityId);
    for (const [key, { value: defaultValue, unit, rule }] of Object.entries(policy.figures)) {
      found.push({ policy: policy.name, key, value: values[key], defaultValue, unit, rule });
    }
  }
  return found;
}
