import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { OpeningKind } from '../domain/opening.ts';
import type { Holder } from './meter-queries.ts';

export const openingKey = (row: { kind: OpeningKind; sourceKey: string }): string => `${row.kind}/${row.sourceKey}`;

/** Rows of the old books that were entered before. */
export async function knownOpenings(
  tx: Tx,
  communityId: string,
  asked: readonly { kind: OpeningKind; sourceKey: string }[],
): Promise<Set<string>> {
  const found = await rows<{ kind: OpeningKind; sourceKey: string }>(
    tx,
    `select o.kind, o.source_key as "sourceKey" from unnest($2::text[], $3::text[]) as a(kind, source_key)
       join opening_balance o on o.community_id = $1 and o.kind = a.kind and o.source_key = a.source_key`,
    [communityId, asked.map(({ kind }) => kind), asked.map(({ sourceKey }) => sourceKey)],
  );
  return new Set(found.map(openingKey));
}

type Opening = {
  communityId: string;
  importId: string;
  kind: OpeningKind;
  sourceKey: string;
  unitId: string;
  billingAccountId: string | null;
  chargeTypeCode: string;
  amount: number;
  chargeId?: string;
  meterId?: string;
};

export async function insertOpening(tx: Tx, row: Opening): Promise<void> {
  await rows(
    tx,
    `insert into opening_balance (id, tenant_id, community_id, import_id, kind, source_key, unit_id,
       billing_account_id, charge_type_code, amount, charge_id, meter_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
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
    ],
  );
}

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

/** What was entered and what the ledger, or the meters, hold of it. */
export const openingSums = (tx: Tx, importId: string): Promise<Sums[]> =>
  rows<Sums>(
    tx,
    `with posted as (
       select a.type, sum(abs(p.amount))::bigint as amount
         from ledger_transaction t join ledger_posting p on p.transaction_id = t.id
         join ledger_account a on a.id = p.account_id
        where t.cause_id = $1 and t.kind = 'OPENING' and a.type in ('RECEIVABLE', 'PREPAID', 'DEPOSIT') group by a.type)
     select o.kind, count(*)::int as "rowCount",
            (case o.kind when 'METER_BASE' then count(*) else sum(o.amount) end)::bigint as entered,
            (case o.kind when 'METER_BASE' then count(m.id) else coalesce(max(l.amount), 0) end)::bigint as "inLedger"
       from opening_balance o
       left join meter m on m.id = o.meter_id and o.kind = 'METER_BASE'
       left join posted l on l.type = case o.kind when 'ARREARS' then 'RECEIVABLE' else o.kind end
      where o.import_id = $1 group by o.kind`,
    [importId],
  );
