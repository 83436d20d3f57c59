import type { Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { householdFilePolicy } from '../domain/household-file-policy.ts';
import type { ResidentsPolicyFigure } from '../graphql/generated.ts';

/** Reading: every figure as it holds in the community now. */
export async function listResidentsPolicies(tx: Tx, communityId: string): Promise<ResidentsPolicyFigure[]> {
  const values: Record<string, unknown> = await resolvePolicy(tx, householdFilePolicy, communityId);
  return Object.entries(householdFilePolicy.figures).map(([key, { value: defaultValue, unit, rule }]) => ({
    policy: householdFilePolicy.name,
    key,
    value: values[key],
    defaultValue,
    unit,
    rule,
  }));
}
