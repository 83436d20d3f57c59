import { newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { spendingRequestEvents, type EventDefinition } from '@steward/events';
import {
  insertAndTell,
  invocationOf,
  lockAuthorized,
  managedCommunity,
  nextNumber,
  notify,
  saveAndTell,
  seal,
} from '@steward/service-kit';

import { spendingRequestAggregate } from '../db/position-aggregates.ts';
import { moveBy, type DutyAction } from '../domain/duty-transition-rules.ts';
import { requireSomebodyElse } from '../domain/leave-rules.ts';
import { spendingFact } from '../domain/position-facts.ts';
import { positionPrefixes } from '../domain/position-policy.ts';
import { rangeViolations } from '../domain/position-rules.ts';
import type { SpendingRequest } from '../domain/position.ts';
import type {
  ApproveSpendingRequestInput,
  RejectSpendingRequestInput,
  RequestSpendingInput,
  WithdrawSpendingRequestInput,
} from '../graphql/generated.ts';
import { lockSelf } from './request-leave.ts';
import { requireAuthority } from './require-authority.ts';

export async function requestSpending(tx: Tx, input: RequestSpendingInput): Promise<{ id: string }> {
  const { staffId: requesterId, kind, amount } = input;
  const { communityId } = await lockSelf(tx, requesterId);
  const { currency, timeZone } = await managedCommunity(tx, communityId);
  const violations = rangeViolations([['input.amount', amount, 1, Number.MAX_SAFE_INTEGER]]);
  if (input.purpose.trim() === '') violations.push({ path: 'input.purpose', reason: 'TEXT_REQUIRED' });
  refuseAll(violations);
  const number = await nextNumber(tx, communityId, positionPrefixes.spending, timeZone);
  const terms = { kind, requesterId, amount, currency, purposeSealed: seal(tx, input.purpose.trim()) };
  const fresh = { id: newId(), communityId, number, ...terms, status: 'REQUESTED' as const, decidedAt: null };
  const note = { action: 'requestSpending', rule: 'A330' };
  const told = [spendingRequestEvents.requested, spendingFact] as const;
  const { id } = await insertAndTell(tx, spendingRequestAggregate, fresh, note, told);
  const to = { role: 'director' } as const;
  await notify(tx, { communityId, to, template: 'spendingRequested', params: { number }, aggregateId: id });
  return { id };
}

type Step = {
  action: DutyAction;
  status: SpendingRequest['status'];
  fact: EventDefinition<ReturnType<typeof spendingFact>>;
  reason?: string;
};

async function step(tx: Tx, before: SpendingRequest, { action, status, fact, reason }: Step): Promise<{ id: string }> {
  const after = { ...moveBy(before, action, status), decidedAt: txScope(tx).now };
  const note = { action, rule: 'A330', ...(reason === undefined ? {} : { reason }) };
  return { id: (await saveAndTell(tx, spendingRequestAggregate, { before, after, note }, [fact, spendingFact])).id };
}

const isOwn = (tx: Tx, { requesterId }: SpendingRequest): void =>
  requireSomebodyElse(requesterId, invocationOf(tx).viewer.staffId ?? null, 'A330');

/** Who has the authority up to this amount lets it be paid (A330). */
export async function approveSpendingRequest(tx: Tx, input: ApproveSpendingRequestInput): Promise<{ id: string }> {
  const request = await lockAuthorized(tx, spendingRequestAggregate, input);
  isOwn(tx, request);
  const { communityId, kind, amount } = request;
  await requireAuthority(tx, communityId, kind === 'PAYMENT' ? 'APPROVE_PAYMENT' : 'APPROVE_CLAIM', { amount });
  const fact = spendingRequestEvents.approved;
  return step(tx, request, { action: 'approveSpendingRequest', status: 'APPROVED', fact });
}

export async function rejectSpendingRequest(tx: Tx, input: RejectSpendingRequestInput): Promise<{ id: string }> {
  const request = await lockAuthorized(tx, spendingRequestAggregate, input);
  isOwn(tx, request);
  const fact = spendingRequestEvents.rejected;
  return step(tx, request, { action: 'rejectSpendingRequest', status: 'REJECTED', fact, reason: input.because });
}

export async function withdrawSpendingRequest(tx: Tx, input: WithdrawSpendingRequestInput): Promise<{ id: string }> {
  const request = await lockAuthorized(tx, spendingRequestAggregate, input);
  const fact = spendingRequestEvents.withdrawn;
  return step(tx, request, { action: 'withdrawSpendingRequest', status: 'WITHDRAWN', fact });
}
