import { DomainError, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { shiftSwapEvents, type EventDefinition } from '@steward/events';
import {
  insertAndTell,
  invocationOf,
  lockAggregates,
  lockAuthorized,
  nextNumber,
  notify,
  resolvePolicy,
  saveAndTell,
  zoneOf,
} from '@steward/service-kit';

import { shiftSwapAggregate } from '../db/attendance-aggregates.ts';
import { shiftSwapEntity } from '../db/attendance-entities.ts';
import { dutyShiftAggregate } from '../db/roster-aggregates.ts';
import { dutyShiftEntity } from '../db/roster-entities.ts';
import { assignables } from '../db/roster-queries.ts';
import { swapFact } from '../domain/attendance-facts.ts';
import { attendancePrefixes } from '../domain/attendance-policy.ts';
import type { ShiftSwap } from '../domain/duty-attendance.ts';
import type { DutyShift } from '../domain/duty-roster.ts';
import { rosterPolicy } from '../domain/duty-time-policy.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import {
  requireColleague,
  requireFit,
  requireOwners,
  requireRequester,
  requireSwappable,
  requireThirdParty,
  type Taking,
} from '../domain/shift-swap-rules.ts';
import type {
  AgreeShiftSwapInput,
  ApproveShiftSwapInput,
  DeclineShiftSwapInput,
  RejectShiftSwapInput,
  RequestShiftSwapInput,
  WithdrawShiftSwapInput,
} from '../graphql/generated.ts';
import { reassign } from './arrange-shift-substitution.ts';
import { requireStaff } from './register-certificate.ts';
import { patternOfShift } from './roster-context.ts';

export async function requestShiftSwap(tx: Tx, input: RequestShiftSwapInput): Promise<{ id: string }> {
  const { colleagueId, otherShiftId = null } = input;
  const shift = await lockAuthorized(tx, dutyShiftAggregate, { id: input.shiftId });
  await requireStaff(tx, colleagueId, 'input.colleagueId');
  const other = otherShiftId === null ? null : await tx.findOneBy(dutyShiftEntity, { id: otherShiftId });
  const parties = { requesterId: shift.staffId, colleagueId };
  if (colleagueId === shift.staffId || (otherShiftId !== null && other === null))
    throw new DomainError('CONFLICT', 'SHIFT_NOT_THEIRS', { rule: 'B034' });
  requireOwners(parties, { shift, other });
  requireSwappable([shift, other], txScope(tx).now);
  const { communityId, id: shiftId } = shift;
  const isOpen = await tx.existsBy(shiftSwapEntity, [
    { shiftId, status: 'REQUESTED' },
    { shiftId, status: 'AGREED' },
  ]);
  if (isOpen) throw new DomainError('CONFLICT', 'SWAP_OPEN', { rule: 'B034' });
  const number = await nextNumber(tx, communityId, attendancePrefixes.swap, await zoneOf(tx, communityId));
  const fresh = { id: newId(), communityId, number, shiftId, otherShiftId, ...parties };
  const open = { ...fresh, status: 'REQUESTED' as const, decidedAt: null };
  const note = { action: 'requestShiftSwap', rule: 'B034' };
  const swap = await insertAndTell(tx, shiftSwapAggregate, open, note, [shiftSwapEvents.requested, swapFact]);
  await tellOfSwap(tx, swap, { staffId: colleagueId }, 'shiftSwapRequested');
  return { id: swap.id };
}

type Recipient = { staffId: string } | { role: 'supervisor' };

async function tellOfSwap(tx: Tx, swap: ShiftSwap, to: Recipient, template: string): Promise<void> {
  const { communityId, id: aggregateId, number } = swap;
  await notify(tx, { communityId, to, template, params: { number }, aggregateId });
}

type Step = {
  action: DutyAction;
  status: ShiftSwap['status'];
  fact: EventDefinition<ReturnType<typeof swapFact>>;
  reason?: string;
};

async function step(tx: Tx, swap: ShiftSwap, { action, status, fact, reason }: Step): Promise<ShiftSwap> {
  const after = { ...moveBy(swap, action, status), decidedAt: txScope(tx).now };
  const note = { action, rule: 'B034', ...(reason === undefined ? {} : { reason }) };
  return saveAndTell(tx, shiftSwapAggregate, { before: swap, after, note }, [fact, swapFact]);
}

const viewerId = (tx: Tx): string | null => invocationOf(tx).viewer.staffId ?? null;

