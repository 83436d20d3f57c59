import { passTransitions } from '../domain/pass-policy.ts';
import { procedureGrants } from './procedure-grants.ts';

/** Who may do what with a pass, from the table of transitions. */
export const passGrants = procedureGrants(passTransitions);
