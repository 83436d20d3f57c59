import type { Tx } from '@steward/db';
import { activitySiteControlled } from '@steward/events';

import { siteChecklist } from '../domain/activity-policy.ts';
import type { RecordActivitySiteControlInput } from '../graphql/generated.ts';
import { recordChecks } from './record-checks.ts';

export const recordActivitySiteControl = (tx: Tx, input: RecordActivitySiteControlInput): Promise<{ id: string }> =>
  recordChecks(tx, input, {
    action: 'recordActivitySiteControl',
    checklist: siteChecklist,
    fact: activitySiteControlled,
  });
