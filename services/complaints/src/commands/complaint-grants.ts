import type { AccessPolicy, Grant } from '@steward/auth';

import { complaintTransitions, type Transition } from '../domain/transition-policy.ts';

const grantsOf = ({ roles, own }: Transition): Grant[] => [
  { roles, relation: 'community' },
  ...(own.length === 0 ? [] : [{ roles: own, relation: 'own' } as const]),
];

/** Who may do what to a complaint, from the table of transitions; rows of the access table. */
export const complaintGrants: AccessPolicy = Object.fromEntries(
  Object.entries(complaintTransitions).map(([action, transition]) => [`Mutation.${action}`, grantsOf(transition)]),
);
