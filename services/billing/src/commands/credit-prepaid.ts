import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { meterBalanceLow, meterToppedUp, meterTopUpVoided } from '@steward/events';
import { lockAggregate, notify, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { insertPrepaidEntry, insertPrepaidNotice, occupantOf, type Holder } from '../db/meter-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { lockAccounts } from '../db/refund-queries.ts';
import { metersPolicy } from '../domain/charges-policy.ts';
import type { Cause } from '../domain/charge.ts';
import type { AccountKey } from '../domain/ledger.ts';
import { afterBalanceMoved, lowAmount } from '../domain/meter-rules.ts';
import type { Meter, MeterReading } from '../domain/meter.ts';
import { accountIn } from './lock-counter.ts';
import { postTransactions } from './post-transactions.ts';
import { raiseCharge } from './raise-charge.ts';

export const meterFact = ({ id: meterId, unitId, chargeTypeCode }: Meter) => ({ meterId, unitId, chargeTypeCode });

/** Whose money is on a prepaid meter: whoever lives there on the day. */
export async function requireHolder(tx: Tx, { unitId }: Meter, day: string): Promise<Holder> {
  const holder = unitId === null ? null : await occupantOf(tx, unitId, day);
  if (holder === null) throw new DomainError('CONFLICT', 'HOLDER_MISSING', { rule: 'A209' });
  return holder;
}

export const prepaidAccount = ({ id, chargeTypeCode }: Meter, billingAccountId: string): AccountKey => ({
  type: 'PREPAID',
  billingAccountId,
  chargeTypeCode,
  referenceId: id,
});

export const meterCause = ({ id }: Meter) => ({ service: 'billing', aggregateType: 'meter', id });

/** What is left on a meter becomes an advance of whoever paid it, what was used beyond it is owed by whoever used it. */
async function settleFormer(tx: Tx, meter: Meter, former: string): Promise<void> {
  const { balance, communityId, chargeTypeCode } = meter;
  const held = prepaidAccount(meter, former);
  if (balance < 0) {
    const { unitId, householdId } = await accountIn(tx, communityId, former);
    const owed = { communityId, billingAccountId: former, unitId, householdId, chargeTypeCode, amount: -balance };
    await raiseCharge(tx, { ...owed, cause: meterCause(meter), against: held });
    return;
  }
  await lockAccounts(tx, [former]);
  const advance: AccountKey = { type: 'ADVANCE', billingAccountId: former };
  const postings = [
    { account: held, amount: balance },
    { account: advance, amount: -balance },
  ];
  await postTransactions(tx, [{ communityId, kind: 'ALLOCATION', cause: meterCause(meter), postings }]);
}

/** Takes what is on a meter off it for good: it stays the money, or the debt, of whoever it was. */
export async function settleBalance(tx: Tx, meter: Meter): Promise<Meter> {
  const { balance, communityId, id: meterId, billingAccountId: former } = meter;
  if (former === null || balance === 0) return meter;
  await settleFormer(tx, meter, former);
  const entry = { meterId, communityId, billingAccountId: former, kind: 'HAND_OVER' as const };
  await insertPrepaidEntry(tx, { ...entry, amount: -balance, balance: 0 });
  return { ...meter, balance: 0, lowToldAt: null };
}

/** Somebody else lives there now: the meter begins at nothing for them. */
export async function handOver(tx: Tx, meter: Meter, { billingAccountId }: Holder): Promise<Meter> {
  if (meter.billingAccountId === billingAccountId) return meter;
  return { ...(await settleBalance(tx, meter)), billingAccountId };
}

/** Tells the household once that the balance is low and writes it down (A246). */
export async function tellLow(tx: Tx, meter: Meter, householdId: string, limit: number): Promise<void> {
  const { communityId, balance, number, kind, id } = meter;
  await insertPrepaidNotice(tx, meter, { householdId, limit });
  publish(tx, meter, meterBalanceLow, { ...meterFact(meter), balance, limit });
  const params = { number, kind, balance: balance / 100, limit: limit / 100 };
  const about = { communityId, template: 'prepaidLow', params, aggregateId: id };
  await notify(tx, { ...about, to: { householdId }, channel: 'SMS' });
  await notify(tx, { ...about, to: { householdId } });
}

type Credit = {
  amount: number;
  means: string;
  debit: AccountKey;
  kind?: 'TOP_UP' | 'OPENING';
  /** What it is posted for; absent: the meter. */
  cause?: Cause;
};

/** The meter afterwards, and the transaction of the ledger. */
type Credited = { meter: Meter; transactionId: string };

/**
 * Puts money onto a prepaid meter: every cent of it, without a look at what else is owed (A209; Civil Code, article 944).
 * The meter is locked by the caller.
 */
export async function creditPrepaid(tx: Tx, locked: Meter, credit: Credit): Promise<Credited> {
  const { amount, means, debit, kind = 'TOP_UP' } = credit;
  const { communityId } = locked;
  const holder = await requireHolder(tx, locked, await todayIn(tx, communityId));
  const own = await handOver(tx, locked, holder);
  const figures = await resolvePolicy(tx, metersPolicy, communityId);
  const moved = afterBalanceMoved(own, amount, figures, txScope(tx).now);
  const note = { action: 'topUpMeter', reasonCode: means, rule: 'A209' };
  const saved = await saveAggregate(tx, meterAggregate, locked, moved.meter, note);
  publish(tx, saved, meterToppedUp, { ...meterFact(saved), amount, balance: saved.balance, means });
  const { billingAccountId } = holder;
  const entry = { meterId: saved.id, communityId, billingAccountId, kind, amount, balance: saved.balance, means };
  await insertPrepaidEntry(tx, entry);
  const postings = [
    { account: debit, amount },
    { account: prepaidAccount(saved, billingAccountId), amount: -amount },
  ];
  const [transactionId = ''] = await postTransactions(tx, [
    { communityId, kind, cause: credit.cause ?? meterCause(saved), postings },
  ]);
  if (moved.isLow) await tellLow(tx, saved, holder.householdId, lowAmount(saved, figures));
  return { meter: saved, transactionId };
}

type Withdrawal = {
  billingAccountId: string;
  amount: number;
  means: string;
  action: string;
  /** As what it is written down: a void top-up, or less of what was taken over. */
  kind: 'VOID' | 'OPENING';
};

/**
 * Takes off a prepaid meter what was put onto it by mistake: only what is there still, and only while the meter is whose
 * money it was. The postings are the caller's.
 */
export async function withdrawPrepaid(
  tx: Tx,
  meterId: string,
  { billingAccountId, amount, means, action, kind }: Withdrawal,
) {
  const locked = await lockAggregate(tx, meterAggregate, meterId);
  if (locked.billingAccountId !== billingAccountId || locked.balance < amount)
    throw new DomainError('CONFLICT', 'PREPAID_USED', { rule: 'A209', params: { balance: locked.balance } });
  const { communityId } = locked;
  const figures = await resolvePolicy(tx, metersPolicy, communityId);
  const moved = afterBalanceMoved(locked, -amount, figures, txScope(tx).now);
  const saved = await saveAggregate(tx, meterAggregate, locked, moved.meter, {
    action,
    reasonCode: means,
    rule: 'A209',
  });
  publish(tx, saved, meterTopUpVoided, { ...meterFact(saved), amount, balance: saved.balance });
  const entry = { meterId, communityId, billingAccountId, kind, amount: -amount, means };
  await insertPrepaidEntry(tx, { ...entry, balance: saved.balance });
  const holder = await requireHolder(tx, saved, await todayIn(tx, communityId));
  if (moved.isLow) await tellLow(tx, saved, holder.householdId, lowAmount(saved, figures));
}

export const readFact = (meter: Meter, { id: readingId, value, used, takenOn }: MeterReading) => ({
  ...meterFact(meter),
  readingId,
  value,
  used,
  takenOn,
});
