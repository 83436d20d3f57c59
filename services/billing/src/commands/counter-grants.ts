import type { AccessPolicy } from '@steward/auth';
import { grantable } from '@steward/service-kit';

import { counterActs } from '../domain/counter-policy.ts';
import { counterTransitions, type CounterTransition } from '../domain/counter-transition-policy.ts';

/** Who may do what at the counter, from the table of transitions; rows of the access table. */
export const counterGrants: AccessPolicy = Object.fromEntries(
  Object.entries<CounterTransition>(counterTransitions).map(([action, { roles }]) => [
    `Mutation.${action}`,
    [{ roles: [...roles], relation: 'community' as const }],
  ]),
);

/** The rows of what the authority matrix may give to others as well. */
export const grantableCounter: AccessPolicy = grantable(counterGrants, Object.keys(counterActs));