/** The colleague's consent; the supervisor is asked next. */
export async function agreeShiftSwap(tx: Tx, input: AgreeShiftSwapInput): Promise<{ id: string }> {
  const swap = await lockAuthorized(tx, shiftSwapAggregate, input);
  requireColleague(swap, viewerId(tx));
  const saved = await step(tx, swap, { action: 'agreeShiftSwap', status: 'AGREED', fact: shiftSwapEvents.agreed });
  await tellOfSwap(tx, saved, { role: 'supervisor' }, 'shiftSwapAgreed');
  return { id: saved.id };
}

export async function declineShiftSwap(tx: Tx, input: DeclineShiftSwapInput): Promise<{ id: string }> {
  const swap = await lockAuthorized(tx, shiftSwapAggregate, input);
  requireColleague(swap, viewerId(tx));
  const told = { action: 'declineShiftSwap', status: 'DECLINED', fact: shiftSwapEvents.declined } as const;
  const saved = await step(tx, swap, told);
  await tellOfSwap(tx, saved, { staffId: saved.requesterId }, 'shiftSwapDecided');
  return { id: saved.id };
}

export async function rejectShiftSwap(tx: Tx, input: RejectShiftSwapInput): Promise<{ id: string }> {
  const swap = await lockAuthorized(tx, shiftSwapAggregate, input);
  requireThirdParty(swap, viewerId(tx));
  const reason = requireReason(input.reason);
  const told = { action: 'rejectShiftSwap', status: 'REJECTED', fact: shiftSwapEvents.rejected, reason } as const;
  const saved = await step(tx, swap, told);
  await tellOfSwap(tx, saved, { staffId: saved.requesterId }, 'shiftSwapDecided');
  return { id: saved.id };
}

export async function withdrawShiftSwap(tx: Tx, input: WithdrawShiftSwapInput): Promise<{ id: string }> {
  const swap = await lockAuthorized(tx, shiftSwapAggregate, input);
  requireRequester(swap, viewerId(tx));
  const told = { action: 'withdrawShiftSwap', status: 'WITHDRAWN', fact: shiftSwapEvents.withdrawn } as const;
  return { id: (await step(tx, swap, told)).id };
}

/** The supervisor's consent (B034): the shifts change hands if both may work what they get. */
export async function approveShiftSwap(tx: Tx, input: ApproveShiftSwapInput): Promise<{ id: string }> {
  const swap = await lockAuthorized(tx, shiftSwapAggregate, input);
  requireThirdParty(swap, viewerId(tx));
  const told = { action: 'approveShiftSwap', status: 'APPROVED', fact: shiftSwapEvents.approved } as const;
  const saved = await step(tx, swap, told);
  const ids = [swap.shiftId, ...(swap.otherShiftId === null ? [] : [swap.otherShiftId])];
  const shifts = await lockAggregates(tx, dutyShiftAggregate, ids);
  const shift = shifts.get(swap.shiftId);
  const other = shifts.get(swap.otherShiftId ?? '') ?? null;
  if (shift === undefined) throw new Error('a shift that is swapped stays');
  requireSwappable([shift, other], txScope(tx).now);
  requireOwners(swap, { shift, other });
  await requireBothFit(tx, swap, shift, other);
  await reassign(tx, shift, swap.colleagueId, 'B034');
  if (other !== null) await reassign(tx, other, swap.requesterId, 'B034');
  for (const staffId of [swap.requesterId, swap.colleagueId])
    await tellOfSwap(tx, saved, { staffId }, 'shiftSwapDecided');
  return { id: saved.id };
}

async function requireBothFit(tx: Tx, swap: ShiftSwap, shift: DutyShift, other: DutyShift | null): Promise<void> {
  const zone = await zoneOf(tx, swap.communityId);
  const { restAfterNightHours } = await resolvePolicy(tx, rosterPolicy, swap.communityId);
  const taking = async (staffId: string, taken: DutyShift, givenAway: DutyShift | null): Promise<Taking> => {
    const one = (await assignables(tx, [staffId], { from: taken.startsAt, to: taken.endsAt })).get(staffId);
    if (one === undefined) throw new DomainError('CONFLICT', 'SHIFT_NOT_THEIRS', { rule: 'B034' });
    return { one, shift: taken, pattern: await patternOfShift(tx, taken, zone), givenAway };
  };
  const takings = [await taking(swap.colleagueId, shift, other)];
  if (other !== null) takings.push(await taking(swap.requesterId, other, shift));
  requireFit(takings, restAfterNightHours);
}
