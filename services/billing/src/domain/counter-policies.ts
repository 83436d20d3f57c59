import { counterPolicies as tables } from './counter-policy.ts';

/** Figures of this area that a community may override. */
export const counterPolicies = tables;
