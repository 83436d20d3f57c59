import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { TierSpan } from '../domain/line-rules.ts';
import type { Meter, MeterKind, MeterReading } from '../domain/meter.ts';
import { meterEntity, meterReadingEntity } from './charging-entities.ts';

export type NewReading = Omit<MeterReading, 'id' | 'tenantId' | 'voidedAt' | 'voidReasonCode'>;

export async function insertReading(tx: Tx, reading: NewReading): Promise<MeterReading> {
  const own = { id: newId(), tenantId: txScope(tx).tenantId, voidedAt: null, voidReasonCode: null };
  const complete: MeterReading = { ...reading, ...own };
  await tx.createQueryBuilder().insert().into(meterReadingEntity).values(complete).updateEntity(false).execute();
  return complete;
}

type Plate = { kind: MeterKind; number: string };
export const plateKey = ({ kind, number }: Plate): string => `${kind}/${number}`;

/** Meters of a community by kind and plate, locked in the order of their ids. */
export async function lockMetersByPlate(
  tx: Tx,
  communityId: string,
  plates: readonly Plate[],
): Promise<Map<string, Meter>> {
  if (plates.length === 0) return new Map();
  const found = await tx
    .createQueryBuilder(meterEntity, 'm')
    .setLock('pessimistic_write')
    .where('m.community_id = :communityId', { communityId })
    .andWhere('(m.kind, m.number) in (select * from unnest(:kinds::text[], :numbers::text[]))', {
      kinds: plates.map(({ kind }) => kind),
      numbers: plates.map(({ number }) => number),
    })
    .orderBy('m.id')
    .getMany();
  return new Map(found.map((meter) => [plateKey(meter), meter]));
}

/** Meters of a unit in use, locked. */
export const lockMetersOfUnit = (tx: Tx, unitId: string): Promise<Meter[]> =>
  tx
    .createQueryBuilder(meterEntity, 'm')
    .setLock('pessimistic_write')
    .where('m.unit_id = :unitId and m.removed_on is null', { unitId })
    .orderBy('m.id')
    .getMany();

/** Prepaid meters of units with something on them, locked. */
export const lockChargedMeters = (tx: Tx, unitIds: readonly string[]): Promise<Meter[]> =>
  tx
    .createQueryBuilder(meterEntity, 'm')
    .setLock('pessimistic_write')
    .where('m.unit_id = any(:unitIds::uuid[]) and m.balance <> 0', { unitIds })
    .orderBy('m.id')
    .getMany();

/** Readings of meters on days that are there already. */
export async function knownReadings(
  tx: Tx,
  taken: readonly { meterId: string; takenOn: string }[],
): Promise<Map<string, string>> {
  const found = await rows<{ key: string; value: string }>(
    tx,
    `select r.meter_id || '/' || r.taken_on as key, r.value::text as value
       from unnest($1::uuid[], $2::date[]) as t(meter_id, taken_on)
       join meter_reading r on r.meter_id = t.meter_id and r.taken_on = t.taken_on and r.voided_at is null`,
    [taken.map(({ meterId }) => meterId), taken.map(({ takenOn }) => takenOn)],
  );
  return new Map(found.map(({ key, value }) => [key, value]));
}

export type Holder = { billingAccountId: string; householdId: string };

/** Whoever lives or trades in a unit on a day, else its owner; null if nobody holds it. */
export async function occupantOf(tx: Tx, unitId: string, day: string): Promise<Holder | null> {
  const [found] = await rows<Holder>(
    tx,
    `select billing_account_id as "billingAccountId", household_id as "householdId" from unit_liability
      where unit_id = $1 and daterange(valid_from, valid_to) @> $2::date order by tenure desc, valid_from, household_id, id limit 1`,
    [unitId, day],
  );
  return found ?? null;
}

/** What was used before in a span of a tariff, and from when on; `yearMonths`: of how many of its year limits are. */
export type UsedInSpan = { used: string | null; since: string | null; yearMonths: number };

/**
 * What the same holder used before by a meter, in readings that end in the same month, or year, as one from `since` to
 * `takenOn`. Limits of a year are for the months of it since the holder came and the meter was put in.
 */
