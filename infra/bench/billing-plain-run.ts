import type pg from 'pg';

import { billingTenant, plainCommunity, runKinds, runPeriod } from './billing-data.ts';

const own = `'${billingTenant}'::uuid, '${plainCommunity}'::uuid`;
const receivable = `ledger_account_id('${plainCommunity}', 'CNY', 'RECEIVABLE', l.billing_account_id, l.code, null)`;
const accountOf = (type: string): string =>
  `ledger_account_id('${plainCommunity}', 'CNY', '${type}', null, l.code, null)`;
const { periodFrom, periodTo, dueOn } = runPeriod;

/**
 * The same rows as a run writes, by one statement that somebody writes for exactly this quarter: everybody held the whole
 * of it, nothing was charged before, nobody is in custody. The same tables, indexes, constraints and triggers; no chain.
 */
const plainStatement = `
  with priced as (
    select uuidv7() as id, h.unit_id, h.household_id, h.billing_account_id, t.charge_type_code as code, t.method,
           t.id as tariff_id, r.id as source_id, coalesce(r.since, '${periodFrom}') as period_from,
           coalesce(r.taken_on, '${periodTo}') as period_to, t.rate,
           case t.method when 'AREA' then u.area_m2 when 'METER' then r.used when 'PERSON' then (
             select count(*) from household_member m where m.household_id = h.household_id) else 1 end as quantity,
           case when t.method = 'METER' then rounded_quotient(tiered_fee(r.used, t.tiers, 3), 1)
                else round(t.rate * 3 * case t.method when 'AREA' then u.area_m2 when 'PERSON' then (
                  select count(*) from household_member m where m.household_id = h.household_id) else 1 end)::bigint
           end as amount
      from unit_liability h join unit_reference u on u.id = h.unit_id
      join tariff t on t.community_id = h.community_id
      left join meter m on m.unit_id = u.id and t.method = 'METER'
      left join meter_reading r on r.meter_id = m.id
     where h.community_id = '${plainCommunity}' and t.charge_type_code = any($1)),
  line as materialized (
    select *, round(amount * 0.06 / 1.06)::bigint as tax, row_number() over () as n from priced),
  lines as (
    insert into charge_line (id, tenant_id, community_id, run_id, chunk, line, billing_account_id, unit_id, household_id,
        charge_type_code, method, tariff_id, source_id, period_from, period_to, quantity, rate, share, month_parts,
        amount, tax_rate, tax_amount)
    select l.id, ${own}, $2::uuid, 1, n, billing_account_id, unit_id, household_id, code, method, tariff_id, source_id,
           period_from, period_to, quantity, rate, 1, 1132740, amount, 0.06, tax from line l),
  charges as (
    insert into charge (id, tenant_id, community_id, number, version, created_at, billing_account_id, unit_id,
        household_id, charge_type_code, amount, tax_amount, currency, occurred_on, due_on, period_from, period_to, status,
        cause_service, cause_type, cause_id, run_id)
    select l.id, ${own}, 'P-' || n, 0, now(), billing_account_id, unit_id, household_id, code, amount, tax, 'CNY',
           current_date, '${dueOn}', period_from, period_to, 'OPEN', 'billing', 'charge-run', $2::uuid, $2::uuid
      from line l),
  accounts as (
    insert into ledger_account (id, tenant_id, community_id, currency, type, billing_account_id, charge_type_code)
    select ${receivable}, ${own}, 'CNY', 'RECEIVABLE', l.billing_account_id, l.code from line l
    union all
    select ${accountOf('REVENUE')}, ${own}, 'CNY', 'REVENUE', null, l.code from (select unnest($1::text[]) as code) l
    union all
    select ${accountOf('TAX_PAYABLE')}, ${own}, 'CNY', 'TAX_PAYABLE', null, l.code
      from (select unnest($1::text[]) as code) l),
  block as (
    insert into ledger_block (community_id, height, tenant_id, previous_hash, hash, posted_at, transaction_count,
        posting_count)
    select '${plainCommunity}', 1, '${billingTenant}', '', '', now(), count(*), 3 * count(*) from line),
  transactions as (
    insert into ledger_transaction (id, tenant_id, community_id, height, kind, occurred_on, cause_service, cause_type,
        cause_id, posting_count)
    select l.id, ${own}, 1, 'CHARGE', current_date, 'billing', 'charge-run', $2::uuid, 3 from line l),
  earned as materialized (
    select l.code, ${accountOf('REVENUE')} as revenue, ${accountOf('TAX_PAYABLE')} as payable
      from (select unnest($1::text[]) as code) l)
  insert into ledger_posting (transaction_id, line, tenant_id, account_id, amount, occurred_on, charge_id)
  select l.id, p.line, '${billingTenant}', p.account, p.amount, current_date, case p.line when 1 then l.id end
    from line l join earned e on e.code = l.code
    cross join lateral (values (1, ${receivable}, l.amount), (2, e.revenue, l.tax - l.amount), (3, e.payable, -l.tax))
      as p(line, account, amount)`;

/** Runs it with the rights of the service and answers the seconds it took. */
export async function runPlainStatement(asService: pg.Client): Promise<number> {
  await asService.query('begin');
  await asService.query(`select set_config('app.tenant_id', $1, true)`, [billingTenant]);
  const startedAt = performance.now();
  await asService.query(plainStatement, [runKinds, '00000000-0000-7000-8000-0000000000c2']);
  await asService.query('commit');
  return (performance.now() - startedAt) / 1000;
}
