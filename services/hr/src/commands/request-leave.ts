import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { leaveRequestEvents, type EventDefinition } from '@steward/events';
import {
  authorize,
  insertAndTell,
  invocationOf,
  lockAggregate,
  lockAuthorized,
  lockNaturalKeys,
  nextNumber,
  notify,
  saveAndTell,
  seal,
  zoneOf,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { firstShiftOn, hasOpenLeave } from '../db/leave-queries.ts';
import { leaveRequestAggregate } from '../db/pay-aggregates.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import { leaveViolations, requireInTime, requireSomebodyElse } from '../domain/leave-rules.ts';
import { leaveFact } from '../domain/pay-facts.ts';
import type { LeaveRequest } from '../domain/pay.ts';
import { payPrefixes } from '../domain/payroll-policy.ts';
import type {
  ApproveLeaveRequestInput,
  EndorseLeaveRequestInput,
  RejectLeaveRequestInput,
  RequestLeaveInput,
  WithdrawLeaveRequestInput,
} from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';
import { shiftsByDay } from './roster-context.ts';

type Leave = Pick<LeaveRequest, 'staffId' | 'communityId' | 'startsOn'>;

/** When leave begins: with the first shift of its first day, for who has none with the morning. */
async function beginningOf(tx: Tx, { staffId, communityId, startsOn }: Leave, zone: string): Promise<Date> {
  const shift = await firstShiftOn(tx, staffId, startsOn);
  if (shift !== null) return shift;
  const morning = (await shiftsByDay(tx, communityId, zone, [startsOn])).get(startsOn)?.get('MORNING');
  if (morning === undefined) throw new Error('there is always a morning');
  return morning.startsAt;
}

export async function requestLeave(tx: Tx, input: RequestLeaveInput): Promise<{ id: string }> {
  const { staffId, kindCode, startsOn, endsOn } = input;
  const { communityId } = await lockSelf(tx, staffId);
  const zone = await zoneOf(tx, communityId);
  refuseAll(leaveViolations(input));
  requireInTime(await beginningOf(tx, { staffId, communityId, startsOn }, zone), txScope(tx).now);
  await lockNaturalKeys(tx, `leave/${staffId}`);
  if (await hasOpenLeave(tx, staffId, startsOn, endsOn))
    throw new DomainError('CONFLICT', 'LEAVE_OVERLAPS', { rule: 'B035' });
  const number = await nextNumber(tx, communityId, payPrefixes.leave, zone);
  const open = { status: 'REQUESTED' as const, endorsedBy: null, decidedAt: null };
  const reasonSealed = seal(tx, input.reason.trim());
  const fresh = { id: newId(), communityId, number, staffId, kindCode, startsOn, endsOn, reasonSealed, ...open };
  const note = { action: 'requestLeave', rule: 'B035' };
  const leave = await insertAndTell(tx, leaveRequestAggregate, fresh, note, [leaveRequestEvents.requested, leaveFact]);
  await tell(tx, leave, { role: 'supervisor' }, 'leaveRequested');
  return { id: leave.id };
}

/** Somebody asks for themselves. */
export async function lockSelf(tx: Tx, staffId: string): Promise<{ communityId: string }> {
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  await requireStaff(tx, staffId);
  return staff;
}

type Recipient = { staffId: string } | { role: 'supervisor' | 'director' };

async function tell(tx: Tx, leave: LeaveRequest, to: Recipient, template: string): Promise<void> {
  const { communityId, id: aggregateId, number } = leave;
  await notify(tx, { communityId, to, template, params: { number }, aggregateId });
}

type Step = {
  action: DutyAction;
  status: LeaveRequest['status'];
  fact: EventDefinition<ReturnType<typeof leaveFact>>;
  reason?: string;
  changes?: Partial<LeaveRequest>;
};

async function step(
  tx: Tx,
  leave: LeaveRequest,
  { action, status, fact, reason, changes }: Step,
): Promise<LeaveRequest> {
  const after = { ...moveBy(leave, action, status), ...changes };
  const note = { action, rule: 'B035', ...(reason === undefined ? {} : { reason }) };
  return saveAndTell(tx, leaveRequestAggregate, { before: leave, after, note }, [fact, leaveFact]);
}

const viewerId = (tx: Tx): string | null => invocationOf(tx).viewer.staffId ?? null;

/** The supervisor's approval, the first of two (B035). */
export async function endorseLeaveRequest(tx: Tx, input: EndorseLeaveRequestInput): Promise<{ id: string }> {
  const leave = await lockAuthorized(tx, leaveRequestAggregate, input);
  requireSomebodyElse(leave.staffId, viewerId(tx), 'B035');
  const changes = { endorsedBy: txScope(tx).actor.sub };
  const told = {
    action: 'endorseLeaveRequest',
    status: 'ENDORSED',
    fact: leaveRequestEvents.endorsed,
    changes,
  } as const;
  const saved = await step(tx, leave, told);
  await tell(tx, saved, { role: 'director' }, 'leaveEndorsed');
  return { id: saved.id };
}

/** The director's approval; once the leave has begun it comes too late (B035). */
export async function approveLeaveRequest(tx: Tx, input: ApproveLeaveRequestInput): Promise<{ id: string }> {
  const { now } = txScope(tx);
  const leave = await lockAuthorized(tx, leaveRequestAggregate, input);
  requireSomebodyElse(leave.staffId, viewerId(tx), 'B035');
  const changes = { decidedAt: now };
  const told = {
    action: 'approveLeaveRequest',
    status: 'APPROVED',
    fact: leaveRequestEvents.approved,
    changes,
  } as const;
  const saved = await step(tx, leave, told);
  requireInTime(await beginningOf(tx, leave, await zoneOf(tx, leave.communityId)), now);
  await tell(tx, saved, { staffId: saved.staffId }, 'leaveDecided');
  await tell(tx, saved, { role: 'supervisor' }, 'leaveNeedsCover');
  return { id: saved.id };
}

export async function rejectLeaveRequest(tx: Tx, input: RejectLeaveRequestInput): Promise<{ id: string }> {
  const leave = await lockAuthorized(tx, leaveRequestAggregate, input);
  requireSomebodyElse(leave.staffId, viewerId(tx), 'B035');
  const reason = requireReason(input.reason);
  const changes = { decidedAt: txScope(tx).now };
  const fact = leaveRequestEvents.rejected;
  const saved = await step(tx, leave, { action: 'rejectLeaveRequest', status: 'REJECTED', fact, reason, changes });
  await tell(tx, saved, { staffId: saved.staffId }, 'leaveDecided');
  return { id: saved.id };
}

export async function withdrawLeaveRequest(tx: Tx, input: WithdrawLeaveRequestInput): Promise<{ id: string }> {
  const leave = await lockAuthorized(tx, leaveRequestAggregate, input);
  const changes = { decidedAt: txScope(tx).now };
  const fact = leaveRequestEvents.withdrawn;
  return { id: (await step(tx, leave, { action: 'withdrawLeaveRequest', status: 'WITHDRAWN', fact, changes })).id };
}
