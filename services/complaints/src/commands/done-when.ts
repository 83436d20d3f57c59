import { txScope, type Tx } from '@steward/db';
import { resolvePolicy } from '@steward/service-kit';

import { limitPolicy } from '../domain/complaint-policy.ts';
import type { Complaint } from '../domain/complaint.ts';
import { doneAt } from '../domain/time-rules.ts';

/** When something was done to a complaint: as said, never before the complaint was made. */
export async function doneWhen(
  tx: Tx,
  complaint: Complaint,
  said: Date | null | undefined,
  { rule, notBefore = complaint.receivedAt }: { rule: string; notBefore?: Date | null },
): Promise<Date> {
  const { backdatingHours } = await resolvePolicy(tx, limitPolicy, complaint.communityId);
  return doneAt(said, { now: txScope(tx).now, backdatingHours, rule, notBefore });
}
