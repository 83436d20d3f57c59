import { decorationPolicy } from './decoration-policy.ts';
import { fileInspectionPolicy, fileSetsPolicy } from './file-set-policy.ts';
import { broadcastPolicy } from './broadcast-script-policy.ts';
import { counterSignPolicy } from './counter-sign-route-policy.ts';
import { floorAreaPolicy } from './floor-area-policy.ts';
import { householdFilePolicy } from './household-file-policy.ts';
import { invoicePolicy } from './invoice-application-policy.ts';
import { keyAccountVisitPolicy } from './key-account-visit-policy.ts';
import { membershipCardPolicy } from './membership-card-policy.ts';
import { rentalMandatePolicy } from './rental-mandate-policy.ts';
import { registerPolicy, registrationPapersPolicy } from './register-policy.ts';
import { custodyPolicy } from './custody-policy.ts';
import { passPolicy } from './pass-policy.ts';
import { personDataPolicy } from './person-erasure-policy.ts';
import { takeoverPolicy } from './takeover-policy.ts';
import { moveOutPolicy } from './move-out-policy.ts';
import { moveInPapersPolicy, moveInTimesPolicy } from './move-in-policy.ts';

/** Every table of figures that a community may override. */
export const policies = [
  householdFilePolicy,
  decorationPolicy,
  passPolicy,
  custodyPolicy,
  registerPolicy,
  registrationPapersPolicy,
  moveInPapersPolicy,
  moveInTimesPolicy,
  fileSetsPolicy,
  fileInspectionPolicy,
  takeoverPolicy,
  moveOutPolicy,
  floorAreaPolicy,
  keyAccountVisitPolicy,
  rentalMandatePolicy,
  membershipCardPolicy,
  invoicePolicy,
  broadcastPolicy,
  counterSignPolicy,
  personDataPolicy,
];
