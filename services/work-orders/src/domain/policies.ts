import { authorityPolicy } from './quote-policy.ts';
import { warrantyPolicy } from './warranty-policy.ts';
import { afterWorkPolicy, dispatchRoles, reviewPolicy, workPolicy } from './work-order-policy.ts';

/** Every table of figures that a community may override. */
export const policies = [workPolicy, afterWorkPolicy, reviewPolicy, warrantyPolicy, authorityPolicy];

/** Those that decide what may be done with an order at the moment. */
export const actionPolicies = { authority: authorityPolicy, work: workPolicy, dispatchRoles };
