import { authorityPolicy } from './quote-policy.ts';
import { warrantyPolicy } from './warranty-policy.ts';
import { afterWorkPolicy, reviewPolicy, workPolicy } from './work-order-policy.ts';

/** Every table of figures that a community may override. */
export const policies = [workPolicy, afterWorkPolicy, reviewPolicy, warrantyPolicy, authorityPolicy];
