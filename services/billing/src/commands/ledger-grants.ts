import type { AccessPolicy, Role } from '@steward/auth';

import { ledgerTransitions } from '../domain/ledger-transition-policy.ts';

/** Who may do what with the books, from the table of transitions; rows of the access table. */
export const ledgerGrants: AccessPolicy = Object.fromEntries(
  Object.entries(ledgerTransitions).map(([action, { roles }]) => [
    `Mutation.${action}`,
    [{ roles: roles as readonly Role[] as Role[], relation: 'community' as const }],
  ]),
);
