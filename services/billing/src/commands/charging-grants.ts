import type { AccessPolicy } from '@steward/auth';

import {
  apportionmentTransitions,
  chargeRunTransitions,
  openingTransitions,
  tariffTransitions,
  type ChargesTransition,
} from '../domain/charges-transition-policy.ts';

const transitions: Readonly<Record<string, ChargesTransition>> = {
  ...tariffTransitions,
  ...apportionmentTransitions,
  ...chargeRunTransitions,
  ...openingTransitions,
};

/** Who may take each step, from the tables of transitions; rows of the access table. */
export const chargingGrants: AccessPolicy = Object.fromEntries(
  Object.entries(transitions).map(([action, { roles }]) => [
    `Mutation.${action}`,
    [{ roles: [...roles], relation: 'community' as const }],
  ]),
);
