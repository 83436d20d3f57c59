import { decorationPolicy } from './decoration-policy.ts';
import { fileInspectionPolicy, fileSetsPolicy } from './file-set-policy.ts';
import { householdFilePolicy } from './household-file-policy.ts';
import { registerPolicy, registrationPapersPolicy } from './register-policy.ts';
import { custodyPolicy } from './custody-policy.ts';
import { passPolicy } from './pass-policy.ts';
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
];
