import type { AccessPolicy, Grant } from '@steward/auth';

import { workOrderTransitions, type Transition } from '../domain/transition-policy.ts';

const grantsOf = ({ roles, own }: Transition): Grant[] => [
  { roles, relation: 'community' },
  ...(own.length === 0 ? [] : [{ roles: own, relation: 'own' } as const]),
];

/** Who may do what to an order, from the table of transitions; rows of the access table. */
export const workOrderGrants: AccessPolicy = Object.fromEntries(
  Object.entries(workOrderTransitions).map(([action, transition]) => [`Mutation.${action}`, grantsOf(transition)]),
);
