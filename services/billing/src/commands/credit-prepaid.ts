import { DomainError } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { meterBalanceLow, meterRead, meterToppedUp } from '@steward/events';
import { notify, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { insertPrepaidEntry, insertPrepaidNotice, occupantOf, type Holder } from '../db/meter-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { metersPolicy } from '../domain/charges-policy.ts';
import type { Cause } from '../domain/charge.ts';
import type { AccountKey } from '../domain/ledger.ts';
import { afterBalanceMoved, lowAmount } from '../domain/meter-rules.ts';
import type { Meter, MeterReading } from '../domain/meter.ts';
import { postTransactions } from './post-transactions.ts';

export const meterFact = ({ id: meterId, unitId, chargeTypeCode }: Meter) => ({ meterId, unitId, chargeTypeCode });

/** Whose money is on a prepaid meter: whoever lives there on the day. */
export async function requireHolder(tx: Tx, { unitId }: Meter, day: string): Promise<Holder> {
  const holder = unitId === null ? null : await occupantOf(tx, unitId, day);
  if (holder === null) throw new DomainError('CONFLICT', 'HOLDER_MISSING', { rule: 'A209' });
  return holder;
}

const prepaidAccount = ({ id, chargeTypeCode }: Meter, billingAccountId: string): AccountKey => ({
  type: 'PREPAID',
  billingAccountId,
  chargeTypeCode,
  referenceId: id,
});

const cause = ({ id }: Meter) => ({ service: 'billing', aggregateType: 'meter', id });

/** Somebody else lives there now: what is left stays the money of whoever paid it, as an advance of theirs. */
async function handOver(tx: Tx, meter: Meter, { billingAccountId }: Holder): Promise<Meter> {
  const former = meter.billingAccountId;
  if (former === null || former === billingAccountId || meter.balance === 0) return { ...meter, billingAccountId };
  const { balance, communityId, id: meterId } = meter;
  const advance: AccountKey = { type: 'ADVANCE', billingAccountId: former };
  const postings = [
    { account: prepaidAccount(meter, former), amount: balance },
    { account: advance, amount: -balance },
  ];
  await postTransactions(tx, [{ communityId, kind: 'ALLOCATION', cause: cause(meter), postings }]);
  const entry = { meterId, communityId, billingAccountId: former, kind: 'HAND_OVER' as const };
  await insertPrepaidEntry(tx, { ...entry, amount: -balance, balance: 0 });
  return { ...meter, balance: 0, billingAccountId, lowToldAt: null };
}

/** Tells the household once that the balance is low and writes it down (A246). */
async function tellLow(tx: Tx, meter: Meter, householdId: string, limit: number): Promise<void> {
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

/**
 * Puts money onto a prepaid meter: every cent of it, without a look at what else is owed (A209; Civil Code, article 944).
 * The meter is locked by the caller.
 */
export async function creditPrepaid(tx: Tx, locked: Meter, credit: Credit): Promise<Meter> {
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
  await postTransactions(tx, [{ communityId, kind, cause: credit.cause ?? cause(saved), postings }]);
  if (moved.isLow) await tellLow(tx, saved, holder.householdId, lowAmount(saved, figures));
  return saved;
}

type Use = { before: Meter; after: Meter; reading: MeterReading; fee: number; tax: number; holder: Holder };

/** Saves a reading of a prepaid meter and pays what was used from its balance. */
export async function payUse(tx: Tx, { before, after, reading, fee, tax, holder }: Use): Promise<Meter> {
  const { communityId, chargeTypeCode } = before;
  const own = await handOver(tx, after, holder);
  const figures = await resolvePolicy(tx, metersPolicy, communityId);
  const moved = afterBalanceMoved(own, -fee, figures, txScope(tx).now);
  const note = { action: 'readMeter', rule: 'A246' };
  const saved = await saveAggregate(tx, meterAggregate, before, moved.meter, note);
  publish(tx, saved, meterRead, readFact(saved, reading));
  if (fee > 0) {
    const { billingAccountId } = holder;
    const entry = { meterId: saved.id, communityId, billingAccountId, kind: 'USE' as const, readingId: reading.id };
    await insertPrepaidEntry(tx, { ...entry, amount: -fee, balance: saved.balance });
    const postings = [
      { account: prepaidAccount(saved, billingAccountId), amount: fee },
      { account: { type: 'REVENUE' as const, chargeTypeCode }, amount: tax - fee },
      ...(tax === 0 ? [] : [{ account: { type: 'TAX_PAYABLE' as const, chargeTypeCode }, amount: -tax }]),
    ];
    await postTransactions(tx, [{ communityId, kind: 'CONSUMPTION', cause: cause(saved), postings }]);
  }
  if (moved.isLow) await tellLow(tx, saved, holder.householdId, lowAmount(saved, figures));
  return saved;
}

export const readFact = (meter: Meter, { id: readingId, value, used, takenOn }: MeterReading) => ({
  ...meterFact(meter),
  readingId,
  value,
  used,
  takenOn,
});
