import { chargingPolicies } from './charging-policies.ts';
import { counterPolicies } from './counter-policies.ts';
import { ledgerPolicies } from './ledger-policy.ts';

/** The tables a community may override, by the names they go by in `setBillingPolicy`. */
export const policies = [...ledgerPolicies, ...chargingPolicies, ...counterPolicies];
