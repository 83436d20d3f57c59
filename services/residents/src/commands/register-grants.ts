import {
  escortedAccessTransitions,
  mailItemTransitions,
  residentRegistrationTransitions,
} from '../domain/register-policy.ts';
import { procedureGrants } from './procedure-grants.ts';

/** Who may do what in the front desk's registers, from their tables of transitions. */
export const registerGrants = {
  ...procedureGrants(mailItemTransitions),
  ...procedureGrants(residentRegistrationTransitions),
  ...procedureGrants(escortedAccessTransitions),
};
