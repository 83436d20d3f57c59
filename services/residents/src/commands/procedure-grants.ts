import type { AccessPolicy, Grant, Role } from '@steward/auth';

import type { Transition } from '../domain/procedure.ts';

const grantsOf = ({ roles, own }: Transition): Grant[] => [
  { roles: roles as readonly Role[], relation: 'community' },
  ...(own.length === 0 ? [] : [{ roles: own as readonly Role[], relation: 'own' } as const]),
];

/** `openMoveIn` -> `OpenMoveInPayload`. */
const payloadOf = (action: string): string => `${action.charAt(0).toUpperCase()}${action.slice(1)}Payload`;

/** Who may do what in a procedure, from its table of transitions; rows of the access table, payloads included. */
export const procedureGrants = (table: Record<string, Transition>): AccessPolicy =>
  Object.fromEntries(
    Object.entries(table).flatMap(([action, transition]) => [
      [`Mutation.${action}`, grantsOf(transition)],
      [payloadOf(action), 'inherit' as const],
    ]),
  );
