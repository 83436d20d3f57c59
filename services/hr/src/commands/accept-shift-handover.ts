import { DomainError, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { shiftHandoverEvents } from '@steward/events';
import { invocationOf, lockAuthorized, notify, saveAndTell, sealOptional } from '@steward/service-kit';

import { shiftHandoverAggregate } from '../db/attendance-aggregates.ts';
import { expectedTools, notedItems, openItemsOf, replaceTools } from '../db/attendance-queries.ts';
import { dutyShiftEntity } from '../db/roster-entities.ts';
import { handoverFact } from '../domain/attendance-facts.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { acceptanceViolations, countTools, requireReliefItself } from '../domain/shift-handover-rules.ts';
import type {
  AcceptShiftHandoverInput,
  CheckShiftHandoverCleaningInput,
  CountShiftHandoverToolsInput,
} from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';

/** Tools counted together (A029); who answers for what is missing is told. */
export async function countShiftHandoverTools(tx: Tx, input: CountShiftHandoverToolsInput): Promise<{ id: string }> {
  const handover = await lockAuthorized(tx, shiftHandoverAggregate, input);
  const counted = { ...moveBy(handover, 'countShiftHandoverTools', 'OPEN'), toolsCountedAt: txScope(tx).now };
  const outgoing = await tx.findOneByOrFail(dutyShiftEntity, { id: handover.outgoingShiftId });
  const tools = countTools(input.tools, await expectedTools(tx, outgoing), handover.outgoingStaffId);
  for (const { borrowerId } of input.tools) if (borrowerId != null) await requireStaff(tx, borrowerId, 'input.tools');
  await replaceTools(tx, handover.id, tools);
  const note = { action: 'countShiftHandoverTools', rule: 'A029' };
  const saved = await saveAndTell(tx, shiftHandoverAggregate, { before: handover, after: counted, note }, [
    shiftHandoverEvents.counted,
    (row) => handoverFact(row, tools),
  ]);
  const { communityId, id: aggregateId, number } = saved;
  for (const staffId of new Set(tools.flatMap(({ liableStaffId }) => liableStaffId ?? []))) {
    await notify(tx, { communityId, to: { staffId }, template: 'toolsMissing', params: { number }, aggregateId });
  }
  return { id: saved.id };
}

/** The relief's look at the place (A030). */
export async function checkShiftHandoverCleaning(
  tx: Tx,
  input: CheckShiftHandoverCleaningInput,
): Promise<{ id: string }> {
  const handover = await lockAuthorized(tx, shiftHandoverAggregate, input);
  requireReliefItself(handover, invocationOf(tx).viewer.staffId ?? null);
  const { isPassed: isCleaningPassed } = input;
  const shortcomings = (input.shortcomings ?? '').trim();
  if (!isCleaningPassed && shortcomings === '')
    throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.shortcomings', rule: 'A030' });
  const moved = moveBy(handover, 'checkShiftHandoverCleaning', 'OPEN');
  const shortcomingsSealed = sealOptional(tx, shortcomings === '' ? null : shortcomings);
  const after = { ...moved, isCleaningPassed, shortcomingsSealed };
  const note = { action: 'checkShiftHandoverCleaning', rule: 'A030' };
  await saveAndTell(tx, shiftHandoverAggregate, { before: handover, after, note }, [
    shiftHandoverEvents.checked,
    (row) => handoverFact(row),
  ]);
  return { id: handover.id };
}

/** The relief takes over; what was open then stays with the handover. */
export async function acceptShiftHandover(tx: Tx, input: AcceptShiftHandoverInput): Promise<{ id: string }> {
  const handover = await lockAuthorized(tx, shiftHandoverAggregate, input);
  requireReliefItself(handover, invocationOf(tx).viewer.staffId ?? null);
  const moved = moveBy(handover, 'acceptShiftHandover', 'ACCEPTED');
  const incoming = await tx.findOneByOrFail(dutyShiftEntity, { id: handover.incomingShiftId });
  const items = (await openItemsOf(tx, [handover.communityId])).map(({ communityId: _community, ...item }) => item);
  const notedItemIds = await notedItems(tx, handover.id);
  refuseAll(acceptanceViolations(handover, { isReliefThere: incoming.status === 'STARTED', items, notedItemIds }));
  const after = { ...moved, acceptedAt: txScope(tx).now, acceptedItems: items };
  const note = { action: 'acceptShiftHandover', rule: 'A031' };
  await saveAndTell(tx, shiftHandoverAggregate, { before: handover, after, note }, [
    shiftHandoverEvents.accepted,
    (row) => handoverFact(row),
  ]);
  return { id: handover.id };
}
