import { DomainError, newId } from '@steward/core';
import type { Tx } from '@steward/db';
import { dutyRosterEvents } from '@steward/events';
import { lockAuthorized, nextNumbers, resolvePolicy, saveAndTell, zoneOf } from '@steward/service-kit';

import { dutyRosterAggregate } from '../db/roster-aggregates.ts';
import { assignables, daysOf, deleteShifts, insertShifts } from '../db/roster-queries.ts';
import { rosterFact } from '../domain/duty-facts.ts';
import type { DutyRoster } from '../domain/duty-roster.ts';
import { dutyNumberPrefixes, rosterPolicy } from '../domain/duty-time-policy.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { planRoster, type PlannedShift, type PlanSlot, type UnfilledSlot } from '../domain/roster-plan-rules.ts';
import type { PlanDutyRosterInput } from '../graphql/generated.ts';
import { shiftOfDay, shiftsByDay } from './roster-context.ts';

export async function planDutyRoster(
  tx: Tx,
  input: PlanDutyRosterInput,
): Promise<{ id: string; unfilled: UnfilledSlot[] }> {
  const roster = await lockAuthorized(tx, dutyRosterAggregate, input);
  const draft = moveBy(roster, 'planDutyRoster', 'DRAFT');
  const zone = await zoneOf(tx, roster.communityId);
  const slots = await slotsOf(tx, draft, input, zone);
  const staff = await staffOf(tx, draft, input, slots);
  const { restAfterNightHours: restHours } = await resolvePolicy(tx, rosterPolicy, roster.communityId);
  const { shifts, unfilled } = planRoster(slots, staff, { communityId: roster.communityId, restHours });
  await deleteShifts(tx, roster.id);
  await enterShifts(tx, roster, shifts, zone);
  const note = { action: 'planDutyRoster', rule: 'A308' };
  const after = { ...draft, shiftCount: shifts.length };
  await saveAndTell(tx, dutyRosterAggregate, { before: roster, after, note }, [dutyRosterEvents.planned, rosterFact]);
  return { id: roster.id, unfilled };
}

async function slotsOf(tx: Tx, roster: DutyRoster, input: PlanDutyRosterInput, zone: string): Promise<PlanSlot[]> {
  const days = daysOf(roster.startsOn, roster.endsOn);
  const byDay = await shiftsByDay(tx, roster.communityId, zone, days);
  return days.flatMap((day) =>
    input.slots.map(({ patternCode, perDay, staffIds }, index) => {
      const path = `input.slots.${index}.patternCode`;
      const shift = shiftOfDay(byDay, day, { code: patternCode, kind: roster.kind }, path);
      return { ...shift, perDay: Math.min(Math.max(perDay ?? 1, 1), 50), staffIds };
    }),
  );
}

async function staffOf(tx: Tx, roster: DutyRoster, input: PlanDutyRosterInput, slots: readonly PlanSlot[]) {
  const ids = input.slots.flatMap(({ staffIds }) => staffIds);
  const [from, to] = [slots[0]?.startsAt ?? new Date(0), slots.at(-1)?.endsAt ?? new Date(0)];
  const staff = await assignables(tx, ids, { from, to, exceptRosterId: roster.id });
  const unknown = ids.findIndex((id) => !staff.has(id));
  if (unknown >= 0) throw new DomainError('BAD_USER_INPUT', 'STAFF_UNKNOWN', { path: 'input.slots' });
  return staff;
}

/** Writes shifts with numbers of their own. */
export async function enterShifts(
  tx: Tx,
  roster: Pick<DutyRoster, 'id' | 'communityId'>,
  planned: readonly PlannedShift[],
  zone: string,
): Promise<void> {
  if (planned.length === 0) return;
  const { id: rosterId, communityId } = roster;
  const prefix = dutyNumberPrefixes.shift;
  const numbers = await nextNumbers(tx, { communityId, prefix, zone, count: planned.length });
  const untouched = { status: 'PLANNED', startedAt: null, endedAt: null, awayFrom: null, substituteId: null } as const;
  await insertShifts(
    tx,
    planned.map(({ slot: { day, pattern, startsAt, endsAt }, staffId }, index) => ({
      id: newId(),
      communityId,
      number: numbers[index] ?? '',
      rosterId,
      workedOn: day,
      patternCode: pattern.code,
      staffId,
      startsAt,
      endsAt,
      isServiceCentre: pattern.isServiceCentre,
      isNight: pattern.isNight,
      isHandoverRequired: pattern.isHandoverRequired,
      ...untouched,
    })),
  );
}
