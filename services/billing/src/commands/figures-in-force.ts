import type { Tx } from '@steward/db';
import { resolvePolicy, type Policy } from '@steward/service-kit';

import { policies } from '../domain/policies.ts';

export type PolicyFigureInForce = {
  policy: string;
  key: string;
  value: unknown;
  defaultValue: unknown;
  unit: string;
  rule: string;
};

/** Every figure of the service as it holds in a community now. */
export async function figuresInForce(tx: Tx, communityId: string): Promise<PolicyFigureInForce[]> {
  const found: PolicyFigureInForce[] = [];
  for (const policy of policies as readonly Policy[]) {
    const values: Record<string, unknown> = await resolvePolicy(tx, policy, communityId);
    for (const [key, { value, unit, rule }] of Object.entries(policy.figures)) {
      found.push({ policy: policy.name, key, value: values[key], defaultValue: value, unit, rule });
    }
  }
  return found;
}
