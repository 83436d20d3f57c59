import { DomainError, localDate, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { inductionRecordEvents } from '@steward/events';
import { authorize, lockAggregate, nextNumber } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { inductionRecordAggregate } from '../db/roster-aggregates.ts';
import { zoneOf } from '../db/staff-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { inductionFact } from '../domain/duty-facts.ts';
import { dutyNumberPrefixes } from '../domain/duty-time-policy.ts';
import type { RecordStaffInductionInput } from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';
import { enterDutyRow } from './save-duty-row.ts';

export async function recordStaffInduction(tx: Tx, input: RecordStaffInductionInput): Promise<{ id: string }> {
  const { staffId, completedOn, isPassed } = input;
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  await requireStaff(tx, staffId);
  const { communityId } = staff;
  const zone = await zoneOf(tx, communityId);
  if (completedOn > localDate(txScope(tx).now, zone))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path: 'input.completedOn' });
  const number = await nextNumber(tx, communityId, dutyNumberPrefixes.induction, zone);
  const fresh = { id: newId(), communityId, number, staffId, completedOn, isPassed };
  const note = { action: 'recordStaffInduction', rule: 'B038' };
  const told = [inductionRecordEvents.recorded, inductionFact] as const;
  const { id } = await enterDutyRow(tx, inductionRecordAggregate, fresh, note, told);
  return { id };
}
