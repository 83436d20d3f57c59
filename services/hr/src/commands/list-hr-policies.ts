import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { dutyPolicy } from '../domain/staff-policy.ts';
import type { HrPolicyFigure } from '../graphql/generated.ts';

/** Reading: every figure as it holds in the community now. */
export async function listHrPolicies(tx: Tx, communityId: string): Promise<HrPolicyFigure[]> {
  const values: Record<string, unknown> = await resolvePolicy(tx, dutyPolicy, communityId);
  return Object.entries(dutyPolicy.figures).map(([key, { value: defaultValue, unit, rule }]) => ({
    policy: dutyPolicy.name,
    key,
    value: values[key],
    defaultValue,
    unit,
    rule,
  }));
}
