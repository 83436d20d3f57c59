import { DomainError, localDate, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { inductionRecordEvents } from '@steward/events';
import { authorize, insertAndTell, lockAggregate, nextNumber, zoneOf } from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { inductionRecordAggregate } from '../db/roster-aggregates.ts';
import { findPosts, heldOn } from '../db/staff-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { inductionFact } from '../domain/duty-facts.ts';
import { dutyNumberPrefixes } from '../domain/duty-time-policy.ts';
import type { RecordStaffInductionInput } from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';
import { rankOfPosition, requireAuthority } from './require-authority.ts';

export async function recordStaffInduction(tx: Tx, input: RecordStaffInductionInput): Promise<{ id: string }> {
  const { staffId, completedOn, isPassed } = input;
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  await requireStaff(tx, staffId);
  const { communityId } = staff;
  const zone = await zoneOf(tx, communityId);
  if (completedOn > localDate(txScope(tx).now, zone))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path: 'input.completedOn' });
  return enterInduction(tx, staff, { completedOn, isPassed });
}

type Result = { completedOn: string; isPassed: boolean };

/** Puts a result on record; whoever calls it has locked the staff member. */
export async function enterInduction(
  tx: Tx,
  { id: staffId, communityId }: { id: string; communityId: string },
  result: Result,
): Promise<{ id: string }> {
  await requireRankTrained(tx, staffId, communityId);
  const number = await nextNumber(tx, communityId, dutyNumberPrefixes.induction, await zoneOf(tx, communityId));
  const fresh = { id: newId(), communityId, number, staffId, ...result };
  const note = { action: 'recordStaffInduction', rule: 'B038' };
  const told = [inductionRecordEvents.recorded, inductionFact] as const;
  const { id } = await insertAndTell(tx, inductionRecordAggregate, fresh, note, told);
  return { id };
}

/** Whoever trains somebody is entitled to by the rank of each post that they hold (A002). */
async function requireRankTrained(tx: Tx, staffId: string, communityId: string): Promise<void> {
  const today = localDate(txScope(tx).now, await zoneOf(tx, communityId));
  for (const { positionCode } of heldOn(await findPosts(tx, staffId), today))
    await requireAuthority(tx, communityId, 'TRAIN_STAFF', { rank: await rankOfPosition(tx, positionCode) });
}
