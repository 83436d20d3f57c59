import type { Tx } from '@steward/db';

import { resolvePolicy, type Policy } from './policy.ts';

/** A figure as it holds in a community, with the one of the standard and the rule it is from. */
export type PolicyFigureInForce = {
  policy: string;
  key: string;
  value: unknown;
  defaultValue: unknown;
  unit: string;
  rule: string;
};

/** Every figure of these policies as it holds in the community now. */
export async function figuresInForce(
  tx: Tx,
  policies: readonly Policy[],
  communityId: string,
): Promise<PolicyFigureInForce[]> {
  const found: PolicyFigureInForce[] = [];
  for (const policy of policies) {
    const values: Record<string, unknown> = await resolvePolicy(tx, policy, communityId);
    for (const [key, { value: defaultValue, unit, rule }] of Object.entries(policy.figures)) {
      found.push({ policy: policy.name, key, value: values[key], defaultValue, unit, rule });
    }
  }
  return found;
}
