import { DomainError, newId, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { shiftHandoverEvents } from '@steward/events';
import { insertAndTell, lockAuthorized, nextNumber, saveAndTell, sealOptional, zoneOf } from '@steward/service-kit';

import { shiftHandoverAggregate } from '../db/attendance-aggregates.ts';
import { handoverOfShift, insertNotes, rolesOn } from '../db/attendance-queries.ts';
import { dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { dutyShiftEntity } from '../db/roster-entities.ts';
import { handoverFact } from '../domain/attendance-facts.ts';
import { attendancePrefixes } from '../domain/attendance-policy.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { noteViolations, requirePatrolRecord, requireRelief } from '../domain/shift-handover-rules.ts';
import { staffRoles } from '../domain/staff-policy.ts';
import type { StaffRole } from '../domain/staff.ts';
import type { AddShiftHandoverNotesInput, OpenShiftHandoverInput } from '../graphql/generated.ts';

export async function openShiftHandover(tx: Tx, input: OpenShiftHandoverInput): Promise<{ id: string }> {
  const { incomingShiftId, notes = [], patrolRecord = null } = input;
  const outgoing = await lockAuthorized(tx, dutyShiftAggregate, { id: input.shiftId });
  if (outgoing.status !== 'STARTED') throw new DomainError('CONFLICT', 'SHIFT_NOT_STARTED', { rule: 'A028' });
  if ((await handoverOfShift(tx, outgoing.id)) !== null)
    throw new DomainError('CONFLICT', 'HANDOVER_EXISTS', { rule: 'A028' });
  const incoming = await tx.findOneBy(dutyShiftEntity, { id: incomingShiftId });
  if (incoming === null) throw new DomainError('BAD_USER_INPUT', 'RELIEF_UNFIT', { path: 'input.incomingShiftId' });
  requireRelief(outgoing, incoming);
  refuseAll(noteViolations(notes));
  const { communityId, staffId: outgoingStaffId, workedOn } = outgoing;
  const roles = await rolesOn(tx, outgoingStaffId, communityId, workedOn);
  requirePatrolRecord(
    roles.map((role) => staffRoles[role as StaffRole]),
    patrolRecord,
  );
  const number = await nextNumber(tx, communityId, attendancePrefixes.handover, await zoneOf(tx, communityId));
  const parties = { outgoingShiftId: outgoing.id, incomingShiftId, outgoingStaffId, incomingStaffId: incoming.staffId };
  const open = { status: 'OPEN' as const, isCleaningPassed: null, shortcomingsSealed: null, toolsCountedAt: null };
  const patrolSealed = sealOptional(tx, patrolRecord);
  const rest = { patrolSealed, acceptedAt: null, acceptedItems: null };
  const fresh = { id: newId(), communityId, number, ...parties, ...open, ...rest };
  const note = { action: 'openShiftHandover', rule: 'A028' };
  const told = [shiftHandoverEvents.opened, handoverFact] as const;
  const handover = await insertAndTell(tx, shiftHandoverAggregate, fresh, note, [told[0], (row) => told[1](row)]);
  await insertNotes(tx, handover.id, notes);
  return { id: handover.id };
}

export async function addShiftHandoverNotes(tx: Tx, input: AddShiftHandoverNotesInput): Promise<{ id: string }> {
  const handover = await lockAuthorized(tx, shiftHandoverAggregate, input);
  const same = moveBy(handover, 'addShiftHandoverNotes', 'OPEN');
  refuseAll(noteViolations(input.notes));
  await insertNotes(tx, handover.id, input.notes);
  const note = { action: 'addShiftHandoverNotes', rule: 'A028' };
  await saveAndTell(tx, shiftHandoverAggregate, { before: handover, after: same, note }, [
    shiftHandoverEvents.noted,
    (row) => handoverFact(row),
  ]);
  return { id: handover.id };
}
