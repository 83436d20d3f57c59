import type { AccessPolicy } from '@steward/auth';

import { activityTransitions } from '../domain/transition-policy.ts';

/** Who may do what to an activity, from the table of transitions; rows of the access table. */
export const activityGrants: AccessPolicy = Object.fromEntries(
  Object.entries(activityTransitions).map(([action, { roles }]) => [
    `Mutation.${action}`,
    [{ roles: [...roles], relation: 'community' as const }],
  ]),
);
