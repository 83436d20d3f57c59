import { appraisalPolicy, conductPolicy } from './conduct-policy.ts';
import { rosterPolicy, timetablePolicy } from './duty-time-policy.ts';
import { payPolicy } from './payroll-policy.ts';
import { positionPolicy } from './position-policy.ts';
import { dutyPolicy } from './staff-policy.ts';
import { trainingPolicy } from './training-policy.ts';

/** The tables of figures that a community may override by `setHrPolicy`. */
export const hrPolicyTables = [
  dutyPolicy,
  timetablePolicy,
  rosterPolicy,
  payPolicy,
  positionPolicy,
  conductPolicy,
  appraisalPolicy,
  trainingPolicy,
];
