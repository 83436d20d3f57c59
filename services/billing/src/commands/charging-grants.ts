import type { AccessPolicy } from '@steward/auth';
import { grantable } from '@steward/service-kit';

import {
  apportionmentTransitions,
  chargeRequestTransitions,
  chargeRunTransitions,
  openingTransitions,
  tariffTransitions,
  waiverTransitions,
  type ChargesTransition,
} from '../domain/charges-transition-policy.ts';

const transitions: Readonly<Record<string, ChargesTransition>> = {
  ...tariffTransitions,
  ...apportionmentTransitions,
  ...chargeRunTransitions,
  ...openingTransitions,
  ...chargeRequestTransitions,
  ...waiverTransitions,
};

/** Who may take each step, from the tables of transitions; rows of the access table. */
export const chargingGrants: AccessPolicy = Object.fromEntries(
  Object.entries(transitions).map(([action, { roles }]) => [
    `Mutation.${action}`,
    [{ roles: [...roles], relation: 'community' as const }],
  ]),
);

/** The rows of what the authority matrix may give to others as well. */
export const grantableCharging: AccessPolicy = grantable(chargingGrants, ['decideWaiver']);
