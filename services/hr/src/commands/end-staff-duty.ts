import { txScope, type Tx } from '@steward/db';
import { staffDutyChanged } from '@steward/events';
import { authorize, lockAggregate, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { endDuty } from '../domain/duty-rules.ts';
import { dutyFact } from '../domain/staff-facts.ts';
import { dutyPolicy } from '../domain/staff-policy.ts';
import type { EndStaffDutyInput } from '../graphql/generated.ts';

export async function endStaffDuty(tx: Tx, input: EndStaffDutyInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const staff = await lockAggregate(tx, staffAggregate, input.id, input.expectedVersion);
  await authorize(tx, await loadStaffSubject(tx, staff));
  const { backdatingHours } = await resolvePolicy(tx, dutyPolicy, staff.communityId);
  const changed = endDuty(staff, { at: input.occurredAt ?? now, now, backdatingHours });
  const saved = await saveAggregate(tx, staffAggregate, staff, changed, { action: 'endStaffDuty' });
  publish(tx, saved, staffDutyChanged, dutyFact(saved));
  return { id: staff.id };
}
