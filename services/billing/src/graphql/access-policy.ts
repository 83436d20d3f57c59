import type { AccessPolicy, SubjectOf } from '@steward/auth';
import { parkedEventAccess } from '@steward/service-kit';

import { chargingAccess, chargingSubjects } from './charging-access.ts';
import { counterAccess, counterSubjects } from './counter-access.ts';
import { ledgerAccess, ledgerSubjects } from './ledger-access.ts';

/** Who may see and do what; a field without a row has its type's. */
export const access: AccessPolicy = {
  ...parkedEventAccess('billing'),
  ...ledgerAccess,
  ...chargingAccess,
  ...counterAccess,
};

/** On what `own` and `community` are judged. */
export const subjects: SubjectOf = { ...ledgerSubjects, ...chargingSubjects, ...counterSubjects };
