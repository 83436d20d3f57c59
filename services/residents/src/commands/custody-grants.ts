import { custodyTransitions } from '../domain/custody-policy.ts';
import { procedureGrants } from './procedure-grants.ts';

/** Who may do what with a custody, from the table of transitions. */
export const custodyGrants = procedureGrants(custodyTransitions);
