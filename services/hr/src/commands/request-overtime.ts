import { DomainError, localDate, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { overtimeRequestEvents, type EventDefinition } from '@steward/events';
import {
  insertAndTell,
  invocationOf,
  lockAuthorized,
  lockNaturalKeys,
  nextNumber,
  notify,
  saveAndTell,
  seal,
  zoneOf,
} from '@steward/service-kit';

import { hasOpenOvertime } from '../db/leave-queries.ts';
import { overtimeRequestAggregate } from '../db/pay-aggregates.ts';
import { moveBy, requireReason, type DutyAction } from '../domain/duty-transition-rules.ts';
import { overtimeViolations, requireSomebodyElse } from '../domain/leave-rules.ts';
import { overtimeFact } from '../domain/pay-facts.ts';
import type { OvertimeRequest } from '../domain/pay.ts';
import { payPrefixes } from '../domain/payroll-policy.ts';
import type {
  ApproveOvertimeRequestInput,
  RejectOvertimeRequestInput,
  RequestOvertimeInput,
  WithdrawOvertimeRequestInput,
} from '../graphql/generated.ts';
import { lockSelf } from './request-leave.ts';

export async function requestOvertime(tx: Tx, input: RequestOvertimeInput): Promise<{ id: string }> {
  const { staffId, from, to } = input;
  const { communityId } = await lockSelf(tx, staffId);
  refuseAll(overtimeViolations(input));
  await lockNaturalKeys(tx, `overtime/${staffId}`);
  if (await hasOpenOvertime(tx, staffId, from, to))
    throw new DomainError('CONFLICT', 'OVERTIME_OVERLAPS', { rule: 'A011' });
  const zone = await zoneOf(tx, communityId);
  const number = await nextNumber(tx, communityId, payPrefixes.overtime, zone);
  const times = { workedOn: localDate(from, zone), overtimeFrom: from, overtimeTo: to };
  const open = { reasonSealed: seal(tx, input.reason.trim()), status: 'REQUESTED' as const, decidedAt: null };
  const fresh = { id: newId(), communityId, number, staffId, ...times, ...open };
  const note = { action: 'requestOvertime', rule: 'A011' };
  const told = [overtimeRequestEvents.requested, overtimeFact] as const;
  const { id } = await insertAndTell(tx, overtimeRequestAggregate, fresh, note, told);
  const supervisor = { role: 'supervisor' } as const;
  await notify(tx, { communityId, to: supervisor, template: 'overtimeRequested', params: { number }, aggregateId: id });
  return { id };
}

type Step = {
  action: DutyAction;
  status: OvertimeRequest['status'];
  fact: EventDefinition<ReturnType<typeof overtimeFact>>;
  reason?: string;
};

async function step(tx: Tx, before: OvertimeRequest, { action, status, fact, reason }: Step): Promise<{ id: string }> {
  const after = { ...moveBy(before, action, status), decidedAt: txScope(tx).now };
  const note = { action, rule: 'A011', ...(reason === undefined ? {} : { reason }) };
  const saved = await saveAndTell(tx, overtimeRequestAggregate, { before, after, note }, [fact, overtimeFact]);
  return { id: saved.id };
}

async function lockOthers(tx: Tx, input: { id: string; expectedVersion?: number | null }): Promise<OvertimeRequest> {
  const overtime = await lockAuthorized(tx, overtimeRequestAggregate, input);
  requireSomebodyElse(overtime.staffId, invocationOf(tx).viewer.staffId ?? null, 'A011');
  return overtime;
}

export async function approveOvertimeRequest(tx: Tx, input: ApproveOvertimeRequestInput): Promise<{ id: string }> {
  const fact = overtimeRequestEvents.approved;
  return step(tx, await lockOthers(tx, input), { action: 'approveOvertimeRequest', status: 'APPROVED', fact });
}

export async function rejectOvertimeRequest(tx: Tx, input: RejectOvertimeRequestInput): Promise<{ id: string }> {
  const overtime = await lockOthers(tx, input);
  const reason = requireReason(input.reason);
  const fact = overtimeRequestEvents.rejected;
  return step(tx, overtime, { action: 'rejectOvertimeRequest', status: 'REJECTED', fact, reason });
}

export async function withdrawOvertimeRequest(tx: Tx, input: WithdrawOvertimeRequestInput): Promise<{ id: string }> {
  const overtime = await lockAuthorized(tx, overtimeRequestAggregate, input);
  const fact = overtimeRequestEvents.withdrawn;
  return step(tx, overtime, { action: 'withdrawOvertimeRequest', status: 'WITHDRAWN', fact });
}
