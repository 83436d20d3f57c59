import { DomainError } from '@steward/core';
import type { Tx } from '@steward/db';
import { dutyRosterEvents } from '@steward/events';
import { lockAuthorized, resolvePolicy, saveAndTell, zoneOf } from '@steward/service-kit';

import { dutyRosterAggregate } from '../db/roster-aggregates.ts';
import { assignables, deleteShifts, shiftsOfRoster } from '../db/roster-queries.ts';
import { rosterFact } from '../domain/duty-facts.ts';
import { requireAssignable } from '../domain/duty-roster-rules.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import type { AssignDutyShiftInput, RemoveDutyShiftInput } from '../graphql/generated.ts';
import { enterShifts } from './plan-duty-roster.ts';
import { shiftOfDay, shiftsByDay } from './roster-context.ts';

export async function assignDutyShift(tx: Tx, input: AssignDutyShiftInput): Promise<{ id: string }> {
  const roster = await lockAuthorized(tx, dutyRosterAggregate, input);
  const draft = moveBy(roster, 'assignDutyShift', 'DRAFT');
  const { communityId, kind } = roster;
  const { on: day, staffId } = input;
  if (day < roster.startsOn || day >= roster.endsOn)
    throw new DomainError('BAD_USER_INPUT', 'DAY_OUTSIDE_ROSTER', { path: 'input.on' });
  const zone = await zoneOf(tx, communityId);
  const byDay = await shiftsByDay(tx, communityId, zone, [day]);
  const slot = shiftOfDay(byDay, day, { code: input.patternCode, kind }, 'input.patternCode');
  const known = await assignables(tx, [staffId], { from: slot.startsAt, to: slot.endsAt, exceptRosterId: roster.id });
  const one = known.get(staffId);
  if (one === undefined) throw new DomainError('BAD_USER_INPUT', 'STAFF_UNKNOWN', { path: 'input.staffId' });
  const here = (await shiftsOfRoster(tx, roster.id)).filter((shift) => shift.staffId === staffId);
  const taken = here.map(({ startsAt, endsAt, isNight }) => ({
    from: startsAt.getTime(),
    to: endsAt.getTime(),
    isNight,
  }));
  const { restAfterNightHours: restHours } = await resolvePolicy(tx, rosterPolicy, communityId);
  const place = { communityId, day, from: slot.startsAt.getTime(), to: slot.endsAt.getTime(), restHours };
  requireAssignable({ ...one, taken: [...one.taken, ...taken] }, slot.pattern, place, 'input.staffId');
  await enterShifts(tx, roster, [{ slot: { ...slot, perDay: 1, staffIds: [staffId] }, staffId }], zone);
  const after = { ...draft, shiftCount: roster.shiftCount + 1 };
  const note = { action: 'assignDutyShift', rule: 'A308' };
  await saveAndTell(tx, dutyRosterAggregate, { before: roster, after, note }, [dutyRosterEvents.changed, rosterFact]);
  return { id: roster.id };
}

export async function removeDutyShift(tx: Tx, input: RemoveDutyShiftInput): Promise<{ id: string }> {
  const roster = await lockAuthorized(tx, dutyRosterAggregate, input);
  const draft = moveBy(roster, 'removeDutyShift', 'DRAFT');
  const removed = await deleteShifts(tx, roster.id, input.shiftId);
  if (removed.length === 0) throw new DomainError('NOT_FOUND', 'SHIFT_UNKNOWN', { path: 'input.shiftId' });
  const after = { ...draft, shiftCount: roster.shiftCount - 1 };
  const note = { action: 'removeDutyShift', rule: 'A308' };
  await saveAndTell(tx, dutyRosterAggregate, { before: roster, after, note }, [dutyRosterEvents.changed, rosterFact]);
  return { id: roster.id };
}
