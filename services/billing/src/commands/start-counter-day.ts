import { addDays, localDate, newId, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashMonthDue, safeCheckDue } from '@steward/events';
import {
  findCommunityReference,
  insertAggregate,
  nextNumber,
  publish,
  resolvePolicy,
  schedule,
  scheduleUnlessWaiting,
  startDeadline,
  type CommunityReference,
  type DueTimer,
} from '@steward/service-kit';

import { cashMonthEntity, safeCheckEntity } from '../db/cash-entities.ts';
import { cashMonthAggregate, safeCheckAggregate } from '../db/counter-aggregates.ts';
import { cashPolicy, counterPrefixes, type CashValues } from '../domain/counter-policy.ts';
import { scheduleBillDay } from './compare-provider-bill.ts';
import { debtListTimer } from './debt-timers.ts';
import { resumeProviderWork } from './resume-provider-work.ts';

export const counterDayTimer = 'counter-day';

const hour = 3_600_000;
const escalations = [
  { afterShare: 1, to: { role: 'supervisor' as const } },
  { afterShare: 2, to: { role: 'director' as const } },
];

/** When the next day of a community begins. */
const nextDay = (at: Date, zone: string): Date => startOfLocalDay(addDays(localDate(at, zone), 1), zone);

/** Reaction to a community: its counter works by the day from now on. */
export const startCounterDays = (tx: Tx, communityId: string, zone: string): Promise<void> =>
  scheduleUnlessWaiting(tx, { kind: counterDayTimer, communityId, dueAt: nextDay(txScope(tx).now, zone) });

async function openSafeCheck(tx: Tx, community: CommunityReference, figures: CashValues, at: Date): Promise<void> {
  const { id: communityId, timeZone: zone } = community;
  const checkedOn = localDate(at, zone);
  if ((await tx.countBy(safeCheckEntity, { communityId, checkedOn })) > 0) return;
  const number = await nextNumber(tx, communityId, counterPrefixes.safeCheck, zone);
  const notCounted = { bookAmount: null, countedAmount: null };
  const open = { isLocked: null, isScrambled: null, checkedBy: null, checkedAt: null, ...notCounted };
  const fresh = { id: newId(), communityId, number, status: 'DUE' as const, checkedOn, ...open };
  const check = await insertAggregate(tx, safeCheckAggregate, fresh, { action: 'startCounterDay', rule: 'A234' });
  publish(tx, check, safeCheckDue, { safeCheckId: check.id, on: checkedOn });
  const dueAt = new Date(startOfLocalDay(checkedOn, zone).getTime() + figures.safeCheckHour * hour);
  const spec = {
    kind: 'SAFE_CHECK',
    rule: 'A234',
    span: { dueAt },
    warnShare: 0.9,
    warnTo: { role: 'cashier' as const },
    escalations,
  };
  await startDeadline(tx, safeCheckAggregate, check, spec, { zone });
}

async function openMonth(tx: Tx, community: CommunityReference, figures: CashValues, at: Date): Promise<void> {
  const { id: communityId, timeZone: zone, currency } = community;
  const month = addDays(localDate(at, zone), -1).slice(0, 7);
  if ((await tx.countBy(cashMonthEntity, { communityId, month })) > 0) return;
  const number = await nextNumber(tx, communityId, counterPrefixes.cashMonth, zone);
  const open = {
    openingAmount: null,
    receivedAmount: null,
    paidOutAmount: null,
    closingAmount: null,
    receiptCount: null,
    closedAt: null,
    closedBy: null,
  };
  const fresh = { id: newId(), communityId, number, status: 'DUE' as const, month, currency, ...open };
  const due = await insertAggregate(tx, cashMonthAggregate, fresh, { action: 'startCounterDay', rule: 'A229' });
  publish(tx, due, cashMonthDue, { cashMonthId: due.id, month });
  const startedAt = startOfLocalDay(addDays(localDate(at, zone), -1), zone);
  const span = { amount: figures.monthCloseDays, unit: 'day' as const };
  const spec = {
    kind: 'CASH_MONTH_CLOSE',
    rule: 'A229',
    span,
    warnShare: 0.9,
    warnTo: { role: 'cashier' as const },
    escalations,
  };
  await startDeadline(tx, cashMonthAggregate, due, spec, { zone, startedAt });
}

/** Timer: a day of the counter begins: its safe check, on the first the month before, and what is overdue. */
export async function startCounterDay(tx: Tx, due: DueTimer): Promise<void> {
  const community = await findCommunityReference(tx, due.communityId ?? '');
  if (community === null || community.status === 'LEFT') return;
  const { id: communityId, timeZone: zone } = community;
  await schedule(tx, { kind: counterDayTimer, communityId, dueAt: nextDay(due.dueAt, zone) });
  const figures = await resolvePolicy(tx, cashPolicy, communityId);
  await openSafeCheck(tx, community, figures, due.dueAt);
  if (localDate(due.dueAt, zone).endsWith('-01')) await openMonth(tx, community, figures, due.dueAt);
  await schedule(tx, { kind: debtListTimer, communityId, dueAt: txScope(tx).now });
  await scheduleBillDay(tx, community, due.dueAt);
  await resumeProviderWork(tx, community, due.dueAt);
}
