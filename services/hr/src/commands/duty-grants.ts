import type { AccessPolicy, Grant } from '@steward/auth';

import { dutyTransitions } from '../domain/duty-transition-rules.ts';
import type { DutyTransition } from '../domain/duty-transition.ts';

const grantsOf = ({ roles, own }: DutyTransition): Grant[] => [
  ...(roles.length === 0 ? [] : [{ roles, relation: 'community' } as const]),
  ...(own.length === 0 ? [] : [{ roles: own, relation: 'own' } as const]),
];

/** Who may do what with rosters, attendance and pay, from the tables of transitions; rows of the access table. */
export const dutyGrants: AccessPolicy = Object.fromEntries(
  Object.entries<DutyTransition>(dutyTransitions).map(([action, row]) => [`Mutation.${action}`, grantsOf(row)]),
);
