import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { dutyShiftEvents, shiftSubstitutionEvents } from '@steward/events';
import {
  insertAndTell,
  invocationOf,
  lockAggregate,
  lockAuthorized,
  nextNumber,
  notify,
  resolvePolicy,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { shiftSubstitutionAggregate } from '../db/attendance-aggregates.ts';
import { shiftSubstitutionEntity } from '../db/attendance-entities.ts';
import { dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { assignables } from '../db/roster-queries.ts';
import { substitutionFact } from '../domain/attendance-facts.ts';
import { attendancePrefixes } from '../domain/attendance-policy.ts';
import { shiftFact } from '../domain/duty-facts.ts';
import type { ShiftSubstitution } from '../domain/duty-attendance.ts';
import type { DutyShift } from '../domain/duty-roster.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { moveBy, transitionOf } from '../domain/duty-transition-rules.ts';
import { requireArranger, requireReasonCode, requireSubstitute } from '../domain/substitution-rules.ts';
import type {
  ArrangeShiftSubstitutionInput,
  EndShiftSubstitutionInput,
  RequestShiftSubstitutionInput,
} from '../graphql/generated.ts';
import { patternOfShift } from './roster-context.ts';
import { watchDesk } from './watch-desk.ts';

/** Whoever leaves the post says so; the leader is told at once, and a post that is left empty is alarmed (A222, A025). */
export async function requestShiftSubstitution(tx: Tx, input: RequestShiftSubstitutionInput): Promise<{ id: string }> {
  const { reasonCode, isLeavingNow = false } = input;
  const { now } = txScope(tx);
  const shift = await lockAuthorized(tx, dutyShiftAggregate, { id: input.shiftId });
  requireReasonCode(reasonCode);
  requireCurrent(shift, now);
  if (isLeavingNow && shift.status !== 'STARTED')
    throw new DomainError('CONFLICT', 'SHIFT_NOT_STARTED', { rule: 'A222' });
  const { communityId, staffId: absentStaffId, id: shiftId } = shift;
  const isOpen = await tx.existsBy(shiftSubstitutionEntity, [
    { shiftId, status: 'REQUESTED' },
    { shiftId, status: 'ARRANGED' },
  ]);
  if (isOpen) throw new DomainError('CONFLICT', 'SUBSTITUTION_OPEN', { rule: 'A222' });
  const number = await nextNumber(tx, communityId, attendancePrefixes.substitution, await zoneOf(tx, communityId));
  const state = { status: 'REQUESTED' as const, awayFrom: isLeavingNow ? now : null, awayTo: null };
  const fresh = { id: newId(), communityId, number, shiftId, absentStaffId, substituteId: null, reasonCode, ...state };
  const note = { action: 'requestShiftSubstitution', reasonCode, rule: 'A222' };
  const told = [shiftSubstitutionEvents.requested, substitutionFact] as const;
  const { id } = await insertAndTell(tx, shiftSubstitutionAggregate, fresh, note, told);
  const params = { number, reason: reasonCode };
  const to = { role: 'supervisor' } as const;
  await notify(tx, { communityId, to, template: 'substitutionRequested', params, aggregateId: id });
  if (isLeavingNow) await changePresence(tx, shift, { awayFrom: now, substituteId: null }, 'left');
  return { id };
}

function requireCurrent(shift: DutyShift, now: Date): void {
  const isOver = now >= shift.endsAt && shift.status !== 'STARTED';
  if (isOver || (shift.status !== 'PLANNED' && shift.status !== 'STARTED'))
    throw new DomainError('CONFLICT', 'SHIFT_OVER', { rule: 'A222' });
}

/** Names who stands in: for the rest of a shift that is being worked, or instead of who cannot come. */
export async function arrangeShiftSubstitution(tx: Tx, input: ArrangeShiftSubstitutionInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const substitution = await lockAuthorized(tx, shiftSubstitutionAggregate, input);
  const arranged = moveBy(substitution, 'arrangeShiftSubstitution', 'ARRANGED');
  const shift = await lockAggregate(tx, dutyShiftAggregate, substitution.shiftId);
  requireCurrent(shift, now);
  const substitute = await requireFitSubstitute(tx, substitution, shift, input.substituteId);
  const awayFrom = shift.status === 'STARTED' ? (substitution.awayFrom ?? now) : null;
  const after = { ...arranged, substituteId: substitute, awayFrom };
  const note = { action: 'arrangeShiftSubstitution', rule: 'A222' };
  const told = [shiftSubstitutionEvents.arranged, substitutionFact] as const;
  const saved = await saveAndTell(tx, shiftSubstitutionAggregate, { before: substitution, after, note }, told);
  if (shift.status === 'STARTED') await changePresence(tx, shift, { awayFrom, substituteId: substitute }, 'covered');
  else await reassign(tx, shift, substitute);
  const { communityId, number, id: aggregateId } = saved;
  const to = { staffId: substitute };
  await notify(tx, { communityId, to, template: 'substitutionArranged', params: { number }, aggregateId });
  return { id: saved.id };
}

async function requireFitSubstitute(
  tx: Tx,
  { reasonCode }: ShiftSubstitution,
  shift: DutyShift,
  substituteId: string,
): Promise<string> {
  const range = { from: shift.startsAt, to: shift.endsAt };
  const substitute = (await assignables(tx, [substituteId], range)).get(substituteId);
  if (substitute === undefined)
    throw new DomainError('BAD_USER_INPUT', 'STAFF_UNKNOWN', { path: 'input.substituteId' });
  const leaders: readonly string[] = transitionOf('arrangeShiftSubstitution').roles;
  const isLeader = invocationOf(tx).viewer.roles.some((role) => leaders.includes(role));
  requireArranger({ isLeader, reasonCode, shift, substitute });
  const { restAfterNightHours: restHours } = await resolvePolicy(tx, rosterPolicy, shift.communityId);
  const pattern = await patternOfShift(tx, shift, await zoneOf(tx, shift.communityId));
  requireSubstitute(substitute, shift, { pattern, restHours });
  return substituteId;
}

/** Back at the post, or cover is not needed any more. */
export async function endShiftSubstitution(tx: Tx, input: EndShiftSubstitutionInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const substitution = await lockAuthorized(tx, shiftSubstitutionAggregate, input);
  const ended = moveBy(substitution, 'endShiftSubstitution', 'ENDED');
  const awayTo = substitution.awayFrom === null ? null : now;
  const note = { action: 'endShiftSubstitution', rule: 'A222' };
  const told = [shiftSubstitutionEvents.ended, substitutionFact] as const;
  await saveAndTell(tx, shiftSubstitutionAggregate, { before: substitution, after: { ...ended, awayTo }, note }, told);
  const shift = await lockAggregate(tx, dutyShiftAggregate, substitution.shiftId);
  if (shift.status === 'STARTED' && shift.awayFrom !== null) {
    await changePresence(tx, shift, { awayFrom: null, substituteId: null }, 'resumed');
  }
  return { id: substitution.id };
}

type Presence = Pick<DutyShift, 'awayFrom' | 'substituteId'>;

async function changePresence(
  tx: Tx,
  shift: DutyShift,
  presence: Presence,
  fact: 'left' | 'covered' | 'resumed',
): Promise<void> {
  const note = { action: 'changePresence', reasonCode: fact.toUpperCase(), rule: 'A222' };
  const after = { ...shift, ...presence };
  await saveAndTell(tx, dutyShiftAggregate, { before: shift, after, note }, [dutyShiftEvents[fact], shiftFact]);
  if (shift.isServiceCentre) await watchDesk(tx, shift.communityId, 'DESK_LEFT');
}

/** Another staff member works a shift that nobody has begun. */
export async function reassign(tx: Tx, shift: DutyShift, staffId: string, rule = 'A222'): Promise<void> {
  const note = { action: 'reassignDutyShift', rule };
  const told = [dutyShiftEvents.reassigned, shiftFact] as const;
  await saveAndTell(tx, dutyShiftAggregate, { before: shift, after: { ...shift, staffId }, note }, told);
}
