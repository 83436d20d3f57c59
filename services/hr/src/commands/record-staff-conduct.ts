import { DomainError, localDate, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { conductRecordEvents, type cashierSessionVarianceReported, type StewardEvent } from '@steward/events';
import {
  authorize,
  findCommunityReference,
  insertAndTell,
  invocationOf,
  lockAggregate,
  lockAuthorized,
  nextNumber,
  notify,
  saveAndTell,
  seal,
  sealOptional,
} from '@steward/service-kit';

import { staffAggregate } from '../db/aggregates.ts';
import { staffEntity } from '../db/entities.ts';
import { conductRecordAggregate } from '../db/pay-aggregates.ts';
import { conductRecordEntity } from '../db/pay-entities.ts';
import { isPaid } from '../db/payroll-queries.ts';
import { loadStaffSubject } from '../db/staff-subject-queries.ts';
import { moveBy, requireReason } from '../domain/duty-transition-rules.ts';
import { pointsByHand, pointsOf, requireSomebodyElse } from '../domain/leave-rules.ts';
import { conductFact } from '../domain/pay-facts.ts';
import type { ConductRecord } from '../domain/pay.ts';
import { payPrefixes, rewardKind } from '../domain/payroll-policy.ts';
import type { CancelConductRecordInput, RecordStaffConductInput, RewardStaffInput } from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';

type Entry = Pick<ConductRecord, 'staffId' | 'kindCode' | 'points' | 'rewardAmount' | 'occurredOn' | 'sourceId'>;

/** Books points of the conduct table (B041). */
export async function recordStaffConduct(tx: Tx, input: RecordStaffConductInput): Promise<{ id: string }> {
  const { staffId, kindCode, occurredOn } = input;
  const communityId = await requireOther(tx, staffId);
  const points = pointsByHand(kindCode);
  await requireNoted(tx, communityId, input);
  const entry = { staffId, kindCode, points, rewardAmount: null, occurredOn, sourceId: null };
  return bookConduct(tx, communityId, entry, seal(tx, input.note.trim()));
}

export async function rewardStaff(tx: Tx, input: RewardStaffInput): Promise<{ id: string }> {
  const { staffId, occurredOn, amount: rewardAmount } = input;
  const communityId = await requireOther(tx, staffId);
  if (!Number.isSafeInteger(rewardAmount) || rewardAmount <= 0)
    throw new DomainError('BAD_USER_INPUT', 'REWARD_AMOUNT', { path: 'input.amount' });
  await requireNoted(tx, communityId, input);
  const entry = { staffId, kindCode: rewardKind, points: 0, rewardAmount, occurredOn, sourceId: null };
  return bookConduct(tx, communityId, entry, seal(tx, input.note.trim()));
}

async function requireOther(tx: Tx, staffId: string): Promise<string> {
  const staff = await lockAggregate(tx, staffAggregate, staffId);
  await authorize(tx, await loadStaffSubject(tx, staff));
  await requireStaff(tx, staffId);
  requireSomebodyElse(staffId, invocationOf(tx).viewer.staffId ?? null, 'B041');
  return staff.communityId;
}

async function requireNoted(tx: Tx, communityId: string, input: { note: string; occurredOn: string }): Promise<void> {
  if (input.note.trim() === '') throw new DomainError('BAD_USER_INPUT', 'TEXT_REQUIRED', { path: 'input.note' });
  const community = await findCommunityReference(tx, communityId);
  if (input.occurredOn > localDate(txScope(tx).now, community?.timeZone ?? 'UTC'))
    throw new DomainError('BAD_USER_INPUT', 'IN_THE_FUTURE', { path: 'input.occurredOn' });
}

/** Books an entry and tells whose it is. */
export async function bookConduct(
  tx: Tx,
  communityId: string,
  entry: Entry,
  noteSealed: string | null,
): Promise<{ id: string }> {
  const community = await findCommunityReference(tx, communityId);
  if (community === null) throw new Error('staff belong to a community that is known');
  const { timeZone, currency } = community;
  const number = await nextNumber(tx, communityId, payPrefixes.conduct, timeZone);
  const fresh = { id: newId(), communityId, number, ...entry, currency, noteSealed, status: 'RECORDED' as const };
  const note = { action: 'recordStaffConduct', reasonCode: entry.kindCode, rule: 'B041' };
  const told = [conductRecordEvents.recorded, conductFact] as const;
  const { id } = await insertAndTell(tx, conductRecordAggregate, fresh, note, told);
  const params = { number, kind: entry.kindCode };
  const to = { staffId: entry.staffId };
  await notify(tx, { communityId, to, template: 'conductRecorded', params, aggregateId: id });
  return { id };
}

/** Takes an entry back, unless the pay of its month is approved. */
export async function cancelConductRecord(tx: Tx, input: CancelConductRecordInput): Promise<{ id: string }> {
  const record = await lockAuthorized(tx, conductRecordAggregate, input);
  const cancelled = moveBy(record, 'cancelConductRecord', 'CANCELLED');
  const reason = requireReason(input.reason);
  if (await isPaid(tx, record.communityId, record.occurredOn))
    throw new DomainError('CONFLICT', 'CONDUCT_PAID', { rule: 'B041' });
  const note = { action: 'cancelConductRecord', reason, rule: 'B041' };
  const told = [conductRecordEvents.cancelled, conductFact] as const;
  return { id: (await saveAndTell(tx, conductRecordAggregate, { before: record, after: cancelled, note }, told)).id };
}

type VarianceData = ReturnType<(typeof cashierSessionVarianceReported)['data']['parse']>;

/** Reaction: a till was short; billing tells of it, the points are booked here, once (B041). A surplus costs nothing. */
export async function bookCashShortage(tx: Tx, event: StewardEvent<VarianceData>): Promise<void> {
  const { cashierId: staffId, varianceId: sourceId, kind } = event.data;
  if (kind !== 'SHORTAGE') return;
  const staff = await tx.findOneBy(staffEntity, { id: staffId });
  if (staff === null || (await tx.existsBy(conductRecordEntity, { sourceId }))) return;
  const community = await findCommunityReference(tx, staff.communityId);
  const occurredOn = localDate(new Date(event.time), community?.timeZone ?? 'UTC');
  const kindCode = 'CASH_SHORTAGE';
  const entry = { staffId, kindCode, points: pointsOf(kindCode), rewardAmount: null, occurredOn, sourceId };
  await bookConduct(tx, staff.communityId, entry, sealOptional(tx, null));
}
