import { addDays } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { meterRead } from '@steward/events';
import { publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { insertPrepaidEntry, occupantOf, type Holder } from '../db/meter-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { chargesPolicy, metersPolicy } from '../domain/charges-policy.ts';
import { afterBalanceMoved, lowAmount, useOfBalance } from '../domain/meter-rules.ts';
import type { Meter, MeterReading } from '../domain/meter.ts';
import { payFromAdvance } from './apply-account-advance.ts';
import { handOver, prepaidAccount, readFact, tellLow } from './credit-prepaid.ts';
import { postTransactions } from './post-transactions.ts';
import { raiseCharge } from './raise-charge.ts';

type Use = { before: Meter; after: Meter; reading: MeterReading; fee: number; tax: number; holder: Holder };

const readingCause = ({ id }: MeterReading) => ({ service: 'billing', aggregateType: 'meter-reading', id });

/** Whether what is on a meter is the money of who lives there today, and what was read is of somebody before. */
async function isOfLaterHolder(tx: Tx, meter: Meter, { billingAccountId }: Holder): Promise<boolean> {
  const { unitId, communityId, billingAccountId: owner } = meter;
  if (owner === null || owner === billingAccountId || unitId === null) return false;
  return (await occupantOf(tx, unitId, await todayIn(tx, communityId)))?.billingAccountId === owner;
}

/** What was used beyond the balance is owed like any other use (A246); an advance of theirs pays it first. */
async function chargeRest(tx: Tx, { before, reading, holder }: Use, rest: { amount: number; tax: number }) {
  const { communityId, unitId, chargeTypeCode } = before;
  const { laterDueDays } = await resolvePolicy(tx, chargesPolicy, communityId);
  const cause = readingCause(reading);
  const days = { periodFrom: reading.since, periodTo: reading.takenOn };
  const dueOn = addDays(await todayIn(tx, communityId), laterDueDays);
  const { amount, tax: taxAmount } = rest;
  await raiseCharge(tx, { communityId, unitId, ...holder, chargeTypeCode, amount, taxAmount, ...days, dueOn, cause });
  await payFromAdvance(tx, communityId, [holder.billingAccountId]);
}

async function postUse(
  tx: Tx,
  { reading, holder }: Use,
  saved: Meter,
  { amount, tax }: { amount: number; tax: number },
) {
  const { communityId, chargeTypeCode, id: meterId, balance } = saved;
  const { billingAccountId } = holder;
  const entry = { meterId, communityId, billingAccountId, kind: 'USE' as const, readingId: reading.id };
  await insertPrepaidEntry(tx, { ...entry, amount: -amount, balance });
  const postings = [
    { account: prepaidAccount(saved, billingAccountId), amount },
    { account: { type: 'REVENUE' as const, chargeTypeCode }, amount: tax - amount },
    ...(tax === 0 ? [] : [{ account: { type: 'TAX_PAYABLE' as const, chargeTypeCode }, amount: -tax }]),
  ];
  await postTransactions(tx, [{ communityId, kind: 'CONSUMPTION', cause: readingCause(reading), postings }]);
}

/**
 * Saves a reading of a prepaid meter and pays what was used from its balance, as far as it goes; the rest is charged. Money
 * of who lives there now never pays for what somebody used before them.
 */
export async function payUse(tx: Tx, use: Use): Promise<Meter> {
  const { before, after, reading, fee, tax, holder } = use;
  const figures = await resolvePolicy(tx, metersPolicy, before.communityId);
  const isForeign = await isOfLaterHolder(tx, after, holder);
  const own = isForeign ? after : await handOver(tx, after, holder);
  const { paid, rest } = useOfBalance(isForeign ? 0 : own.balance, { fee, tax });
  const moved = afterBalanceMoved(own, -paid.amount, figures, txScope(tx).now);
  const note = { action: 'readMeter', rule: 'A246' };
  const saved = await saveAggregate(tx, meterAggregate, before, isForeign ? own : moved.meter, note);
  publish(tx, saved, meterRead, readFact(saved, reading));
  if (paid.amount > 0) await postUse(tx, use, saved, paid);
  if (rest.amount > 0) await chargeRest(tx, use, rest);
  if (moved.isLow && !isForeign) await tellLow(tx, saved, holder.householdId, lowAmount(saved, figures));
  return saved;
}
