import type { Tx } from '@steward/db';
import { dutyShiftEvents } from '@steward/events';
import { lockAggregates, notify, publish, resolvePolicy, saveAggregates } from '@steward/service-kit';

import { centreShiftsIn, shiftsFrom } from '../db/leaver-queries.ts';
import { dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { centreGaps } from '../domain/duty-roster-rules.ts';
import { shiftFact } from '../domain/duty-facts.ts';
import type { DutyShift } from '../domain/duty-roster.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { watchDesk } from './watch-desk.ts';

/**
 * Whoever leaves works no shift from their last day on (A025). The supervisor is told of every one and of every time at
 * which too few would be at the service centre, while there is time to put somebody else in; each beginning stays
 * watched. Shifts of drafts are refused when the roster is proved.
 */
export async function cancelShiftsOfLeaver(tx: Tx, staffId: string, leftOn: string): Promise<void> {
  const locked = await lockAggregates(tx, dutyShiftAggregate, await shiftsFrom(tx, staffId, leftOn));
  const pairs = [...locked.values()]
    .filter(({ status }) => status === 'PLANNED')
    .map((before) => ({ before, after: { ...before, status: 'CANCELLED' as const } }));
  const note = { action: 'recordStaffLeaving', reasonCode: 'STAFF_LEFT', rule: 'A025' };
  const cancelled = await saveAggregates(tx, dutyShiftAggregate, pairs, note);
  for (const shift of cancelled) publish(tx, shift, dutyShiftEvents.cancelled, shiftFact(shift));
  for (const communityId of new Set(cancelled.map((shift) => shift.communityId))) {
    const shifts = cancelled.filter((shift) => shift.communityId === communityId);
    await tellOfShifts(tx, communityId, shifts);
    await watchDesk(tx, communityId, 'NOBODY_CAME');
  }
}

async function tellOfShifts(tx: Tx, communityId: string, shifts: readonly DutyShift[]): Promise<void> {
  const { leastOnDuty } = await resolvePolicy(tx, rosterPolicy, communityId);
  for (const shift of shifts) {
    const { startsAt, endsAt, isServiceCentre, number, id: aggregateId } = shift;
    const others = isServiceCentre ? await centreShiftsIn(tx, communityId, startsAt, endsAt) : [];
    const window = { from: startsAt.getTime(), to: endsAt.getTime() };
    const isGap = isServiceCentre && centreGaps(others, window, leastOnDuty).length > 0;
    const params = { number, from: startsAt.toISOString() };
    const supervisor = { role: 'supervisor' } as const;
    const template = isGap ? 'dutyShiftUncovered' : 'dutyShiftCancelled';
    for (const to of isGap ? [supervisor, { role: 'director' } as const] : [supervisor])
      await notify(tx, { communityId, to, template, params, aggregateId });
  }
}