export async function usedInSpan(
  tx: Tx,
  { id: meterId, unitId }: Meter,
  asked: { billingAccountId: string; since: string; takenOn: string; span: TierSpan },
): Promise<UsedInSpan> {
  const { billingAccountId, since, takenOn, span } = asked;
  const [found] = await rows<UsedInSpan>(
    tx,
    `select b.used::text as used, b.since::text as since, 13 - extract(month from greatest(
              h.since, i.since, date_trunc('year', ($3::date - 1)::timestamp)::date))::int as "yearMonths"
       from (select max(l.valid_from) as since from unit_liability l
              where l.unit_id = $4 and l.billing_account_id = $5
                and daterange(l.valid_from, l.valid_to) @> ($3::date - 1)) h
      cross join (select min(o.taken_on) as since from meter_reading o
                   where o.meter_id = $1 and o.source = 'BASE' and o.voided_at is null) i
      cross join lateral (
        select sum(r.used) as used, min(r.since) as since from meter_reading r
         where r.meter_id = $1 and r.taken_on <= $2 and r.source <> 'BASE' and r.voided_at is null
           and r.taken_on > date_trunc($6, ($3::date - 1)::timestamp)::date and r.since >= h.since) b`,
    [meterId, since, takenOn, unitId, billingAccountId, span],
  );
  if (found === undefined) throw new Error('an aggregate over tables has one row');
  return found;
}

type Entry = {
  meterId: string;
  communityId: string;
  billingAccountId: string;
  kind: 'TOP_UP' | 'USE' | 'OPENING' | 'HAND_OVER' | 'VOID';
  amount: number;
  balance: number;
  readingId?: string;
  means?: string;
};

/** Writes down what came onto a prepaid meter or was used up of it. */
export async function insertPrepaidEntry(tx: Tx, entry: Entry): Promise<string> {
  const { tenantId, now } = txScope(tx);
  const id = newId();
  await rows(
    tx,
    `insert into prepaid_entry (id, tenant_id, community_id, meter_id, billing_account_id, kind, amount, balance,
       occurred_at, reading_id, means) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      tenantId,
      entry.communityId,
      entry.meterId,
      entry.billingAccountId,
      entry.kind,
      entry.amount,
      entry.balance,
      now,
      entry.readingId ?? null,
      entry.means ?? null,
    ],
  );
  return id;
}

/** The written record of a notice (A246). */
export async function insertPrepaidNotice(
  tx: Tx,
  { id: meterId, communityId, balance }: Meter,
  { householdId, limit }: { householdId: string | null; limit: number },
): Promise<void> {
  const { tenantId, now } = txScope(tx);
  await rows(
    tx,
    `insert into prepaid_notice (id, tenant_id, community_id, meter_id, household_id, balance, limit_amount, told_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [newId(), tenantId, communityId, meterId, householdId, balance, limit, now],
  );
}

export type PrepaidSums = {
  kind: MeterKind;
  meterCount: number;
  topUpCount: number;
  toppedUp: number;
  used: number;
  balance: number;
  lowCount: number;
};

/** Prepaid meters by kind, with what moved in a range of instants (A209). */
export const prepaidSums = (tx: Tx, communityId: string, from: Date, to: Date): Promise<PrepaidSums[]> =>
  rows<PrepaidSums>(
    tx,
    `select m.kind, count(*)::int as "meterCount", coalesce(sum(e.tops), 0)::int as "topUpCount",
            coalesce(sum(e.topped), 0)::bigint as "toppedUp", coalesce(sum(e.used), 0)::bigint as used,
            sum(m.balance)::bigint as balance, count(m.low_told_at)::int as "lowCount"
       from meter m
       left join lateral (
         select count(*) filter (where p.kind = 'TOP_UP') - count(*) filter (where p.kind = 'VOID') as tops,
                sum(p.amount) filter (where p.kind in ('TOP_UP', 'VOID')) as topped,
                -sum(p.amount) filter (where p.kind = 'USE') as used
           from prepaid_entry p where p.meter_id = m.id and p.occurred_at >= $2 and p.occurred_at < $3) e on true
      where m.community_id = $1 and m.is_prepaid group by m.kind order by m.kind`,
    [communityId, from, to],
  );
