import type { Tx } from '@steward/db';
import { resolvePolicy, type Policy } from '@steward/service-kit';

import { hrPolicyTables } from '../domain/hr-policy-tables.ts';
import type { HrPolicyFigure } from '../graphql/generated.ts';

/** Reading: every figure as it holds in the community now. */
export async function listHrPolicies(tx: Tx, communityId: string): Promise<HrPolicyFigure[]> {
  const found: HrPolicyFigure[] = [];
  for (const policy of hrPolicyTables as readonly Policy[]) {
    const values: Record<string, unknown> = await resolvePolicy(tx, policy, communityId);
    for (const [key, { value: defaultValue, unit, rule }] of Object.entries(policy.figures)) {
      found.push({ policy: policy.name, key, value: values[key], defaultValue, unit, rule });
    }
  }
  return found;
}
