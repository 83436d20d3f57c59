// Steps of a run after its lines are there: what is missing, the charges with their postings, and taking them back.

/** What could not be charged: $1 community, $2 units, $3 codes, $4 who is liable, $5 from, $6 to, $7 run. */
export const gapRows = `
  with unit as (
    select u.* from unit_reference u
     where u.id = any($2::uuid[]) and u.community_id = $1 and u.kind = 'UNIT'),
  kind as (select * from unnest($3::text[], $4::text[]) as k(code, liable)),
  held as (
    select distinct l.unit_id, l.tenure from unit_liability l
     where l.community_id = $1 and l.unit_id = any($2::uuid[]) and daterange(l.valid_from, l.valid_to) && daterange($5::date, $6::date)),
  fitting as (
    select u.id as unit_id, u.area_m2, t.charge_type_code as code, t.method
      from unit u join tariff t on t.community_id = $1 and t.status = 'APPROVED' and t.charge_type_code = any($3)
                   and (t.unit_usages = '{}' or u.usage = any(t.unit_usages))
                   and daterange(t.valid_from, t.valid_to) && daterange($5::date, $6::date)),
  found as (
    select f.unit_id, f.code, 'NO_HOLDER' as reason from fitting f join kind k on k.code = f.code
     where not exists (select 1 from held h where h.unit_id = f.unit_id
                          and (k.liable = 'OCCUPANT' or h.tenure = 'OWNED'))
    union
    select f.unit_id, f.code, 'NO_AREA' from fitting f
     where f.method in ('AREA', 'FORMULA') and f.area_m2 is null
    union
    select m.unit_id, m.charge_type_code, 'NO_READING' from unit u
      join meter m on m.unit_id = u.id and m.unit_id = any($2::uuid[])
     where m.charge_type_code = any($3) and not m.is_prepaid and m.removed_on is null
       and not exists (select 1 from meter_reading r where r.meter_id = m.id
                          and r.meter_id = any(array(select id from meter where unit_id = any($2::uuid[])))
                          and r.taken_on > $5::date and r.taken_on <= $6::date)),
  kept as (
    insert into charge_run_gap (tenant_id, run_id, unit_id, charge_type_code, reason)
    select current_setting('app.tenant_id')::uuid, $7::uuid, unit_id, code, reason from found returning 1)
  select count(*)::int as gaps from kept`;

/** $1 run, $2 step, $3 now, $4 today: the charges of a step, version 0, because the run tells of them. */
export const chargesOfStep = `
  insert into charge (id, tenant_id, community_id, number, version, created_at, billing_account_id, unit_id,
      household_id, charge_type_code, amount, tax_amount, currency, occurred_on, due_on, period_from, period_to, status,
      cause_service, cause_type, cause_id, run_id)
  select l.id, l.tenant_id, l.community_id, r.number || '-' || l.line, 0, $3::timestamptz, l.billing_account_id,
         l.unit_id, l.household_id, l.charge_type_code, l.amount, l.tax_amount, r.currency, $4::date, r.due_on,
         l.period_from, l.period_to, 'OPEN', 'billing', 'charge-run', r.id, r.id
    from charge_run r join charge_line l on l.run_id = r.id and l.chunk = $2
   where r.id = $1`;

const entry = (columns: string): string => `row(${columns})::ledger_entry`;

/** The same parameters: one transaction per charge, under the charge's own id. */
export const postingsOfStep = `
  select post_block((select community_id from charge_run where id = $1), $3::timestamptz, array_agg(e.entry))
    from charge_line l cross join lateral (
      select ${entry(`l.id, 1, 'CHARGE', $4::date, 'billing', 'charge-run', l.run_id, null, 'RECEIVABLE',
        l.billing_account_id, l.charge_type_code, null, l.amount, l.id`)} as entry
      union all
      select ${entry(`l.id, 2, 'CHARGE', $4::date, 'billing', 'charge-run', l.run_id, null, 'REVENUE',
        null, l.charge_type_code, null, l.tax_amount - l.amount, null`)}
      union all
      select ${entry(`l.id, 3, 'CHARGE', $4::date, 'billing', 'charge-run', l.run_id, null, 'TAX_PAYABLE',
        null, l.charge_type_code, null, -l.tax_amount, null`)} where l.tax_amount <> 0) e
   where l.run_id = $1 and l.chunk = $2
  having count(*) > 0`;

/** $1 run, $2 step, $3 now, $4 today, $5 reason: takes the charges of a step back, with exactly opposite postings. */
export const reversalsOfStep = `
  with taken as (
    update charge c set status = 'REVERSED', reversed_at = $3, reason_code = $5
      from charge_line l
     where l.run_id = $1 and l.chunk = $2 and c.id = l.id and c.status <> 'REVERSED'
    returning c.id, c.community_id, c.amount),
  reversal as materialized (select t.*, uuidv7() as transaction_id from taken t),
  posted as (
    select post_block((select community_id from charge_run where id = $1), $3::timestamptz, array_agg(
             row(r.transaction_id, p.line, 'REVERSAL', $4::date, 'billing', 'charge-run', $1::uuid, r.id, a.type,
                 a.billing_account_id, a.charge_type_code, a.reference_id, -p.amount, p.charge_id)::ledger_entry))
      from reversal r join ledger_posting p on p.transaction_id = r.id join ledger_account a on a.id = p.account_id
    having count(*) > 0)
  select count(*)::int as lines, coalesce(sum(amount), 0)::bigint as amount, (select count(*) from posted) as blocks
    from reversal`;

/**
 * Before the lines of a step: the planner guesses one row where ranges meet and would go through thousands of rows once
 * for each of thousands; joined by hash they are read once. What is large is reached by the ids of the step. After it: back.
 */
export const joinByHash = `set local enable_nestloop = off; set local jit = off`;
export const joinAsUsual = `set local enable_nestloop to default; set local jit to default`;
