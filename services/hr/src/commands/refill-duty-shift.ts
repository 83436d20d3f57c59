import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { dutyShiftEvents } from '@steward/events';
import { lockAuthorized, notify, resolvePolicy, saveAndTell, zoneOf } from '@steward/service-kit';

import { isRosterPublished } from '../db/attendance-queries.ts';
import { dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { assignables } from '../db/roster-queries.ts';
import { shiftFact } from '../domain/duty-facts.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { requireAssignable } from '../domain/duty-roster-rules.ts';
import type { RefillDutyShiftInput } from '../graphql/generated.ts';
import { patternOfShift } from './roster-context.ts';

/** Puts somebody into a shift of a roster in force that was cancelled because its holder left (A025). */
export async function refillDutyShift(tx: Tx, input: RefillDutyShiftInput): Promise<{ id: string }> {
  const { staffId } = input;
  const { now } = txScope(tx);
  const shift = await lockAuthorized(tx, dutyShiftAggregate, {
    id: input.shiftId,
    expectedVersion: input.expectedVersion,
  });
  const planned = moveBy(shift, 'refillDutyShift', 'PLANNED');
  if (!(await isRosterPublished(tx, shift.rosterId)))
    throw new DomainError('CONFLICT', 'SHIFT_NOT_PUBLISHED', { rule: 'A025' });
  if (shift.endsAt <= now) throw new DomainError('CONFLICT', 'SHIFT_OVER', { rule: 'A025' });
  const { communityId, workedOn, startsAt, endsAt, number, id: aggregateId } = shift;
  const one = (await assignables(tx, [staffId], { from: startsAt, to: endsAt })).get(staffId);
  if (one === undefined) throw new DomainError('BAD_USER_INPUT', 'STAFF_UNKNOWN', { path: 'input.staffId' });
  const { restAfterNightHours: restHours } = await resolvePolicy(tx, rosterPolicy, communityId);
  const pattern = await patternOfShift(tx, shift, await zoneOf(tx, communityId));
  const place = { communityId, day: workedOn, from: startsAt.getTime(), to: endsAt.getTime(), restHours };
  requireAssignable(one, pattern, place, 'input.staffId');
  const note = { action: 'refillDutyShift', rule: 'A025' };
  const told = [dutyShiftEvents.reassigned, shiftFact] as const;
  await saveAndTell(tx, dutyShiftAggregate, { before: shift, after: { ...planned, staffId }, note }, told);
  await notify(tx, { communityId, to: { staffId }, template: 'dutyShiftGiven', params: { number }, aggregateId });
  return { id: shift.id };
}
