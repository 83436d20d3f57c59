import type { Tx } from '@steward/db';
import { activityProceduresRecorded } from '@steward/events';

import { procedureChecklist } from '../domain/activity-policy.ts';
import type { RecordMerchantProceduresInput } from '../graphql/generated.ts';
import { recordChecks } from './record-checks.ts';

export const recordMerchantProcedures = (tx: Tx, input: RecordMerchantProceduresInput): Promise<{ id: string }> =>
  recordChecks(tx, input, {
    action: 'recordMerchantProcedures',
    checklist: procedureChecklist,
    fact: activityProceduresRecorded,
  });
