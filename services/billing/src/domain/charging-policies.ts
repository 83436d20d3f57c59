import { chargesPolicies } from './charges-policy.ts';

/** Figures of this area that a community may override. */
export const chargingPolicies = chargesPolicies;
