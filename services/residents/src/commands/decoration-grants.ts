import type { AccessPolicy } from '@steward/auth';

import {
  decorationInspectionTransitions,
  decorationTransitions,
  decorationViolationTransitions,
} from '../domain/decoration-transition-policy.ts';
import { procedureGrants } from './procedure-grants.ts';

/** Who may do what with applications, inspections and violations; rows of the access table, payloads included. */
export const decorationGrants: AccessPolicy = {
  ...procedureGrants(decorationTransitions),
  ...procedureGrants(decorationInspectionTransitions),
  ...procedureGrants(decorationViolationTransitions),
};
