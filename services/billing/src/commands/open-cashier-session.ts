import { DomainError, newId, startOfLocalDay, localDate } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { cashierSessionOpened } from '@steward/events';
import {
  authorize,
  insertAggregate,
  managedCommunity,
  nextNumber,
  publish,
  resolvePolicy,
  startDeadline,
} from '@steward/service-kit';

import { addEntry, lastSessionOf, lockOpenSessionOf, lockShifts } from '../db/cash-queries.ts';
import { cashierSessionAggregate } from '../db/counter-aggregates.ts';
import { checkFloat, countedCash } from '../domain/cash-rules.ts';
import type { CashierSession } from '../domain/cashier-session.ts';
import { cashPolicy, counterPrefixes } from '../domain/counter-policy.ts';
import { checkBookPrefix } from '../domain/receipt-rules.ts';
import type { OpenCashierSessionInput } from '../graphql/generated.ts';
import { actingStaff } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { reportVariance } from './report-variance.ts';
import { requireInSafe } from './take-from-safe.ts';

/** What the shift before left in the till; null: the float comes from the safe. */
async function handedOver(tx: Tx, communityId: string, book: string): Promise<CashierSession | null> {
  const last = await lastSessionOf(tx, communityId, book);
  if (last === null) return null;
  if (last.status === 'OPEN' || last.status === 'COUNTED')
    throw new DomainError('CONFLICT', 'TILL_NOT_HANDED_OVER', { rule: 'B044', params: { book } });
  return (last.floatLeft ?? 0) > 0 ? last : null;
}

/** The float moves from the shift before, or from the safe, into the till of the new one. */
async function moveFloat(tx: Tx, session: CashierSession, from: CashierSession | null, float: number): Promise<void> {
  const { id: sessionId, communityId } = session;
  if (float === 0) return;
  if (from === null) await requireInSafe(tx, communityId, float, 'B044');
  const source =
    from === null ? { type: 'CASH_IN_SAFE' as const } : { type: 'CASH_IN_HAND' as const, referenceId: from.id };
  const cause = { service: 'billing', aggregateType: cashierSessionAggregate.type, id: sessionId };
  const postings = [
    { account: { type: 'CASH_IN_HAND' as const, referenceId: sessionId }, amount: float },
    { account: source, amount: -float },
  ];
  await postTransactions(tx, [{ communityId, kind: 'CASH_MOVEMENT', cause, postings }]);
  if (from !== null)
    await addEntry(tx, { communityId, sessionId: from.id, kind: 'FLOAT_LEFT', amount: -float, causeId: sessionId });
  await addEntry(tx, { communityId, sessionId, kind: 'FLOAT', amount: float, causeId: from?.id ?? null });
}

/** The cash is with finance by the hour of the policy; a shift that begins after it hands in the next day (A233). */
async function startHandInClock(tx: Tx, session: CashierSession, handInHour: number, zone: string): Promise<void> {
  const { now } = txScope(tx);
  const midnight = startOfLocalDay(localDate(now, zone), zone).getTime();
  const today = new Date(midnight + handInHour * 3_600_000);
  const dueAt = today > now ? today : new Date(today.getTime() + 86_400_000);
  const escalations = [
    { afterShare: 1, to: { role: 'supervisor' as const } },
    { afterShare: 2, to: { role: 'director' as const } },
  ];
  const warning = { warnShare: 0.8, warnTo: { staffId: session.cashierId } };
  const spec = { kind: 'CASH_HAND_IN', rule: 'A233', span: { dueAt }, ...warning, escalations };
  await startDeadline(tx, cashierSessionAggregate, session, spec, { zone });
}

/** A shift begins: the float is counted and compared with what was handed over; the record is written (B044). */
export async function openCashierSession(tx: Tx, input: OpenCashierSessionInput): Promise<{ id: string }> {
  const { communityId, book } = input;
  await authorize(tx, { communityId });
  const { timeZone: zone, currency } = await managedCommunity(tx, communityId);
  checkBookPrefix(book);
  const cashierId = actingStaff(tx);
  await lockShifts(tx, communityId);
  if ((await lockOpenSessionOf(tx, communityId, cashierId)) !== null)
    throw new DomainError('CONFLICT', 'SESSION_OPEN', { rule: 'B044' });
  const before = await handedOver(tx, communityId, book);
  const figures = await resolvePolicy(tx, cashPolicy, communityId);
  const counted = countedCash(input.pieces);
  const variance = checkFloat(counted, before?.floatLeft ?? null, figures);
  const { now } = txScope(tx);
  const fresh = {
    id: newId(),
    communityId,
    number: await nextNumber(tx, communityId, counterPrefixes.cashierSession, zone),
    status: 'OPEN' as const,
    cashierId,
    book,
    currency,
    floatAmount: counted,
    takenOverFrom: before?.id ?? null,
    openedAt: now,
    expectedAmount: null,
    countedAmount: null,
    countedAt: null,
    floatLeft: null,
    dropAmount: null,
    dropBag: null,
    witnessId: null,
    droppedAt: null,
    depositSlip: null,
    handedInAt: null,
    receivedBy: null,
    handInPlace: null,
  };
  const session = await insertAggregate(tx, cashierSessionAggregate, fresh, {
    action: 'openCashierSession',
    rule: 'B044',
  });
  const { takenOverFrom } = session;
  const float = { amount: counted, currency };
  publish(tx, session, cashierSessionOpened, { sessionId: session.id, cashierId, float, takenOverFrom });
  await moveFloat(tx, session, before, before?.floatLeft ?? figures.floatAmount);
  if (variance !== null) await reportVariance(tx, session, variance, 'OPENING');
  await startHandInClock(tx, session, figures.handInHour, zone);
  return { id: session.id };
}
