import { addDays, DomainError, refuseAll } from '@steward/core';
import type { Tx } from '@steward/db';
import { meterRead } from '@steward/events';
import { invocationOf, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { meterAggregate } from '../db/charging-aggregates.ts';
import { insertReading, usedInSpan, type Holder, type UsedInSpan } from '../db/meter-queries.ts';
import { todayIn } from '../db/reference-queries.ts';
import { meterTariff } from '../db/tariff-queries.ts';
import { metersPolicy } from '../domain/charges-policy.ts';
import { usageFee, withTax } from '../domain/line-rules.ts';
import { afterReading, count, readingViolations, type TakenReading } from '../domain/meter-rules.ts';
import type { Meter, MeterReading } from '../domain/meter.ts';
import { monthParts, partsOfMonths, type Days } from '../domain/proration-rules.ts';
import type { Tariff } from '../domain/tariff.ts';
import { readFact, requireHolder } from './credit-prepaid.ts';
import { payUse } from './pay-use.ts';

/** A reading that was judged: what will be written, and of a prepaid meter what is to be paid by whom. */
export type JudgedReading = {
  meter: Meter;
  taken: TakenReading;
  payment: { fee: number; tax: number; holder: Holder } | null;
};

/** Judges a reading of a meter that is locked; writes nothing. */
export async function judgeReading(tx: Tx, meter: Meter, taken: TakenReading): Promise<JudgedReading> {
  const figures = await resolvePolicy(tx, metersPolicy, meter.communityId);
  refuseAll(readingViolations(meter, taken, figures, await todayIn(tx, meter.communityId)));
  if (!meter.isPrepaid) return { meter, taken, payment: null };
  const holder = await requireHolder(tx, meter, addDays(taken.takenOn, -1));
  return { meter, taken, payment: { ...(await costOf(tx, meter, taken, holder)), holder } };
}

/** Writes a reading down; on a prepaid meter the use is paid at once. */
export async function enterReading(
  tx: Tx,
  { meter, taken, payment }: JudgedReading,
  source: MeterReading['source'],
): Promise<Meter> {
  const { id: meterId, communityId, lastReadOn: since } = meter;
  const readBy = invocationOf(tx).viewer.staffId ?? null;
  const reading = await insertReading(tx, {
    ...taken,
    ...count(meter, taken),
    communityId,
    meterId,
    since,
    source,
    readBy,
  });
  const after = afterReading(meter, taken);
  if (payment !== null) return payUse(tx, { before: meter, after, reading, ...payment });
  const saved = await saveAggregate(tx, meterAggregate, meter, after, { action: 'readMeter', rule: 'A249' });
  publish(tx, saved, meterRead, readFact(saved, reading));
  return saved;
}

const monthsOf = (days: Days): number => Math.max(1, Math.round(partsOfMonths(days) / monthParts));

type Use = { used: string; since: string; takenOn: string };

/** Tiers of a month grow with the months between the readings, those of a year with what of it is left. */
function netOf({ used, since, takenOn }: Use, { rate, tiers, tierSpan: span }: Tariff, earlier: UsedInSpan): number {
  if (rate !== null) return usageFee(used, [{ upTo: null, rate }], 1);
  const monthsTo = (to: string): number =>
    span === 'YEAR' ? earlier.yearMonths : monthsOf({ from: earlier.since ?? since, to });
  const before = earlier.used === null ? null : { used: earlier.used, months: monthsTo(since) };
  return usageFee(used, tiers, monthsTo(takenOn), before, span);
}

/** What was used costs by the tariff of the last day of use. */
async function costOf(
  tx: Tx,
  meter: Meter,
  taken: TakenReading,
  { billingAccountId }: Holder,
): Promise<{ fee: number; tax: number }> {
  const { communityId, chargeTypeCode, unitId, lastReadOn: since } = meter;
  const { used } = count(meter, taken);
  const { takenOn } = taken;
  if (Number(used) === 0) return { fee: 0, tax: 0 };
  const asked = { communityId, chargeTypeCode, unitId: unitId ?? '', day: addDays(takenOn, -1) };
  const tariff = await meterTariff(tx, asked);
  if (tariff === null) throw new DomainError('CONFLICT', 'TARIFF_MISSING', { rule: 'A249' });
  const net = netOf(
    { used, takenOn, since },
    tariff,
    await usedInSpan(tx, meter, { billingAccountId, since, takenOn, span: tariff.tierSpan }),
  );
  const { amount: fee, taxAmount: tax } = withTax(net, tariff);
  return { fee, tax };
}
