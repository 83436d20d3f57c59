import type { Tx } from '@steward/db';
import { figuresInForce, type PolicyFigureInForce } from '@steward/service-kit';

import { policies } from '../domain/policies.ts';

/** Reading: every figure as it holds in the community now. */
export const listPolicies = (tx: Tx, communityId: string): Promise<PolicyFigureInForce[]> =>
  figuresInForce(tx, policies, communityId);
