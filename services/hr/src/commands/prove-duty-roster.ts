import { addDays, refuseAll, startOfLocalDay, type Violation } from '@steward/core';
import type { Tx } from '@steward/db';
import { resolvePolicy, zoneOf } from '@steward/service-kit';

import {
  assignables,
  daysOf,
  followsPublishedRoster,
  neighbouringShifts,
  shiftsOfRoster,
} from '../db/roster-queries.ts';
import { assignmentRefusals, type TakenShift } from '../domain/assignment-rules.ts';
import type { CoverageGap, Span } from '../domain/coverage-rules.ts';
import { centreGaps, requireCover } from '../domain/duty-roster-rules.ts';
import type { DutyRoster, DutyShift } from '../domain/duty-roster.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { shiftsByDay, type ShiftOfDay } from './roster-context.ts';

/**
 * The time that a roster answers for: its days from midnight to midnight. Where no roster comes before it, the service
 * begins with the first morning.
 */
async function windowOf(tx: Tx, roster: DutyRoster, zone: string): Promise<Span> {
  const { startsOn, endsOn, communityId } = roster;
  const to = startOfLocalDay(endsOn, zone).getTime();
  if (await followsPublishedRoster(tx, roster)) return { from: startOfLocalDay(startsOn, zone).getTime(), to };
  const first = (await shiftsByDay(tx, communityId, zone, [startsOn])).get(startsOn)?.get('MORNING');
  if (first === undefined) throw new Error('there is always a morning');
  return { from: first.startsAt.getTime(), to };
}

/** The roster's shifts with those of its neighbours: the night before its first day is the former roster's. */
async function shiftsAround(tx: Tx, roster: DutyRoster, { from, to }: Span): Promise<DutyShift[]> {
  const around = await neighbouringShifts(tx, roster.communityId, new Date(from), new Date(to));
  const own = await shiftsOfRoster(tx, roster.id);
  return [
    ...around.filter(({ rosterId }) => rosterId !== roster.id),
    ...own.filter(({ status }) => status !== 'CANCELLED'),
  ];
}

/** Reading: times that too few cover as the roster stands; for the service centre alone. */
export async function findCoverageGaps(tx: Tx, roster: DutyRoster): Promise<CoverageGap[]> {
  if (roster.kind !== 'SERVICE_CENTRE') return [];
  const { leastOnDuty } = await resolvePolicy(tx, rosterPolicy, roster.communityId);
  const window = await windowOf(tx, roster, await zoneOf(tx, roster.communityId));
  return centreGaps(await shiftsAround(tx, roster, window), window, leastOnDuty).slice(0, 200);
}

/** Refuses a roster unless every minute is covered (A019, A025) and everybody in it may work (A020, A021, B038). */
export async function proveDutyRoster(tx: Tx, roster: DutyRoster): Promise<DutyShift[]> {
  const { communityId, kind, startsOn, endsOn } = roster;
  const zone = await zoneOf(tx, communityId);
  const { leastOnDuty, restAfterNightHours } = await resolvePolicy(tx, rosterPolicy, communityId);
  const window = await windowOf(tx, roster, zone);
  const days = daysOf(startsOn, endsOn);
  requireCover(await shiftsAround(tx, roster, window), { kind, days, window, leastOnDuty });
  const own = await shiftsOfRoster(tx, roster.id);
  const byDay = await shiftsByDay(tx, communityId, zone, [...days, addDays(endsOn, 1)]);
  await requireEverybodyFit(tx, roster, own, byDay, restAfterNightHours);
  return own;
}

async function requireEverybodyFit(
  tx: Tx,
  roster: DutyRoster,
  shifts: readonly DutyShift[],
  byDay: ReadonlyMap<string, ReadonlyMap<string, ShiftOfDay>>,
  restHours: number,
): Promise<void> {
  const [first, last] = [shifts[0], shifts.at(-1)];
  if (first === undefined || last === undefined) return;
  const range = { from: first.startsAt, to: last.endsAt, exceptRosterId: roster.id };
  const staffIds = shifts.map(({ staffId }) => staffId);
  const staff = await assignables(tx, staffIds, range);
  const taken = new Map<string, TakenShift[]>();
  const violations: Violation[] = [];
  for (const shift of shifts) {
    const one = staff.get(shift.staffId);
    const pattern = byDay.get(shift.workedOn)?.get(shift.patternCode)?.pattern;
    const path = `shift.${shift.number}`;
    if (one === undefined || pattern === undefined) {
      violations.push({ path, reason: 'SHIFT_ROLE_UNFIT', rule: 'A308', params: { pattern: shift.patternCode } });
      continue;
    }
    // Shifts come in the order of their beginnings, so the two before are the only ones that can stand in the way.
    const before = (taken.get(shift.staffId) ?? []).slice(-3);
    const [from, to] = [shift.startsAt.getTime(), shift.endsAt.getTime()];
    const place = { communityId: roster.communityId, day: shift.workedOn, from, to, restHours };
    const refused = assignmentRefusals({ ...one, taken: [...one.taken, ...before] }, pattern, place);
    violations.push(...refused.map((refusal) => ({ ...refusal, path })));
    taken.set(shift.staffId, [...before, { from, to, isNight: shift.isNight }]);
  }
  refuseAll(violations.slice(0, 20));
}
