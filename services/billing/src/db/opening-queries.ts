import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { OpeningKind } from '../domain/opening.ts';
import type { Holder } from './meter-queries.ts';

type Key = { kind: OpeningKind; sourceKey: string };

export const openingKey = ({ kind, sourceKey }: Key): string => `${kind}/${sourceKey}`;

/** A row of the old books as it was entered. */
export type Entered = Key & {
  id: string;
  importId: string;
  unitId: string;
  billingAccountId: string | null;
  chargeTypeCode: string;
  amount: number;
  chargeId: string | null;
  meterId: string | null;
  transactionIds: string[];
  /** What its charge or its base says besides. */
  periodFrom: string | null;
  periodTo: string | null;
  dueOn: string | null;
  value: string | null;
};

/** Rows of the old books that were entered before and stand. */
export async function knownOpenings(tx: Tx, communityId: string, asked: readonly Key[]): Promise<Map<string, Entered>> {
  const found = await rows<Entered>(
    tx,
    `select o.id, o.import_id as "importId", o.kind, o.source_key as "sourceKey", o.unit_id as "unitId",
            o.billing_account_id as "billingAccountId", o.charge_type_code as "chargeTypeCode", o.amount,
            o.charge_id as "chargeId", o.meter_id as "meterId", o.transaction_ids as "transactionIds",
            c.period_from::text as "periodFrom", c.period_to::text as "periodTo", c.due_on::text as "dueOn",
            (select r.value::text from meter_reading r where r.meter_id = o.meter_id and r.source = 'BASE' limit 1) as value
       from unnest($2::text[], $3::text[]) as a(kind, source_key)
       join opening_balance o
         on o.community_id = $1 and o.kind = a.kind and o.source_key = a.source_key and o.withdrawn_at is null
       left join charge c on c.id = o.charge_id`,
    [communityId, asked.map(({ kind }) => kind), asked.map(({ sourceKey }) => sourceKey)],
  );
  return new Map(found.map((row) => [openingKey(row), row]));
}

type Opening = Pick<Entered, 'importId' | 'kind' | 'sourceKey' | 'unitId' | 'billingAccountId' | 'amount'> & {
  communityId: string;
  chargeTypeCode: string;
  chargeId?: string;
  meterId?: string;
  /** Besides what raised the charge. */
  transactionIds?: readonly string[];
};

export async function insertOpening(tx: Tx, row: Opening): Promise<void> {
  await rows(
    tx,
    `insert into opening_balance (id, tenant_id, community_id, import_id, kind, source_key, unit_id,
       billing_account_id, charge_type_code, amount, charge_id, meter_id, transaction_ids)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      newId(),
      txScope(tx).tenantId,
      row.communityId,
      row.importId,
      row.kind,
      row.sourceKey,
      row.unitId,
      row.billingAccountId,
      row.chargeTypeCode,
      row.amount,
      row.chargeId ?? null,
      row.meterId ?? null,
      row.transactionIds ?? [],
    ],
  );
}

/** The key of a row that is withdrawn is free again. */
export const markWithdrawn = (tx: Tx, id: string): Promise<unknown> =>
  rows(tx, 'update opening_balance set withdrawn_at = $2 where id = $1', [id, txScope(tx).now]);

/**
 * Whose an opening balance is: the household's that is named, on whatever day it last held the unit, so that arrears stay
 * with a former owner; else of whoever holds it on the day.
 */
export async function openingHolder(
  tx: Tx,
  { unitId, householdId, day, liable }: { unitId: string; householdId: string | null; day: string; liable: string },
): Promise<Holder | null> {
  const [found] = await rows<Holder>(
    tx,
    `select billing_account_id as "billingAccountId", household_id as "householdId" from unit_liability
      where unit_id = $1 and ($2::uuid is null or household_id = $2)
        and ($2::uuid is not null or daterange(valid_from, valid_to) @> $3::date)
        and ($2::uuid is not null or $4 <> 'OWNER' or tenure = 'OWNED')
      order by daterange(valid_from, valid_to) @> $3::date desc, tenure desc, valid_from desc, id limit 1`,
    [unitId, householdId, day, liable],
  );
  return found ?? null;
}

type Sums = { kind: OpeningKind; entered: number; inLedger: number; rowCount: number };

/** What was entered and stands, and what the ledger, or the meters, hold of it; what was taken back is not there any more. */
export const openingSums = (tx: Tx, importId: string): Promise<Sums[]> =>
  rows<Sums>(
    tx,
    `with raised as (select id from ledger_transaction where cause_id = $1 and kind = 'OPENING'),
     posted as (
       select case a.type when 'RECEIVABLE' then 'ARREARS' else a.type end as kind, abs(sum(p.amount))::bigint as amount
         from (select id from raised union all
               select t.id from raised r join ledger_transaction t on t.reverses_id = r.id) t
         join ledger_posting p on p.transaction_id = t.id
         join ledger_account a on a.id = p.account_id
        where a.type in ('PREPAID', 'DEPOSIT', 'ADVANCE')
           or a.type = 'RECEIVABLE' and exists (
                select 1 from opening_balance o where o.charge_id = p.charge_id and o.kind = 'ARREARS')
        group by 1),
     standing as (
       select o.kind, count(*)::int as row_count, count(m.id) as meters, sum(o.amount) as amount
         from opening_balance o left join meter m on m.id = o.meter_id and o.kind = 'METER_BASE'
        where o.import_id = $1 and o.withdrawn_at is null group by o.kind)
     select k.kind, coalesce(s.row_count, 0) as "rowCount",
            coalesce(case k.kind when 'METER_BASE' then s.row_count else s.amount end, 0)::bigint as entered,
            coalesce(case k.kind when 'METER_BASE' then s.meters else l.amount end, 0)::bigint as "inLedger"
       from unnest(array['ARREARS', 'PREPAID', 'DEPOSIT', 'ADVANCE', 'METER_BASE']) k(kind)
       left join standing s on s.kind = k.kind
       left join posted l on l.kind = k.kind`,
    [importId],
  );
